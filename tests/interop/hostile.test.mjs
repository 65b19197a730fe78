// Clients that do not keep to the rules, on raw sockets, against the real program. Whatever they do, the gateway goes on
// serving others; that is checked after every test.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { bootedClient, eventually, startGateway } from './harness.mjs';
import { RawSocket, frame, opcode, upgradeRequest, upgraded } from './raw_socket.mjs';

const heartbeat = '[2,"h","Heartbeat",{}]';

let gateway;
let bystander;
let open = [];

before(async () => {
  gateway = await startGateway({ VOLTGATE_HTTP__REQUEST_TIMEOUT: '1s' });
  bystander = await bootedClient(gateway, 'BYSTANDER');
});
after(async () => {
  await bystander?.close({ force: true });
  await gateway?.stop();
});
afterEach(async () => {
  for (const raw of open) raw.destroy();
  open = [];
  assert.ok((await bystander.call('Heartbeat', {})).currentTime, 'another charge point is still served');
  assert.equal((await gateway.get('/health')).body.status, 'healthy');
});

function keep(raw) {
  open.push(raw);
  return raw;
}
const connect = async () => keep(await RawSocket.connect(gateway.port));
const websocket = async (identity) => keep(await upgraded(gateway.port, identity));

async function ask(text) {
  const raw = await connect();
  raw.write(text);
  return raw.response();
}

