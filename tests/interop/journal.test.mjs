// The program's journal commands, and its start with a journal that cannot be used.
import assert from 'node:assert/strict';
import { chmod, chown, copyFile, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Fleet } from './fleet.mjs';
import { runProgram, startGateway, within } from './harness.mjs';

const settings = { VOLTGATE_LOG__EVENTS: 'false', VOLTGATE_LOG__LEVEL: 'warning' };
const data = (directory) => path.join(directory, 'voltgate-data');
const file = (directory) => path.join(data(directory), 'journal.db');
const lines = (text) => text.split('\n').filter(Boolean);

let gateway; // one after the other, all in the same directory
let fleet;
const ids = new Set();
let running; // of the first charge point
let lastSequence;
let lastEpoch;

async function restart() {
  gateway = await startGateway(settings, { port: gateway.port, directory: gateway.directory });
}
const run = (...args) => runProgram(gateway.directory, args);

async function exported() {
  const { code, out, err } = await run('journal', 'export');
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  return lines(out).map((line) => JSON.parse(line));
}

async function overwrite(offset, size) {
  const f = await open(file(gateway.directory), 'r+');
  await f.write(Buffer.alloc(size, 0xee), 0, size, offset);
  await f.close();
}

before(async () => {
  gateway = await startGateway(settings);
  fleet = new Fleet(gateway.port, 5);
  const started = await within(fleet.all((cp) => cp.start()), 'transactions start');
  started.forEach((id) => ids.add(id));
  [running] = started;
  for (let i = 0; i < 50; ++i) await fleet.all((cp, index) => cp.meter(started[index]));
});

after(async () => {
  await rm(gateway.directory, { recursive: true, force: true });
});

test('--help and wrong arguments', async () => {
  const help = await run('--help');
  assert.match(help.out, /journal/);
  const more = await run('journal', '--help');
  for (const command of ['check', 'export', 'repair', 'backup', 'restore']) assert.match(more.out, new RegExp(`^ +${command}`, 'm'));
  assert.equal((await run('journal')).code, 2);
  assert.equal((await run('journal', 'mend')).code, 2);
  assert.equal((await run('journal', 'backup')).code, 2);
  assert.equal((await run('journal', 'check', '--config', 'none.toml')).code, 2);
});

test('a journal is checked and exported beside the gateway that writes it', async () => {
  const check = await run('journal', 'check');
  assert.equal(check.code, 0, check.out);
  assert.match(check.out, /the journal is whole/);
  assert.match(check.out, /transactions: 5 rows/);
  const events = await exported();
  assert.equal(events.filter((e) => e.eventType === 'transaction.meter_values').length, 250);
  events.forEach((e, index) => assert.equal(e.sequence, index + 1));
  assert.equal(new Set(events.map((e) => e.gatewayId)).size, 1);
});

test('a journal that is in use is not repaired', async () => {
  const { code, out } = await run('journal', 'repair');
  assert.equal(code, 1);
  assert.match(out, /a gateway is using it: stop it first/);
});

test('a stopped gateway leaves a whole journal', async () => {
  await gateway.stop({ keep: true });
  assert.equal((await run('journal', 'check')).code, 0);
  const events = await exported();
  lastSequence = events.at(-1).sequence;
  lastEpoch = Math.max(...events.map((e) => e.epoch));
});

test('a directory without a journal is told and left as it is', async () => {
  const empty = await mkdtemp(path.join(tmpdir(), 'voltgate-interop-'));
  for (const command of ['check', 'export', 'repair']) assert.equal((await runProgram(empty, ['journal', command])).code, 1);
  assert.deepEqual(await readdir(empty), []);
  await rm(empty, { recursive: true });
});

test('a damaged journal is refused with advice, repaired, and nothing is given twice', async () => {
  const size = (await stat(file(gateway.directory))).size;
  await overwrite(0, 4096);
  const refused = await runProgram(gateway.directory, []);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /journal\.path "\.\/voltgate-data".*"voltgate journal check".*"voltgate journal repair"/);
  assert.equal((await run('journal', 'check')).code, 1);

  const repair = await run('journal', 'repair');
  assert.equal(repair.code, 0, repair.out);
  assert.match(repair.out, /transactions: 5 rows saved/);
  const check = await run('journal', 'check');
  assert.equal(check.code, 0, check.out);
  const kept = (await readdir(data(gateway.directory))).filter((name) => /^journal\.db\.damaged-\d{8}T\d{6}Z$/.test(name));
  assert.equal(kept.length, 1);
  assert.equal((await stat(path.join(data(gateway.directory), kept[0]))).size, size);

  await restart();
  const [first, ...others] = fleet.chargePoints;
  await first.stop(running);
  for (const cp of others) {
    const id = await cp.start();
    assert.ok(!ids.has(id));
    ids.add(id);
  }
  await gateway.stop({ keep: true });
  const events = await exported();
  const stopped = events.find((e) => e.eventType === 'transaction.stopped');
  assert.deepEqual([stopped.payload.transactionId, stopped.payload.known], [String(running), true]);
  assert.ok(stopped.sequence > lastSequence);
  assert.ok(stopped.epoch > lastEpoch);
});

