// The program's privacy commands: what the journal holds of a tag, given out beside the gateway and erased without it.
import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { bootedClient, runProgram, startGateway } from './harness.mjs';

const tag = 'RFID-04A1B2C3';
const settings = { VOLTGATE_API__AUDIT_FILE: 'audit.log' };

/** The names of the files in which the tag stands. */
async function filesWithTag(directory) {
  const found = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(path.join(entry.parentPath ?? entry.path, entry.name));
    if (content.includes(tag)) found.push(entry.name);
  }
  return found;
}

test('a tag is exported beside the gateway, erased without it, and its backup too', async () => {
  let gateway = await startGateway(settings);
  const { directory, port } = gateway;
  const run = (...args) => runProgram(directory, args, { env: settings });
  const client = await bootedClient(gateway, 'CP-1');
  const start = { connectorId: 1, idTag: tag, meterStart: 0, timestamp: '2026-01-02T03:00:00Z' };
  const { transactionId } = await client.call('StartTransaction', start);
  await client.call('StopTransaction', { transactionId, meterStop: 5, timestamp: '2026-01-02T04:00:00Z' });
  await client.close();

  const exported = await run('privacy', 'export', tag);
  assert.equal(exported.code, 0, exported.err);
  const all = JSON.parse(exported.out);
  assert.deepEqual(all.transactions.map((t) => t.transactionId), [String(transactionId)]);
  assert.ok(all.events.some((e) => e.eventType === 'transaction.started'));
  const refused = await run('privacy', 'erase', tag);
  assert.equal(refused.code, 1);
  assert.match(refused.out, /a gateway is using it: stop it first/);
  const backup = await run('journal', 'backup', 'night.db');
  assert.equal(backup.code, 0, backup.out);

  assert.ok(!gateway.log.includes(tag), 'the log masks tags');
  await gateway.stop({ keep: true });
  const erased = await run('privacy', 'erase', tag.toLowerCase());
  assert.equal(erased.code, 0, erased.out);
  assert.match(erased.out, /erased in 1 transactions/);
  assert.deepEqual(await filesWithTag(directory), ['night.db']);
  const audit = await readFile(path.join(directory, 'audit.log'), 'utf8');
  assert.match(audit, new RegExp(`exported ${all.pseudonym}[^]*erased ${all.pseudonym}`));
  assert.deepEqual(JSON.parse((await run('privacy', 'export', tag)).out).transactions, []);

  const restored = await run('journal', 'restore', 'night.db');
  assert.equal(restored.code, 0, restored.out);
  assert.match(restored.out, /erased since are erased again/);
  assert.deepEqual(await filesWithTag(directory), ['night.db']);
  gateway = await startGateway(settings, { directory, port });
  const page = await (await fetch(`${gateway.http}/api/v1/transactions`)).json();
  assert.match(page.items[0].idTag, /^~[0-9a-f]{19}$/);
  await gateway.stop({ keep: true });

  for (const args of [[], ['erase'], ['forget', tag]]) assert.equal((await run('privacy', ...args)).code, 2);
  assert.equal((await run('privacy', 'erase', 'x'.repeat(256))).code, 1);
  for (const command of ['export', 'erase']) {
    const empty = await run('privacy', command, '');
    assert.equal(empty.code, 1);
    assert.match(empty.out + empty.err, /the empty tag is nobody's: name one/);
    assert.doesNotMatch(empty.out, /erased in|"transactions"/);
  }
  await rm(directory, { recursive: true });
});
