// A program that cannot start says why and ends with the exit code that --help states.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { runProgram } from './harness.mjs';

const nobody = 65534;
let directory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'voltgate-start-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Whether an unprivileged process is kept from this port here. */
async function isForbidden(port) {
  if (process.getuid() === 0) process.seteuid(nobody);
  try {
    const server = net.createServer().listen(port, '127.0.0.1');
    const refused = await Promise.race([once(server, 'listening').then(() => false), once(server, 'error')]);
    server.close();
    return refused && refused[0].code === 'EACCES';
  } finally {
    if (process.getuid() === 0) process.seteuid(0);
  }
}

test('a port that is taken: exit code 3, and the journal is left in order', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String(server.address().port);
  const { code, err } = await runProgram(directory, [], { env: { VOLTGATE_SERVER__PORT: port } });
  server.close();
  assert.equal(code, 3, err);
  assert.match(err, new RegExp(`127\\.0\\.0\\.1:${port} is in use by another process`));
  assert.equal((await runProgram(directory, ['journal', 'check'])).code, 0);
});

test('an address of another machine: exit code 1', async () => {
  const env = { VOLTGATE_SERVER__ADDRESS: '192.0.2.1', VOLTGATE_SERVER__ALLOW_INSECURE: 'true' };
  const { code, err } = await runProgram(directory, [], { env });
  assert.equal(code, 1, err);
  assert.match(err, /cannot listen on 192\.0\.2\.1:0: .*another server\.address/);
});

test('a port for privileged programs: exit code 1', async (t) => {
  const port = 81;
  if (!(await isForbidden(port))) return t.skip('every user may listen on it here');
  chmodSync(directory, 0o777);
  const user = process.getuid() === 0 ? { uid: nobody, gid: nobody } : {};
  const { code, err } = await runProgram(directory, [], { env: { VOLTGATE_SERVER__PORT: String(port) }, ...user });
  assert.equal(code, 1, err);
  assert.match(err, /cannot listen on 127\.0\.0\.1:81: .*CAP_NET_BIND_SERVICE/);
});

test('a journal that is no directory: exit code 1', async () => {
  const { code, err } = await runProgram(directory, [], { env: { VOLTGATE_JOURNAL__PATH: '/dev/null' } });
  assert.equal(code, 1, err);
  assert.match(err, /journal\.path "\/dev\/null"/);
});

test('--check-config names what a start would refuse, with exit code 2', async () => {
  const file = join(directory, 'voltgate.toml');
  writeFileSync(join(directory, 'no.pem'), 'nothing');
  writeFileSync(
    file,
    '[server]\nsecurity_profile = 2\n[tls]\ncertificates = ["no.pem"]\n[log]\nfile = "absent/gateway.log"\n',
  );
  const { code, out, err } = await runProgram(directory, ['--config', file, '--check-config']);
  assert.deepEqual([code, out], [2, ''], err);
  assert.match(err, /tls\.certificates: "no\.pem": holds no certificate/);
  assert.match(err, /log\.file: "absent": there is no such directory/);
  assert.equal((await runProgram(directory, ['--check-config'])).code, 0);
});
