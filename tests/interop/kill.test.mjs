// kill -9 in the middle of transactions: whatever a charge point was answered is stored, once, and nothing is stored
// twice. VOLTGATE_KILL_ROUNDS and VOLTGATE_FLEET make it longer and larger.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Fleet } from './fleet.mjs';
import { runProgram, startGateway, within } from './harness.mjs';

const rounds = Number(process.env.VOLTGATE_KILL_ROUNDS ?? 5);
const reconnecting = Number(process.env.VOLTGATE_FLEET ?? 500);
const settings = {
  VOLTGATE_LOG__EVENTS: 'false',
  VOLTGATE_LOG__LEVEL: 'warning',
  VOLTGATE_EVENTS__DURABILITY: 'disk',
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function exportedEvents(directory) {
  const { code, out, err } = await runProgram(directory, ['journal', 'export']);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  return out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

// A reader of the file that shares nothing with the program.
const reader = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute("SELECT c.id, t.start_text, t.stop_text, t.meter_start, t.meter_stop FROM transactions t "
                  "JOIN charge_points c ON c.row = t.charge_point")
json.dump(rows.fetchall(), sys.stdout)
`;

async function storedTransactions(directory) {
  const file = path.join(directory, 'voltgate-data', 'journal.db');
  const { stdout } = await promisify(execFile)('python3', ['-c', reader, file], { maxBuffer: 1 << 30 });
  return JSON.parse(stdout).map(([cp, started, stopped, meterStart, meterStop]) => ({ cp, started, stopped, meterStart, meterStop }));
}

// What makes a message of a charge point this one and no other, and the same of its event.
const keyOfMessage = ({ cp, action, payload }) =>
  `${cp} ${action} ${payload.meterValue?.[0].timestamp ?? payload.timestamp}`;
const keyOfEvent = {
  'transaction.started': (e) => `${e.chargePointId} StartTransaction ${e.payload.startTimestamp}`,
  'transaction.meter_values': (e) => `${e.chargePointId} MeterValues ${e.payload.meterValues[0].timestamp}`,
  'transaction.stopped': (e) => `${e.chargePointId} StopTransaction ${e.payload.stopTimestamp}`,
};

/** Holds what the fleet was answered against what is stored. */
async function compare(fleet, directory) {
  const check = await runProgram(directory, ['journal', 'check']);
  assert.equal(check.code, 0, check.out);
  const events = await exportedEvents(directory);
  events.forEach((event, index) => assert.equal(event.sequence, index + 1, 'the numbers have no gap'));
  assert.equal(new Set(events.map((event) => event.eventId)).size, events.length);

  const stored = new Map();
  for (const event of events) {
    const key = keyOfEvent[event.eventType]?.(event);
    if (!key) continue;
    assert.ok(!stored.has(key), `stored twice: ${key}`);
    stored.set(key, event);
  }
  const answered = fleet.answered;
  const ids = new Set();
  for (const message of answered) {
    const key = keyOfMessage(message);
    const event = stored.get(key);
    assert.ok(event, `answered and not stored: ${key}`);
    const id = message.answer.transactionId ?? message.payload.transactionId;
    assert.equal(event.payload.transactionId, String(id), key);
    if (message.action === 'StartTransaction') {
      assert.ok(id > 0 && !ids.has(id), `transaction id ${id} was given twice`);
      ids.add(id);
    }
    if (message.action === 'StopTransaction') assert.equal(event.payload.known, true, key);
  }
  assert.equal(stored.size, answered.length, 'nothing is stored that was not answered in the end');

  const transactions = await storedTransactions(directory);
  const starts = answered.filter(({ action }) => action === 'StartTransaction');
  const stops = new Map(answered.filter(({ action }) => action === 'StopTransaction').map((m) => [m.payload.transactionId, m]));
  assert.equal(transactions.length, starts.length);
  const rows = new Map(transactions.map((row) => [`${row.cp} ${row.started}`, row]));
  for (const { cp, payload, answer } of starts) {
    const row = rows.get(`${cp} ${payload.timestamp}`);
    const stop = stops.get(answer.transactionId);
    assert.deepEqual(
      [row?.meterStart, row?.meterStop, row?.stopped],
      [payload.meterStart, stop?.payload.meterStop, stop?.payload.timestamp],
    );
  }
  return { answered: answered.length, events: events.length };
}

test(`${rounds} kills and a stop in the middle of transactions lose nothing and double nothing`, async (t) => {
  let gateway = await startGateway(settings);
  const { port, directory } = gateway;
  const fleet = new Fleet(port, 40);
  const running = fleet.all((cp) => cp.run());
  const restarted = async () => (gateway = await startGateway(settings, { port, directory }));
  for (let round = 0; round < rounds; ++round) {
    await pause(100 + Math.random() * 700);
    await gateway.kill();
    assert.doesNotMatch(gateway.log, /begin anew/, 'the journal was not taken for an older one');
    await restarted();
  }
  await pause(300);
  await gateway.stop({ keep: true });
  await restarted();
  await pause(300);
  fleet.enough = true;
  await within(running, 'all charge points finish', 30_000);
  await gateway.stop({ keep: true });
  assert.deepEqual(fleet.errors, []);
  assert.ok(fleet.repetitions > 0, 'some messages had to be repeated');
  const found = await compare(fleet, directory);
  t.diagnostic(`${found.answered} messages answered, ${fleet.repetitions} repeated, ${found.events} events stored`);
});

test(`${reconnecting} charge points that reconnect at once go on with their transactions`, async (t) => {
  let gateway = await startGateway(settings);
  const { port, directory } = gateway;
  const fleet = new Fleet(port, reconnecting);
  const transactions = await within(fleet.all((cp) => cp.start()), 'all transactions start', 120_000);
  await gateway.kill();
  const began = Date.now();
  fleet.chargePoints.forEach((cp) => (cp.booted = false)); // the power was gone for all of them
  const going = fleet.all(async (cp, index) => {
    await cp.meter(transactions[index]);
    await cp.stop(transactions[index]);
    cp.socket.close();
  });
  gateway = await startGateway(settings, { port, directory });
  await within(going, 'all transactions end', 120_000);
  const took = Date.now() - began;
  await gateway.stop({ keep: true });
  assert.deepEqual(fleet.errors, []);
  const found = await compare(fleet, directory);
  t.diagnostic(`all had finished ${took} ms after the kill; ${found.events} events stored`);
});
