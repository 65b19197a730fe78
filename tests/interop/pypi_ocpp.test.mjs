// Charge points of PyPI ocpp, one of each version, that charge at the same time and are commanded in the same words.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, here, startGateway, within } from './harness.mjs';

const python = path.join(here, 'python', 'bin', 'python3');
const versions = ['1.6', '2.0.1', '2.1'];

let gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway?.stop());

function station(version) {
  const id = `PYPI-${version}`;
  const url = `ws://127.0.0.1:${gateway.port}/ocpp`;
  const child = spawn(python, [path.join(here, 'ocpp_station.py'), version, url, id], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = once(child, 'close').then(([code]) => assert.equal(code, 0, `${id} failed:\n${said}`));
  ended.catch(() => {}); // looked at in the end
  return { version, id, ended };
}

async function running(id) {
  const { body } = await gateway.get(`/api/v1/transactions?chargePointId=${id}`);
  return body.items[0];
}

async function act(id, action, parameters) {
  const response = await fetch(`${gateway.http}/api/v1/charge-points/${id}/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ parameters }),
  });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body.result.status;
}

test('a fleet of all versions charges and is commanded in the same words', async () => {
  const fleet = versions.map(station);
  for (const { version, id, ended } of fleet) {
    const charging = eventually(() => running(id), `the transaction of ${id}`);
    const transaction = await Promise.race([charging, ended.then(() => assert.fail(`${id} left before it charged`))]);
    assert.equal(transaction.state, 'running');
    assert.equal(transaction.meterStartWh, 1000);
    assert.equal(transaction.evseId, 1);
    assert.equal(await act(id, 'reset', { type: 'soft' }), version === '1.6' ? 'accepted' : 'scheduled');
    assert.equal(await act(id, 'set_config', { key: 'HeartbeatInterval', value: '60' }), 'accepted');
    assert.equal(await act(id, 'stop', { transactionId: transaction.transactionId }), 'accepted');
    await within(ended, `the end of ${id}`, 60_000);
    const stopped = await running(id);
    assert.equal(stopped.state, 'stopped');
    assert.equal(stopped.energyWh, 2500);
    await gateway.gone(id);
  }
  for (const { id } of fleet.slice(1)) {
    const { body } = await gateway.get(`/api/v1/charge-points/${id}/variables?variable=HeartbeatInterval`);
    assert.equal(body.items.length, 1);
    assert.equal(body.items[0].variableAttribute[0].value, null); // set since, and not asked for again
  }
  const { body } = await gateway.get('/api/v1/events?type=transaction.started,transaction.stopped&limit=10');
  const told = body.items.map((e) => `${e.ocppVersion} ${e.eventType}`).sort();
  assert.deepEqual(told, versions.flatMap((v) => [`${v} transaction.started`, `${v} transaction.stopped`]).sort());
});
