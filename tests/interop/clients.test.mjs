// Clients that generators of others make of the description: type-checked, and used for a whole session.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { bootedClient, here, startGateway, within } from './harness.mjs';

const folder = path.join(here, 'clients');
const generated = path.join(folder, 'generated');
const description = path.join(generated, 'openapi.json');
const node_program = (name) => path.join(here, 'node_modules', '.bin', name);
const python_program = (name) => path.join(here, 'python', 'bin', name);

let gateway;
before(async () => {
  gateway = await startGateway();
  await rm(generated, { recursive: true, force: true });
  await mkdir(generated, { recursive: true });
  await writeFile(description, JSON.stringify((await gateway.get('/api/v1/openapi.json')).body));
});
after(() => gateway?.stop());

/** Runs a program to its good end; gives what it wrote. */
async function run(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  const [code] = await within(once(child, 'close'), `the end of ${path.basename(program)}`, 240_000);
  assert.equal(code, 0, `${program} ${args.join(' ')}\n${out}${err}`);
  return { out, err };
}

/** A charge point that does what it is told, and charges 1,500 Wh. */
async function chargePoint(id) {
  const client = await bootedClient(gateway, id);
  const timestamp = () => new Date().toISOString();
  client.handle('RemoteStartTransaction', ({ params: { connectorId, idTag } }) => {
    setImmediate(() => client.call('StartTransaction', { connectorId, idTag, meterStart: 1000, timestamp: timestamp() }));
    return { status: 'Accepted' };
  });
  client.handle('RemoteStopTransaction', ({ params: { transactionId } }) => {
    setImmediate(() =>
      client.call('StopTransaction', { transactionId, meterStop: 2500, timestamp: timestamp(), reason: 'Remote' }),
    );
    return { status: 'Accepted' };
  });
  return client;
}

async function charges(id, program, args, env = {}) {
  const client = await chargePoint(id);
  const { out } = await run(program, [...args, gateway.http, id], env);
  await client.close();
  const { body } = await gateway.get(`/api/v1/transactions?chargePointId=${id}`);
  assert.equal(body.items.length, 1);
  assert.deepEqual(JSON.parse(out), {
    transactionId: body.items[0].transactionId,
    energyWh: 1500,
    reason: 'Remote',
  });
}

test('a generated TypeScript client is type-checked, starts a session and stops it', async () => {
  await run(node_program('openapi-typescript'), [description, '-o', path.join(generated, 'voltgate.ts')]);
  await run(node_program('tsc'), ['-p', '.']);
  await charges('TYPESCRIPT', process.execPath, [path.join(generated, 'built', 'session.js')]);
});

test('a generated Python client is type-checked, starts a session and stops it', async () => {
  const { out, err } = await run(python_program('openapi-python-client'), [
    'generate', '--path', description, '--meta', 'none', '--config', 'python_client.yml',
    '--output-path', path.join(generated, 'voltgate_client'), '--fail-on-warning',
  ]);
  assert.doesNotMatch(out + err, /warning/i);
  const env = { MYPYPATH: generated, PYTHONPATH: generated };
  await run(python_program('mypy'), ['--strict', '--cache-dir', path.join(generated, 'mypy'), 'session.py'], env);
  await charges('PYTHON', python_program('python3'), ['session.py'], env);
});
