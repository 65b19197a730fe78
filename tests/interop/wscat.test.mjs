// What a person tries first: wscat for a charge point, curl for the rest.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { eventually, here, startGateway } from './harness.mjs';

const run = promisify(execFile);
const wscat = path.join(here, 'node_modules', 'wscat', 'bin', 'wscat');

let gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway?.stop());

/** Away from a terminal wscat shows nothing but incoming messages. */
function charger() {
  return spawn(
    process.execPath,
    [wscat, '-c', `ws://localhost:${gateway.port}/ocpp/CP-001`, '-s', 'ocpp1.6', '--no-color'],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
}

async function curl(...args) {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--max-time', '10', ...args]);
  return stdout;
}

test('wscat boots a charge point by hand, and curl sees it', async () => {
  const child = charger();
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (shown += text));
  try {
    await eventually(() => gateway.connection('CP-001'), 'wscat is connected');
    child.stdin.write('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]\n');
    await eventually(() => shown.includes('[3,"1",'), 'wscat shows the answer').catch((error) => {
      throw new Error(`${error.message}; it shows: ${shown}`);
    });
    const [text] = shown.match(/\[3,"1",.*\]/);
    const [type, messageId, answer] = JSON.parse(text);
    assert.deepEqual([type, messageId, answer.status], [3, '1', 'Accepted']);
    assert.ok(Date.parse(answer.currentTime));

    const connections = JSON.parse(await curl(`http://localhost:${gateway.port}/connections`));
    assert.equal(connections.total_connections, 1);
    const connection = connections.connections['CP-001'];
    assert.equal(connection.subprotocol, 'ocpp1.6');
    for (const stamp of [connections.timestamp, connection.connected_at, connection.last_activity]) {
      assert.match(stamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    }
    assert.match(connection.remote_addr, /^127\.0\.0\.1/);
  } finally {
    child.kill();
  }
});

test('curl asks for the health', async () => {
  const shown = await curl('--include', `http://localhost:${gateway.port}/health`);
  assert.match(shown, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(shown, /\r\nContent-Type: application\/json/i);
  const body = JSON.parse(shown.slice(shown.indexOf('\r\n\r\n')));
  assert.equal(body.status, 'healthy');
  assert.equal(typeof body.connections, 'number');
  assert.ok(body.version && body.node_id && Date.parse(body.timestamp) && body.uptime_s >= 0 && body.components);
});

test('curl sends a command to a charge point that is not there', async () => {
  const shown = await curl(
    '--include', '--json', '{"commandName":"Reset","payload":{"type":"Soft"}}',
    `http://localhost:${gateway.port}/api/v1/charge-points/NOBODY/commands`,
  );
  assert.match(shown, /^HTTP\/1\.1 404 /);
  const body = JSON.parse(shown.slice(shown.indexOf('\r\n\r\n')));
  assert.deepEqual([body.outcome, body.reason], ['not_sent', 'unknown_charge_point']);
});

test('curl reads the metrics', async () => {
  assert.match(await curl(`http://localhost:${gateway.port}/metrics`), /^gateway_active_connections/m);
});

test("the README's session is started and stopped as it stands there", async () => {
  const readme = readFileSync(path.join(here, '..', '..', 'README.md'), 'utf8');
  const from = readme.indexOf('Start a charging session of that charge point.');
  const lines = readme.slice(from, readme.indexOf('What became of a command:', from)).split('\n');
  const code = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
  const typed = code.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
  const shell = code.filter((line) => !/^[<>] /.test(line)).join('\n');
  const second = shell.indexOf('id=$(');
  assert.equal(typed.length, 4);
  const paste = (commands) => run('bash', ['-c', commands.replaceAll('localhost:8080', `localhost:${gateway.port}`)]);

  const child = charger();
  const seen = [];
  createInterface(child.stdout).on('line', (line) => seen.push(JSON.parse(line.slice(line.indexOf('[')))));
  await eventually(() => gateway.connection('CP-001'), 'wscat is connected');
  // What the README shows is of another run: the ids that were seen here take the place of those there.
  const ids = new Map();
  const type = (line) => {
    for (const [shown, real] of ids) line = line.replaceAll(shown, real);
    child.stdin.write(`${line}\n`);
  };
  const answer = async (pasted, line) => {
    const before = seen.length;
    const outcome = paste(pasted);
    await eventually(() => seen.length > before, 'the command arrives');
    const [call, messageId] = seen.at(-1);
    assert.equal(call, 2);
    ids.set(JSON.parse(line)[1], messageId);
    type(line);
    assert.match((await outcome).stdout, /"outcome":"result".*"status":"Accepted"/);
    return seen.at(-1);
  };

  const start = await answer(shell.slice(0, second), typed[0]);
  assert.equal(start[2], 'RemoteStartTransaction');
  type(typed[1]);
  await eventually(() => seen.at(-1)[0] === 3, 'the start is answered');
  const shown = JSON.parse(code.find((line) => line.startsWith('< [3,"2"')).slice(2))[2].transactionId;
  ids.set(String(shown), String(seen.at(-1)[2].transactionId));

  const stop = await answer(shell.slice(second), typed[2]);
  assert.deepEqual(stop.slice(2), ['RemoteStopTransaction', { transactionId: Number(ids.get(String(shown))) }]);
  type(typed[3]);
  await eventually(() => seen.at(-1)[0] === 3, 'the stop is answered');
  child.kill();
  const { body } = await gateway.get('/api/v1/transactions?chargePointId=CP-001');
  assert.deepEqual([body.items[0].state, body.items[0].energyWh], ['stopped', 2500]);
});
