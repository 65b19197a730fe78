// Whole OCPP 1.6 conversations with a client by others: npm ocpp-rpc in strict mode, which checks every message of the
// gateway against the published schemas.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { answerOnce, bootedClient, clientsOfEachTest, eventually, ocppClient, startGateway, within } from './harness.mjs';

let gateway;
const clients = clientsOfEachTest();

before(async () => {
  gateway = await startGateway();
});
after(() => gateway?.stop());

async function booted(identity, options) {
  const client = await bootedClient(gateway, identity, options);
  clients.push(client);
  return client;
}

const now = () => new Date().toISOString();

test('a charging session from boot to stop', async () => {
  const id = 'RPC-SESSION';
  const client = ocppClient(gateway, id);
  clients.push(client);
  await client.connect();

  const boot = await client.call('BootNotification', {
    chargePointVendor: 'Vendor',
    chargePointModel: 'Model',
    chargePointSerialNumber: 'S-1',
    firmwareVersion: '1.0',
  });
  assert.equal(boot.status, 'Accepted');
  assert.ok(boot.interval > 0);
  assert.ok(Math.abs(Date.parse(boot.currentTime) - Date.now()) < 60_000, boot.currentTime);

  for (const connectorId of [0, 1]) {
    const answer = await client.call('StatusNotification', {
      connectorId,
      errorCode: 'NoError',
      status: 'Available',
      timestamp: now(),
    });
    assert.deepEqual(answer, {});
  }
  assert.ok(Date.parse((await client.call('Heartbeat', {})).currentTime));
  assert.equal((await client.call('Authorize', { idTag: 'TAG-1' })).idTagInfo.status, 'Accepted');

  const start = await client.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG-1',
    meterStart: 100,
    timestamp: now(),
  });
  assert.equal(start.idTagInfo.status, 'Accepted');
  assert.ok(start.transactionId > 0);

  const sampled = { timestamp: now(), sampledValue: [{ value: '1500.5', unit: 'Wh', context: 'Sample.Periodic' }] };
  const meter = { connectorId: 1, transactionId: start.transactionId, meterValue: [sampled] };
  assert.deepEqual(await client.call('MeterValues', meter), {});
  assert.deepEqual(await client.call('MeterValues', { connectorId: 0, meterValue: [sampled] }), {});

  const stop = await client.call('StopTransaction', {
    transactionId: start.transactionId,
    idTag: 'TAG-1',
    meterStop: 2600,
    timestamp: now(),
    reason: 'Local',
    transactionData: [sampled],
  });
  assert.equal(stop.idTagInfo?.status ?? 'Accepted', 'Accepted');

  const { status, body } = await gateway.get(`/api/v1/charge-points/${id}`);
  assert.equal(status, 200);
  assert.equal(body.connected, true);
  assert.equal(body.boot.vendor, 'Vendor');
});

test('every other message of a 1.6 charge point is answered as its schema says', async () => {
  const client = await booted('RPC-MESSAGES');
  const answers = {
    DiagnosticsStatusNotification: [{ status: 'Uploading' }, {}],
    FirmwareStatusNotification: [{ status: 'Downloaded' }, {}],
    LogStatusNotification: [{ status: 'Uploaded', requestId: 1 }, {}],
    SecurityEventNotification: [{ type: 'TamperDetectionActivated', timestamp: now() }, {}],
    SignedFirmwareStatusNotification: [{ status: 'Installed', requestId: 1 }, {}],
  };
  for (const [action, [request, answer]] of Object.entries(answers)) {
    assert.deepEqual(await client.call(action, request), answer, action);
  }
  // Their answers are the gateway's choice; the strict client checks that they fit the schema.
  assert.ok((await client.call('DataTransfer', { vendorId: 'com.example', messageId: 'm', data: 'd' })).status);
  assert.ok((await client.call('SignCertificate', { csr: '-----BEGIN CERTIFICATE REQUEST-----' })).status);
});

test('a remote start and stop through the HTTP API', async () => {
  const id = 'RPC-REMOTE';
  const client = await booted(id);

  const started = answerOnce(client, 'RemoteStartTransaction', { status: 'Accepted' });
  const start = await gateway.command(id, 'RemoteStartTransaction', { connectorId: 1, idTag: 'TAG-1' });
  assert.equal(start.status, 200);
  assert.deepEqual(await started, { connectorId: 1, idTag: 'TAG-1' });
  assert.equal(start.body.outcome, 'result');
  assert.equal(start.body.reason, 'answered');
  assert.deepEqual(start.body.payload, { status: 'Accepted' });
  assert.equal(start.body.chargePointId, id);
  assert.equal(start.body.commandName, 'RemoteStartTransaction');
  assert.ok(start.body.commandId);

  const { transactionId } = await client.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG-1',
    meterStart: 0,
    timestamp: now(),
  });
  const stopped = answerOnce(client, 'RemoteStopTransaction', { status: 'Accepted' });
  const stop = await gateway.command(id, 'RemoteStopTransaction', { transactionId });
  assert.deepEqual(await stopped, { transactionId });
  assert.deepEqual(stop.body.payload, { status: 'Accepted' });
  await client.call('StopTransaction', { transactionId, meterStop: 10, timestamp: now(), reason: 'Remote' });
});