test('damage in the middle costs what stands there and no more', async () => {
  const events = await exported();
  const size = (await stat(file(gateway.directory))).size;
  await overwrite(Math.floor(size / 2 / 4096) * 4096, 4096 * 2);
  const found = await run('journal', 'check');
  assert.equal(found.code, 1);
  assert.match(found.out, /DAMAGED/);
  assert.equal((await run('journal', 'repair')).code, 0);
  assert.equal((await run('journal', 'check')).code, 0);
  const saved = await exported();
  assert.ok(saved.length > 0 && saved.length <= events.length);
  const known = new Map(events.map((e) => [e.sequence, e.eventId]));
  for (const e of saved) assert.equal(known.get(e.sequence), e.eventId);
  await restart();
  assert.ok(!ids.has(await fleet.chargePoints[0].start()));
  await gateway.stop({ keep: true });
});

test('a backup is made beside the gateway, and restored without giving anything twice', async () => {
  await restart();
  const cp = fleet.chargePoints[0];
  const kept = await cp.start();
  assert.ok(!ids.has(kept));
  ids.add(kept);
  const backup = await run('journal', 'backup', 'night.db');
  assert.equal(backup.code, 0, backup.out);
  assert.match(backup.out, /^night\.db: events up to \d+, \d+ transactions, \d+ bytes$/m);
  assert.equal((await stat(path.join(gateway.directory, 'night.db'))).mode & 0o777, 0o600);
  const again = await run('journal', 'backup', 'night.db');
  assert.equal(again.code, 1);
  assert.match(again.out, /night\.db exists/);

  const lost = await cp.start();
  ids.add(lost);
  const before = await gateway.get('/api/v1/events?limit=1');
  const refused = await run('journal', 'restore', 'night.db');
  assert.equal(refused.code, 1);
  assert.match(refused.out, /stop it first/);
  await gateway.stop({ keep: true });

  const restore = await run('journal', 'restore', 'night.db');
  assert.equal(restore.code, 0, restore.out);
  assert.match(restore.out, /the events \d+ to \d+ of journal \w+ are not in it/);
  assert.match(restore.out, new RegExp(`a position of journal ${before.body.journalId} is answered 410`));
  assert.equal((await run('journal', 'check')).code, 0);
  const aside = (await readdir(data(gateway.directory))).filter((name) => /^journal\.db\.replaced-\d{8}T\d{6}Z$/.test(name));
  assert.equal(aside.length, 1);

  await restart();
  const after = await gateway.get('/api/v1/events?after=0');
  assert.notEqual(after.body.journalId, before.body.journalId);
  assert.match(restore.out, new RegExp(`as journal ${after.body.journalId} `));
  assert.equal((await gateway.get(`/api/v1/events?after=${before.body.next}`)).status, 410);
  const fresh = await fleet.chargePoints[1].start();
  assert.ok(!ids.has(fresh));
  await gateway.stop({ keep: true });
});

test('an older file that is put in the place of the journal is told in the log', async () => {
  await copyFile(path.join(gateway.directory, 'night.db'), file(gateway.directory));
  await restart();
  const metrics = await (await fetch(`${gateway.http}/metrics`)).text();
  assert.match(metrics, /^gateway_journal_restored 1$/m);
  await gateway.stop({ keep: true });
  assert.match(gateway.log, /readers of events have to begin anew/);
});

test('what the gateway may not write is told at the start', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'voltgate-interop-'));
  await chmod(directory, 0o755);
  const first = await startGateway(settings, { directory });
  await first.stop({ keep: true });
  // Root may write everything: the program runs as somebody else then.
  const user = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
  const start = async () => {
    const { code, err } = await runProgram(directory, [], user);
    assert.equal(code, 1, err);
    assert.match(err, /journal\.path.*must be writable for the user that runs the gateway/);
  };
  await chmod(file(directory), 0o444);
  if (user.uid) for (const name of ['', 'lock']) await chown(path.join(data(directory), name), user.uid, user.gid);
  await start(); // the file
  await chmod(data(directory), 0o555);
  await chmod(path.join(data(directory), 'lock'), 0o444);
  await start(); // all of it
  await chmod(data(directory), 0o755);
  await rm(directory, { recursive: true });
});
