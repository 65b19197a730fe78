// Starts the real program for a test file, and the small things every interop test needs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RPCClient } from 'ocpp-rpc';
import { judgeEvents } from './description.mjs';

export const here = path.dirname(fileURLToPath(import.meta.url));

const program = process.env.VOLTGATE_PROGRAM;
const patience = 15_000;

/** Rejects when `promise` takes longer than `ms`; the message says what was awaited. */
export function within(promise, what, ms = patience) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks again and again until `condition` gives something true. For what no message announces. */
export async function eventually(condition, what, ms = patience) {
  const until = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > until) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function environment(port, overrides) {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) if (!name.startsWith('VOLTGATE_')) env[name] = value;
  return { ...env, VOLTGATE_SERVER__PORT: String(port), ...overrides };
}

class Gateway {
  constructor(child, port, directory) {
    this.child = child;
    this.port = port;
    this.directory = directory;
    this.log = '';
    this.exit = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.log += text));
  }

  get http() {
    return `http://127.0.0.1:${this.port}`;
  }

  async get(target) {
    const response = await within(fetch(this.http + target), `GET ${target}`);
    return { status: response.status, body: await response.json() };
  }

  /** Sends a command through the HTTP API and gives its status and outcome body. */
  async command(id, commandName, payload = {}, more = {}) {
    const response = await within(
      fetch(`${this.http}/api/v1/charge-points/${encodeURIComponent(id)}/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ commandName, payload, ...more }),
      }),
      `the outcome of ${commandName}`,
      60_000,
    );
    return { status: response.status, body: await response.json() };
  }

  async connection(id) {
    const { body } = await this.get('/connections');
    return body.connections[id];
  }

  /** Waits until the gateway has noticed that a charge point is gone. */
  async gone(id) {
    await eventually(async () => !(await this.connection(id)), `${id} is gone from /connections`);
  }

  /** Ends the program as a crash would, and keeps its directory. */
  async kill() {
    this.child.kill('SIGKILL');
    await within(this.exit, 'the end of the killed program');
  }

  /**
   * Drains the program and checks that it ends well, and that its events were what its description says. `keep`: its
   * directory is left for another start.
   */
  async stop({ keep = false } = {}) {
    const judged = await judgeEvents(this.http).catch((wrong) => wrong);
    this.child.kill('SIGTERM');
    const [code, signal] = await within(this.exit, `the program's exit; its log:\n${this.log}`, 40_000);
    if (!keep) await rm(this.directory, { recursive: true, force: true });
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, `the program's log:\n${this.log}`);
    if (judged) throw judged;
  }
}

/** Runs the program to its end, in this directory and with these arguments: its exit code and what it wrote. */
export async function runProgram(directory, args, { env = {}, ...options } = {}) {
  assert.ok(program, 'set VOLTGATE_PROGRAM to the path of the program under test');
  const child = spawn(path.resolve(program), args, {
    cwd: directory,
    env: environment(0, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  const [code] = await within(once(child, 'close'), `the end of voltgate ${args.join(' ')}`, 60_000);
  return { code, out, err };
}

/**
 * Runs the program with no configuration but `overrides` (VOLTGATE_SECTION__KEY) and what `where.args` names, on a free
 * port and in a directory of its own, or where an earlier one ran.
 */
export async function startGateway(overrides = {}, where = {}) {
  assert.ok(program, 'set VOLTGATE_PROGRAM to the path of the program under test');
  const port = where.port ?? (await freePort());
  const directory = where.directory ?? (await mkdtemp(path.join(tmpdir(), 'voltgate-interop-')));
  const child = spawn(path.resolve(program), where.args ?? [], {
    cwd: directory,
    env: environment(port, overrides),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gateway = new Gateway(child, port, directory);
  const ended = gateway.exit.then(([code]) => {
    throw new Error(`the program ended with ${code}; its log:\n${gateway.log}`);
  });
  ended.catch(() => {}); // counts only while starting
  const ready = async () => {
    const response = await fetch(`${gateway.http}/health/ready`).catch(() => undefined);
    return response?.status === 200;
  };
  await Promise.race([eventually(ready, 'the program answers /health/ready'), ended]);
  return gateway;
}

/**
 * A strict client of npm ocpp-rpc. `client.violations` collects what its validator found wrong with us;
 * `client.ended` settles with {code, reason} when it is closed for good.
 */
export function ocppClient(gateway, identity, options = {}) {
  const client = new RPCClient({
    endpoint: `ws://127.0.0.1:${gateway.port}/ocpp`,
    identity,
    protocols: ['ocpp1.6'],
    strictMode: true,
    reconnect: false,
    ...options,
  });
  client.violations = [];
  client.on('strictValidationFailure', (failure) => client.violations.push(failure.error ?? failure));
  client.ended = once(client, 'close').then(([result]) => result);
  return client;
}

/** For the clients of a test: they are closed after it, which fails if a message of the gateway broke its schema. */
export function clientsOfEachTest() {
  const clients = [];
  afterEach(async () => {
    const used = clients.splice(0);
    for (const client of used) await client.close({ force: true });
    for (const client of used) assert.deepEqual(client.violations, [], 'every message of the gateway fits its schema');
  });
  return clients;
}

/** Connects a client and boots it. */
export async function bootedClient(gateway, identity, options = {}) {
  const client = ocppClient(gateway, identity, options);
  await client.connect();
  const boot = await client.call('BootNotification', { chargePointVendor: 'ocpp-rpc', chargePointModel: 'client' });
  assert.equal(boot.status, 'Accepted');
  return client;
}

/** Makes `client` answer the next CALL of this action; settles with the CALL's payload. */
export function answerOnce(client, action, answer) {
  return new Promise((resolve) => {
    client.handle(action, ({ params }) => {
      resolve(params);
      return typeof answer === 'function' ? answer(params) : answer;
    });
  });
}
