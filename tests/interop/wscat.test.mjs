// What a person tries first: wscat for a charge point, curl for the rest.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
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

async function curl(...args) {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--max-time', '10', ...args]);
  return stdout;
}

test('wscat boots a charge point by hand, and curl sees it', async () => {
  const child = spawn(
    process.execPath,
    [wscat, '-c', `ws://localhost:${gateway.port}/ocpp/CP-001`, '-s', 'ocpp1.6', '--no-color'],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (shown += text));
  try {
    // Away from a terminal wscat shows nothing but incoming messages.
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
