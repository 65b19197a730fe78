// SIGHUP: the program reads its configuration again.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bootedClient, eventually, startGateway } from './harness.mjs';

const tokens = (token) =>
  `[[api.tokens]]\nname = "console"\nsha256 = "${createHash('sha256').update(token).digest('hex')}"\n`;

test('a new configuration is taken over, a wrong one is named and changes nothing', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'voltgate-reload-'));
  const file = path.join(directory, 'voltgate.toml');
  await writeFile(file, tokens('first'));
  const gateway = await startGateway({}, { directory, args: ['--config', file] });
  const status = async (token) =>
    (await fetch(`${gateway.http}/connections`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await status('first'), 200);

  await writeFile(file, tokens('second'));
  gateway.child.kill('SIGHUP');
  await eventually(async () => (await status('second')) === 200, 'the new token counts');
  assert.equal(await status('first'), 401);

  await writeFile(file, `${tokens('third')}\nscopes = ["everything"]\n`);
  gateway.child.kill('SIGHUP');
  await eventually(() => gateway.log.includes('stays in force'), 'the log names the error');
  assert.match(gateway.log, /voltgate\.toml:5: api\.tokens\[0\]\.scopes/);
  assert.equal(await status('second'), 200);
  assert.equal(await status('third'), 401);
  await gateway.stop();
});

test('settings of models count for who connects after it', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'voltgate-reload-'));
  const file = path.join(directory, 'voltgate.toml');
  await writeFile(file, '');
  const gateway = await startGateway({}, { directory, args: ['--config', file] });
  const client = await bootedClient(gateway, 'CP-1');
  const interval = async () => (await gateway.get('/api/v1/charge-points/CP-1')).body.settings.interval;
  assert.deepEqual(await interval(), { value: '5m', from: 'general' });
  await writeFile(file, '[[model]]\nvendor = "*"\ninterval = "1m"\n');
  gateway.child.kill('SIGHUP');
  await eventually(async () => (await interval()).from === 'model[0]', 'the model is in force');
  assert.deepEqual(await interval(), { value: '1m', from: 'model[0]' });
  await client.close();
  await gateway.stop();
});
