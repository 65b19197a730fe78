// SIGHUP: the program reads its configuration again.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, startGateway } from './harness.mjs';

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