async function serves(raw) {
  raw.write(frame(opcode.text, heartbeat));
  assert.match(await raw.text(), /^\[3,"h",\{"currentTime":/);
}

// ------------------------------------------------------------------------------------------------ upgrade requests

const badUpgrades = [
  ['no Upgrade header', '/ocpp/CP', { headers: { Upgrade: undefined, Connection: 'close' } }, [426]],
  ['POST', '/ocpp/CP', { method: 'POST', headers: { 'Content-Length': '0' } }, [400, 405]],
  ['HTTP/1.0', '/ocpp/CP', { version: 'HTTP/1.0' }, [400, 505]],
  ['an old WebSocket version', '/ocpp/CP', { headers: { 'Sec-WebSocket-Version': '8' } }, [426]],
  ['no key', '/ocpp/CP', { headers: { 'Sec-WebSocket-Key': undefined } }, [400]],
  ['no sub-protocol', '/ocpp/CP', { headers: { 'Sec-WebSocket-Protocol': undefined } }, [400]],
  ['an unknown sub-protocol', '/ocpp/CP', { headers: { 'Sec-WebSocket-Protocol': 'ocpp9.9, OCPP1.6' } }, [400]],
  ['no identity', '/ocpp/', {}, [400, 404]],
  ['a path too deep', '/ocpp/a/b/c', {}, [400, 404]],
  ['another path', '/elsewhere/CP', {}, [400, 404]],
  ['a slash in the identity', '/ocpp/CP%2F1', {}, [400]],
  ['a NUL in the identity', '/ocpp/CP%00', {}, [400]],
  ['a line break in the identity', '/ocpp/CP%0d%0a', {}, [400]],
  ['a % that encodes nothing', '/ocpp/CP%zz', {}, [400]],
  ['a % at the end', '/ocpp/CP%', {}, [400]],
  ['bytes that are no UTF-8', '/ocpp/CP%ff%fe', {}, [400]],
  ['an identity of 300 characters', `/ocpp/${'x'.repeat(300)}`, {}, [400]],
  ['a target of 20,000 characters', `/ocpp/${'x'.repeat(20_000)}`, {}, [400, 414, 431]],
];

for (const [name, target, options, statuses] of badUpgrades) {
  test(`an upgrade is refused: ${name}`, async () => {
    const response = await ask(upgradeRequest(target, options));
    assert.ok(response, 'there is an answer');
    assert.ok(statuses.includes(response.status), `${response.status} ${response.body}`);
    assert.match(response.headers['content-type'] ?? '', /^application\/problem\+json/);
    assert.equal(JSON.parse(response.body).status, response.status);
  });
}

test('the refusal of a sub-protocol says which are supported', async () => {
  const response = await ask(upgradeRequest('/ocpp/CP', { headers: { 'Sec-WebSocket-Protocol': 'ocpp9.9' } }));
  assert.match(response.body, /ocpp1\.6/);
});

test('the refusal of a WebSocket version says which is supported', async () => {
  const response = await ask(upgradeRequest('/ocpp/CP', { headers: { 'Sec-WebSocket-Version': '8' } }));
  assert.equal(response.headers['sec-websocket-version'], '13');
});

for (const [encoded, identity] of [
  ['RDAM%20123', 'RDAM 123'],
  ['RDAM%7C123', 'RDAM|123'],
  ['caf%C3%A9', 'café'],
  ['twice%2541', 'twice%41'],
  ['%43%50', 'CP'],
  ['query?token=1', 'query'],
]) {
  test(`the identity ${encoded} is decoded exactly once`, async () => {
    const raw = await websocket(encoded);
    await serves(raw);
    assert.ok(await gateway.connection(identity), `${identity} is listed`);
  });
}

test('what is no HTTP gets 400 or the end of the connection', async () => {
  for (const text of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'HELLO\r\n\r\n', 'GET\r\n\r\n', '\r\n'.repeat(5000)]) {
    const raw = await connect();
    raw.write(Buffer.from(text, 'latin1'));
    const response = await raw.response();
    if (response) assert.ok([400, 408, 431].includes(response.status), `${response.status}`);
    await raw.end();
  }
});

test('10,000 headers are refused', async () => {
  const extra = Array.from({ length: 10_000 }, (_, i) => `X-Header-${i}: value`);
  const response = await ask(upgradeRequest('/ocpp/CP', { extra }));
  assert.ok([400, 431].includes(response.status), `${response.status}`);
});

test('two Content-Lengths, and chunks beside a length, are refused', async () => {
  for (const extra of [
    ['Content-Length: 3', 'Content-Length: 4'],
    ['Content-Length: 3', 'Transfer-Encoding: chunked'],
  ]) {
    const response = await ask(['POST /api/v1/charge-points/CP/commands HTTP/1.1', 'Host: x', ...extra, '', '{}'].join('\r\n'));
    assert.equal(response.status, 400);
  }
});

test('a request that comes one byte at a time is given up at its deadline, not at its last byte', async () => {
  const raw = await connect();
  const started = Date.now();
  const drip = setInterval(() => raw.write('x'), 50);
  raw.write('GET /health HTTP/1.1\r\nX-Slow: ');
  try {
    const response = await raw.response();
    if (response) assert.equal(response.status, 408);
    await raw.end();
  } finally {
    clearInterval(drip);
  }
  assert.ok(Date.now() - started >= 900, 'not before its deadline');
});

test('an upgrade request in single bytes works, if it is quick enough', async () => {
  const raw = await connect();
  for (const byte of upgradeRequest('/ocpp/SINGLE-BYTES')) raw.write(byte);
  assert.equal((await raw.response()).status, 101);
  await serves(raw);
});

test('frames right behind the upgrade request are not lost', async () => {
  const raw = await connect();
  const calls = Array.from({ length: 20 }, (_, i) => frame(opcode.text, `[2,"${i}","Heartbeat",{}]`));
  raw.write(Buffer.concat([Buffer.from(upgradeRequest('/ocpp/EAGER')), ...calls]));
  assert.equal((await raw.response()).status, 101);
  for (let i = 0; i < 20; ++i) assert.match(await raw.text(), new RegExp(`^\\[3,"${i}",`));
});

// -------------------------------------------------------------------------------------------------------- frames

const brokenFrames = [
  ['an unmasked frame', frame(opcode.text, heartbeat, { masked: false }), 1002],
  ['an opcode that does not exist', frame(3, 'x'), 1002],
  ['a control opcode that does not exist', frame(11, ''), 1002],
  ['a reserved bit', frame(opcode.text, heartbeat, { reserved: 4 }), 1002],
  ['a continuation of nothing', frame(opcode.continuation, heartbeat), 1002],
  ['a fragmented ping', frame(opcode.ping, 'x', { final: false }), 1002],
  ['a ping of 126 bytes', frame(opcode.ping, 'x'.repeat(126)), 1002],
  ['a text inside a text', Buffer.concat([frame(opcode.text, '[2', { final: false }), frame(opcode.text, ',')]), 1002],
  ['a Close of one byte', frame(opcode.close, 'x'), 1002],
  ['a Close with a code that must not be sent', frame(opcode.close, Buffer.from([0x03, 0xed])), 1002],
  ['bytes that are no UTF-8', frame(opcode.text, Buffer.from([0x5b, 0xff, 0xfe, 0x5d])), 1007],
  ['UTF-8 cut off in its last fragment', Buffer.concat([
    frame(opcode.text, Buffer.from([0x22, 0xe2]), { final: false }), frame(opcode.continuation, Buffer.from([0x82]))]), 1007],
  ['a message of 10 MiB', frame(opcode.text, Buffer.alloc(10 * 1024 * 1024, 0x20)), 1009],
  ['a frame that claims 2^62 bytes', frame(opcode.text, 'x', { claimed: 2 ** 62 }), 1009],
];

for (const [name, bytes, code] of brokenFrames) {
  test(`the connection is closed with ${code} for ${name}`, async () => {
    const raw = await websocket('BROKEN');
    raw.write(bytes);
    assert.equal(await raw.closeCode(), code);
    await raw.end();
    await gateway.gone('BROKEN');
  });
}

test('a message in one-byte fragments, with pings between them, is one message', async () => {
  const raw = await websocket('FRAGMENTS');
  const bytes = Buffer.from(heartbeat);
  for (let i = 0; i < bytes.length; ++i) {
    const code = i === 0 ? opcode.text : opcode.continuation;
    raw.write(frame(code, bytes.subarray(i, i + 1), { final: i === bytes.length - 1 }));
    if (i % 5 === 0) raw.write(frame(opcode.ping, `${i}`));
  }
  let got = await raw.frame();
  while (got?.code === opcode.pong) got = await raw.frame();
  assert.match(got.payload.toString(), /^\[3,"h",/);
  await serves(raw);
});

test('a message in 100,000 empty fragments does no harm', async () => {
  const raw = await websocket('EMPTY-FRAGMENTS');
  raw.write(frame(opcode.text, heartbeat, { final: false }));
  const empty = frame(opcode.continuation, '', { final: false });
  raw.write(Buffer.concat(Array.from({ length: 100_000 }, () => empty)));
  raw.write(frame(opcode.continuation, ''));
  const got = await raw.frame();
  if (got?.code === opcode.text) assert.match(got.payload.toString(), /^\[3,"h",/);
  else assert.ok(got === undefined || got.code === opcode.close);
});

test('JSON as deep as a message may be long does no harm', async () => {
  const raw = await websocket('DEEP');
  const depth = 400_000;
  for (const text of [
    '['.repeat(depth),
    '{"a":'.repeat(depth / 5),
    `[2,"d","DataTransfer",${'['.repeat(depth)}${']'.repeat(depth)}]`,
    `[2,"d","DataTransfer",{"vendorId":"v","data":${'{"a":'.repeat(depth / 10)}1${'}'.repeat(depth / 10)}}]`,
    `[3,"d",${'['.repeat(depth)}`,
  ]) {
    raw.write(frame(opcode.text, text));
  }
  raw.write(frame(opcode.text, heartbeat));
  let text = await raw.text();
  while (text.startsWith('[4,')) text = await raw.text();
  assert.match(text, /^\[3,"h",/);
});

test('endless pings are answered, and a client that never reads them is let go or kept, not fed', async () => {
  const raw = await websocket('PINGS');
  raw.socket.pause();
  const pings = Buffer.concat(Array.from({ length: 10_000 }, () => frame(opcode.ping, 'x'.repeat(125))));
  for (let i = 0; i < 20; ++i) raw.write(pings);
  await bystander.call('Heartbeat', {});
  raw.destroy();
  await gateway.gone('PINGS');
});

test('500 connections that say nothing do not keep others out', async () => {
  const idle = await Promise.all(Array.from({ length: 500 }, connect));
  const client = await bootedClient(gateway, 'AMONG-IDLE');
  await client.close();
  for (const raw of idle) raw.destroy();
});

test('half an upgrade, a reset, a hang-up: nothing of them stays', async () => {
  for (let i = 0; i < 50; ++i) {
    const half = await connect();
    half.write(upgradeRequest('/ocpp/HALF').slice(0, 40 + i));
    half.destroy();
    const gone = await websocket(`GONE-${i}`);
    gone.socket.resetAndDestroy();
  }
  await eventually(async () => {
    const { body } = await gateway.get('/connections');
    return Object.keys(body.connections).every((id) => id === 'BYSTANDER');
  }, 'only the bystander is connected');
});
