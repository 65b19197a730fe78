// The recipes of docs/balancers.md, with the real nginx and HAProxy: TLS ended there, and TLS passed through.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { bootedClient, eventually, freePort, here, startGateway, within } from './harness.mjs';

const run = promisify(execFile);
const password = 'correct-Horse-battery-9';
let directory;
let recipes;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'voltgate-balancers-'));
  recipes = await readFile(path.join(here, '../../docs/balancers.md'), 'utf8');
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  await run('openssl', [...make.split(' '), '-keyout', 'ocpp.key', '-out', 'ocpp.crt'], { cwd: directory });
  const both = await Promise.all(['ocpp.crt', 'ocpp.key'].map((name) => readFile(path.join(directory, name), 'utf8')));
  await writeFile(path.join(directory, 'ocpp.pem'), both.join(''));
});
after(() => rm(directory, { recursive: true, force: true }));

/** The code block of this language below a heading, with the addresses, ports and files of this test. */
function recipe(heading, language, replacements) {
  const section = recipes.slice(recipes.indexOf(heading));
  const block = section.match(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``));
  assert.ok(block, `docs/balancers.md has a ${language} block below "${heading}"`);
  let text = block[1];
  for (const [from, to] of Object.entries(replacements)) {
    assert.ok(text.includes(from), `the recipe names ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const insert = (text, before, what) => text.replace(before, `${what}\n${before}`);

/** Runs nginx or haproxy in the foreground with this configuration until `stop()`. Its absence is a failure. */
async function startBalancer(program, configuration, port) {
  const file = path.join(directory, `${program}-${port}.conf`);
  await writeFile(file, configuration);
  const args = program === 'nginx' ? ['-c', file, '-p', directory, '-g', 'daemon off;'] : ['-db', '-f', file];
  const child = spawn(program, args, {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const failed = new Promise((_, reject) => {
    child.once('error', (e) => reject(new Error(`${program} cannot be run, scripts/setup installs it: ${e.message}`)));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}:\n${log}\n${configuration}`)));
  });
  failed.catch(() => {});
  const listens = () =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  await Promise.race([eventually(listens, `${program} listens`), failed]);
  const exit = once(child, 'exit');
  return {
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await within(exit, `the end of ${program}`);
    },
  };
}

/** A gateway with an API listener and that of the recipe. */
async function startBehind(heading, replacements, more = '') {
  const port = await freePort();
  const listener = recipe(heading, 'toml', {
    '10.0.0.5': '127.0.0.1',
    '10.0.0.2': '127.0.0.1',
    ...replacements(port),
  });
  const file = path.join(directory, `voltgate-${port}.toml`);
  const hashed = spawnSync(path.resolve(process.env.VOLTGATE_PROGRAM), ['hash-password'], { input: `${password}\n` });
  await writeFile(
    file,
    `${more}\n${listener}\n[[charge_point]]\npattern = "CP-*"\n${hashed.stdout}\n[limits]\nconnections_per_address = 4\n`,
  );
  const gateway = await startGateway({}, { args: ['--config', file], directory: await mkdtemp(path.join(directory, 'g-')) });
  return { gateway, port };
}

/** Boots through the balancer, and holds what the gateway knows of the connection against what is true. */
async function charges(gateway, port, id) {
  const charger = await bootedClient(gateway, id, {
    endpoint: `wss://127.0.0.1:${port}/ocpp`,
    password,
    wsOpts: { rejectUnauthorized: false },
  });
  assert.deepEqual(charger.violations, []);
  const { body } = await gateway.get(`/api/v1/charge-points/${id}/credentials`);
  assert.equal(body.seenProfile, 2);
  const connection = await gateway.connection(id);
  assert.match(connection.remote_addr, /^127\.0\.0\.1(:\d+)?$/);
  await charger.close();
  const refusals = await gateway.get('/api/v1/refusals');
  assert.deepEqual(refusals.body.items, [], 'checks of the balancer are no refusals');
  return connection;
}

const endedAt = (port) => ({ 8081: String(port) });
const passedTo = (port) => ({ 8443: String(port) });
const tls = () => `[tls]\ncertificates = ["${directory}/ocpp.crt"]\nkeys = ["${directory}/ocpp.key"]\n`;

test('nginx ends TLS', async () => {
  const { gateway, port } = await startBehind('## TLS ends at the balancer', endedAt);
  const open = await freePort();
  const configuration = recipe('### nginx, TLS ended', 'nginx', {
    '10.0.0.5:8081': `127.0.0.1:${port}`,
    'listen 443': `listen 127.0.0.1:${open}`,
    '/etc/ssl/ocpp.pem': path.join(directory, 'ocpp.crt'),
    '/etc/ssl/ocpp.key': path.join(directory, 'ocpp.key'),
  });
  const nginx = await startBalancer('nginx', insert(`pid nginx.pid;\n${configuration}`, '    server {', '    access_log off;'), open);
  await charges(gateway, open, 'CP-1');
  await nginx.stop();
  await gateway.stop();
});

test('HAProxy ends TLS', async () => {
  const { gateway, port } = await startBehind('## TLS ends at the balancer', endedAt);
  const open = await freePort();
  const configuration = recipe('### HAProxy, TLS ended', 'haproxy', {
    '10.0.0.5:8081 check': `127.0.0.1:${port} check inter 50ms`,
    'bind :443': `bind 127.0.0.1:${open}`,
    '/etc/haproxy/ocpp.pem': path.join(directory, 'ocpp.pem'),
  });
  const haproxy = await startBalancer('haproxy', configuration, open);
  await charges(gateway, open, 'CP-1');
  await haproxy.stop();
  await gateway.stop();
});

test('nginx passes TLS through, with a PROXY header of version 1', async () => {
  const { gateway, port } = await startBehind('## TLS passes through', passedTo, tls());
  const open = await freePort();
  const configuration = recipe('### nginx, TLS passed through', 'nginx', {
    '10.0.0.5:8443': `127.0.0.1:${port}`,
    'listen 8443': `listen 127.0.0.1:${open}`,
    'modules/ngx_stream_module.so': '/usr/lib/nginx/modules/ngx_stream_module.so',
  });
  const nginx = await startBalancer('nginx', `pid nginx.pid;\n${configuration}`, open);
  await charges(gateway, open, 'CP-1');
  await nginx.stop();
  await gateway.stop();
});

test('HAProxy passes TLS through, and its checks are no intrusion', async () => {
  const { gateway, port } = await startBehind('## TLS passes through', passedTo, tls());
  const open = await freePort();
  const configuration = recipe('### HAProxy, TLS passed through', 'haproxy', {
    '10.0.0.5:8443 send-proxy-v2 check': `127.0.0.1:${port} send-proxy-v2 check inter 20ms`,
    'bind :8443': `bind 127.0.0.1:${open}`,
  });
  const haproxy = await startBalancer('haproxy', configuration, open);
  await charges(gateway, open, 'CP-1');
  await haproxy.stop();
  await gateway.stop();
});