test('a charge point that calls before it answers a command', async () => {
  const id = 'RPC-TRIGGER';
  const client = await booted(id);
  let heartbeat;
  client.handle('TriggerMessage', async () => {
    heartbeat = await client.call('Heartbeat', {});
    return { status: 'Accepted' };
  });
  const trigger = await gateway.command(id, 'TriggerMessage', { requestedMessage: 'Heartbeat' });
  assert.deepEqual(trigger.body.payload, { status: 'Accepted' });
  assert.ok(heartbeat.currentTime);
});

test('a refusal of the charge point is told as it was said', async () => {
  const id = 'RPC-REFUSAL';
  const client = await booted(id);
  client.handle('ClearCache', () => ({ status: 'Rejected' }));
  const rejected = await gateway.command(id, 'ClearCache');
  assert.deepEqual([rejected.status, rejected.body.outcome, rejected.body.payload], [200, 'result', { status: 'Rejected' }]);

  // No handler: the client answers NotImplemented by itself.
  const missing = await gateway.command(id, 'UnlockConnector', { connectorId: 1 });
  assert.equal(missing.status, 200);
  assert.equal(missing.body.outcome, 'call_error');
  assert.equal(missing.body.reason, 'call_error');
  assert.equal(missing.body.errorCode, 'NotImplemented');
  assert.equal(typeof missing.body.errorDescription, 'string');
  assert.equal(typeof missing.body.errorDetails, 'object');
});

test('a reset, and the charge point comes back', async () => {
  const id = 'RPC-RESET';
  const client = await booted(id);
  client.handle('Reset', ({ params }) => {
    setImmediate(() => client.close({ code: 1000, reason: `${params.type} reset` }));
    return { status: 'Accepted' };
  });
  const reset = await gateway.command(id, 'Reset', { type: 'Soft' });
  assert.deepEqual(reset.body.payload, { status: 'Accepted' });
  await within(client.ended, 'the charge point has closed');

  const again = await booted(id);
  const called = answerOnce(again, 'GetLocalListVersion', { listVersion: 3 });
  const version = await gateway.command(id, 'GetLocalListVersion');
  await called;
  assert.deepEqual(version.body.payload, { listVersion: 3 });
});

test('a client that reconnects by itself is served on its new connection', async () => {
  const id = 'RPC-RECONNECT';
  const client = await booted(id, { reconnect: true, backoff: { initialDelay: 10, maxDelay: 50 } });
  client.handle('ClearCache', () => ({ status: 'Accepted' }));
  const before = (await gateway.connection(id)).epoch;
  const opened = once(client, 'open');
  client.sendRaw('x'.repeat(2 * 1024 * 1024)); // beyond the largest message: the gateway closes
  await within(opened, 'the client is connected again');
  const answer = await gateway.command(id, 'ClearCache');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.ok((await gateway.connection(id)).epoch > before);
});

test('garbage does not cost the connection', async () => {
  const client = await booted('RPC-GARBAGE');
  const garbage = ['', 'not JSON', '{}', '[]', '[2]', '[2,"x"]', '[2,"x","Heartbeat"]', '[99,"x",{}]', '[3,"nobody",{}]',
    '[4,"nobody","GenericError","",{}]', '[2,{},"Heartbeat",{}]', 'null', '"text"', '[2,"y","Heartbeat",{}', '\u0000'];
  client.on('badMessage', () => {}); // the answers to it bear ids that the client never used
  for (const text of garbage) client.sendRaw(text);
  assert.ok((await client.call('Heartbeat', {})).currentTime);
  assert.equal(client.state, client.constructor.OPEN);
});

test('an action that 1.6 does not have is answered with NotImplemented', async () => {
  const client = await booted('RPC-UNKNOWN');
  client.on('badMessage', () => {}); // it did not make this call itself
  const answered = new Promise((resolve) => {
    client.on('message', ({ message, outbound }) => {
      if (!outbound && JSON.parse(message)[1] === 'dance') resolve(JSON.parse(message));
    });
  });
  client.sendRaw('[2,"dance","Dance",{}]');
  const [type, , code, description, details] = await within(answered, 'the answer');
  assert.deepEqual([type, code, typeof description, details], [4, 'NotImplemented', 'string', {}]);
});

