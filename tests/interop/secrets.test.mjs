// The commands that make hashes and tokens, and a gateway that lets in who has them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const program = process.env.VOLTGATE_PROGRAM;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VOLTGATE_')));
const run = (args, input = '') => spawnSync(program, args, { input, env, encoding: 'utf8' });

test('a password is hashed, with another salt each time', () => {
  const first = run(['hash-password'], '5b1e90c2f7a44d08b3166e9f02dd7c81a5e3f96b\n');
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /^password = "sha256:[0-9a-f]{32}:[0-9a-f]{64}"\n$/);
  assert.notEqual(run(['hash-password'], '5b1e90c2f7a44d08b3166e9f02dd7c81a5e3f96b').stdout, first.stdout);
});

test('a password that is easy to guess is refused, and not repeated', () => {
  for (const weak of ['', 'brief', 'secretsecretsecret', '1234567890123456']) {
    const { status, stdout, stderr } = run(['hash-password'], `${weak}\n`);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.ok(weak === '' || !stderr.includes(weak), stderr);
  }
});

test('VOLTGATE_CONFIG names the file, and what is wrong with a secret is said without it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'voltgate-secrets-'));
  try {
    const file = join(directory, 'voltgate.toml');
    writeFileSync(file, 'node_id = "from-the-file"\n');
    const check = () =>
      spawnSync(program, ['--check-config'], { env: { ...env, VOLTGATE_CONFIG: file }, encoding: 'utf8' });
    assert.match(check().stdout, /^node_id = "from-the-file"$/m);
    writeFileSync(file, '[[charge_point]]\npattern = "CP-1"\npassword = "in-plain-Text-by-mistake"\n');
    const refused = check();
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /:3: charge_point\[0\]\.password: is not allowed/);
    assert.ok(!refused.stderr.includes('in-plain'), refused.stderr);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('what both print is a configuration that may listen everywhere, and is shown without secrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'voltgate-secrets-'));
  try {
    const file = join(directory, 'voltgate.toml');
    const open = '[server]\naddress = "0.0.0.0"\nsecurity_profile = 1\n';
    writeFileSync(file, open);
    const refused = run(['--config', file, '--check-config']);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /hash-token/);
    const token = run(['hash-token']);
    assert.match(token.stdout, /^# [0-9a-f]{64}$/m);
    const password = run(['hash-password'], 'correct-Horse-battery-9').stdout;
    writeFileSync(file, `${open}\n[[charge_point]]\npattern = "CP-1"\n${password}\n${token.stdout}`);
    const shown = run(['--config', file, '--check-config']);
    assert.equal(shown.status, 0, shown.stderr);
    for (const [hash] of readFileSync(file, 'utf8').matchAll(/[0-9a-f]{64}/g)) assert.ok(!shown.stdout.includes(hash));
    assert.match(shown.stdout, /^password = "\*\*\*"$/m);
    assert.match(shown.stdout, /^sha256 = "\*\*\*"$/m);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('on a terminal a password is asked for', () => {
  const typed = { input: 'correct-Horse-battery-9\n', env, encoding: 'utf8' };
  const { stdout } = spawnSync('script', ['--quiet', '--command', `'${program}' hash-password`, '/dev/null'], typed);
  assert.match(stdout, /Password \(16 to 64 bytes.*\): /);
  assert.match(stdout, /password = "sha256:/);
});
