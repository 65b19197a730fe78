// Schemathesis (PyPI) makes requests of the description, right ones and wrong ones, and holds the answers against it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bootedClient, here, startGateway, within } from './harness.mjs';

test('whatever is asked is answered as the description says', async () => {
  const gateway = await startGateway();
  const client = await bootedClient(gateway, 'CP-1');
  const directory = await mkdtemp(path.join(tmpdir(), 'voltgate-schemathesis-'));
  const args = ['--config-file', path.join(here, 'schemathesis.toml'), 'run', `${gateway.http}/api/v1/openapi.json`];
  args.push('--phases', 'examples,coverage,fuzzing', '--max-examples', '20', '--seed', '1');
  args.push('--exclude-path', '/api/v1/events/stream'); // has no end
  args.push('--request-timeout', '20', '--warnings', 'off', '--continue-on-failure');
  const child = spawn(path.join(here, 'python', 'bin', 'schemathesis'), args, {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await within(once(child, 'close'), 'the end of schemathesis', 240_000);
  await rm(directory, { recursive: true, force: true });
  await client.close({ force: true });
  await gateway.stop();
  assert.equal(code, 0, said);
  const [, cases] = said.match(/(\d+) generated/) ?? [];
  assert.ok(Number(cases) > 500, said);
});