test('200 calls at once are all answered, each with its own answer', async () => {
  const client = await booted('RPC-FLOOD', { callConcurrency: 200 });
  const calls = Array.from({ length: 200 }, (_, i) =>
    i % 2 ? client.call('Heartbeat', {}) : client.call('Authorize', { idTag: `TAG-${i}` }),
  );
  const answers = await within(Promise.all(calls), 'all answers');
  answers.forEach((answer, i) => assert.ok(i % 2 ? answer.currentTime : answer.idTagInfo, `answer ${i}`));
});

test('20 commands at once reach the charge point one at a time', async () => {
  const id = 'RPC-QUEUE';
  const client = await booted(id);
  let running = 0;
  let most = 0;
  const seen = [];
  client.handle('ChangeConfiguration', async ({ params }) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(Number(params.value));
    --running;
    return { status: 'Accepted' };
  });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => gateway.command(id, 'ChangeConfiguration', { key: 'k', value: String(i) })),
  );
  for (const { status, body } of outcomes) assert.deepEqual([status, body.outcome], [200, 'result']);
  assert.equal(most, 1);
  assert.deepEqual([...seen].sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i));
});

test('the second connection of an identity takes over from the first', async () => {
  const id = 'RPC-TAKEOVER';
  const first = await booted(id);
  const second = await booted(id);
  const end = await within(first.ended, 'the first connection is closed');
  assert.notEqual(end.code, 1006, 'with a closing handshake');
  const called = answerOnce(second, 'ClearCache', { status: 'Accepted' });
  const answer = await gateway.command(id, 'ClearCache');
  await called;
  assert.equal(answer.status, 200);
  assert.ok(await gateway.connection(id), 'the end of the first did not remove the second');
});

test('a command to a charge point that is not there is not sent', async () => {
  const unknown = await gateway.command('RPC-NEVER-SEEN', 'ClearCache');
  assert.equal(unknown.status, 404);
  assert.deepEqual([unknown.body.outcome, unknown.body.reason], ['not_sent', 'unknown_charge_point']);

  const client = await booted('RPC-OFFLINE');
  await client.close({ code: 1000 });
  await gateway.gone('RPC-OFFLINE');
  const offline = await gateway.command('RPC-OFFLINE', 'ClearCache');
  assert.equal(offline.status, 503);
  assert.deepEqual([offline.body.outcome, offline.body.reason], ['not_sent', 'offline']);
  assert.ok(offline.body.detail);
});

test('a command that is not answered in time has an unknown outcome, and the connection goes on', async () => {
  const id = 'RPC-TIMEOUT';
  const client = await booted(id);
  let answerLate;
  client.handle('ClearCache', () => new Promise((resolve) => (answerLate = () => resolve({ status: 'Accepted' }))));
  const late = await gateway.command(id, 'ClearCache', {}, { timeoutSeconds: 0.2 });
  assert.equal(late.status, 504);
  assert.deepEqual([late.body.outcome, late.body.reason], ['unknown', 'timeout']);
  answerLate();

  client.handle('GetLocalListVersion', () => ({ listVersion: 1 }));
  const next = await gateway.command(id, 'GetLocalListVersion');
  assert.deepEqual(next.body.payload, { listVersion: 1 });
});

test('a command whose charge point leaves has an unknown outcome', async () => {
  const id = 'RPC-LEAVES';
  const client = await booted(id);
  client.handle('Reset', () => new Promise(() => client.close({ code: 1000, force: true })));
  const lost = await gateway.command(id, 'Reset', { type: 'Hard' });
  assert.equal(lost.status, 504);
  assert.deepEqual([lost.body.outcome, lost.body.reason], ['unknown', 'connection_lost']);
});

test('a command that breaks its schema is refused before it is sent', async () => {
  const id = 'RPC-INVALID';
  const client = await booted(id);
  let called = 0;
  client.handle(() => ++called);
  for (const [name, payload] of [
    ['Reset', { type: 'Sideways' }],
    ['Reset', {}],
    ['UnlockConnector', { connectorId: 'one' }],
    ['Dance', {}],
    ['BootNotification', { chargePointVendor: 'v', chargePointModel: 'm' }],
  ]) {
    const { status, body } = await gateway.command(id, name, payload);
    assert.deepEqual([status, body.outcome, body.reason], [422, 'not_sent', 'invalid_payload'], name);
  }
  assert.equal(called, 0);
});

test('an identity with a blank is one identity, however it is asked for', async () => {
  const client = await booted('RDAM 123');
  client.handle('ClearCache', () => ({ status: 'Accepted' }));
  const answer = await gateway.command('RDAM 123', 'ClearCache');
  assert.equal(answer.status, 200);
  assert.equal(answer.body.chargePointId, 'RDAM 123');
  await eventually(() => gateway.connection('RDAM 123'), 'it is listed under its decoded name');
});
