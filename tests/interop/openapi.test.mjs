// The description of the HTTP interface: valid OpenAPI 3.1, and true of the gateway that serves it.
import { Validator } from '@seriousme/openapi-schema-validator';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { judge } from './description.mjs';
import { answerOnce, bootedClient, eventually, startGateway, within } from './harness.mjs';

let gateway;
let client;
let description;
let ajv;

before(async () => {
  gateway = await startGateway();
  client = await bootedClient(gateway, 'CP-1');
  description = (await gateway.get('/api/v1/openapi.json')).body;
  ajv = judge(description);
});
after(async () => {
  await client?.close();
  await gateway?.stop();
});

function operations() {
  const all = [];
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of Object.keys(item)) if (method !== 'parameters') all.push({ path, method });
  }
  return all;
}

/** The schema of an answer, as a JSON pointer into the description; references of the response are followed. */
function schemaOf(path, method, status, type) {
  const escaped = path.replaceAll('~', '~0').replaceAll('/', '~1');
  const { responses } = description.paths[path][method];
  const response = responses[status];
  assert.ok(response, `${method} ${path} describes no answer ${status}`);
  const at = response.$ref ? response.$ref.slice(1) : `/paths/${escaped}/${method}/responses/${status}`;
  const content = response.$ref ? description.components.responses[at.split('/').at(-1)].content : response.content;
  assert.ok(content?.[type], `${method} ${path} describes no ${type} for ${status}`);
  const pointer = `${at}/content/${type.replaceAll('/', '~1')}/schema`;
  return pointer.split('/').map(encodeURIComponent).join('/');
}

/** Asks, and holds the answer against the description. */
async function fits(path, target, status, init = {}) {
  const response = await within(fetch(gateway.http + target, init), target);
  const text = await response.text();
  assert.equal(response.status, status, `${target}: ${text}`);
  const [type] = response.headers.get('content-type').split(';');
  const schema = schemaOf(path, (init.method ?? 'GET').toLowerCase(), status, type);
  const body = JSON.parse(text);
  const valid = ajv.validate(`voltgate#${schema}`, body);
  assert.ok(valid, `${target}: ${ajv.errorsText()}\n${text}`);
  return body;
}

test('a validator of others takes it for OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(description));
  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, '3.1');
});

test('every path and method in it is answered', async () => {
  for (const { path, method } of operations()) {
    const target = path.replaceAll(/\{.*?\}/g, 'nobody');
    const abort = new AbortController();
    const response = await within(
      fetch(gateway.http + target, {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json' },
        body: method === 'post' || method === 'put' ? 'no JSON' : undefined,
        signal: abort.signal,
      }),
      `${method} ${target}`,
    );
    if (response.status === 404) {
      const { detail } = await response.json();
      assert.notEqual(detail, 'no such resource', `${method} ${path}`);
    }
    assert.notEqual(response.status, 405, `${method} ${path}`);
    abort.abort();
  }
});

test('what is asked about transactions and events is answered as it says', async () => {
  const start = { connectorId: 1, idTag: 'TAG-1', meterStart: 100, timestamp: '2026-01-02T03:04:05Z' };
  const { transactionId } = await client.call('StartTransaction', start);
  await fits('/api/v1/transactions/{transactionId}', `/api/v1/transactions/${transactionId}`, 200);
  const stop = { transactionId, meterStop: 200, timestamp: '2026-01-02T04:04:05Z', reason: 'Local' };
  await client.call('StopTransaction', stop);
  const { items } = await fits('/api/v1/transactions', '/api/v1/transactions?limit=10', 200);
  assert.equal(items[0].transactionId, String(transactionId));
  await fits('/api/v1/transactions/{transactionId}', '/api/v1/transactions/1', 404);
  await fits('/api/v1/transactions', '/api/v1/transactions?state=odd', 400);

  const types = () => fits('/api/v1/events', '/api/v1/events?type=transaction.stopped', 200);
  await eventually(async () => (await types()).items.length === 1, 'the event is stored');
  const page = await fits('/api/v1/events', '/api/v1/events?limit=3', 200);
  await fits('/api/v1/events', `/api/v1/events?after=${page.next}`, 200);
  await fits('/api/v1/events', '/api/v1/events?after=elsewhere:1', 410);
  await fits('/api/v1/events/stream', '/api/v1/events/stream?after=nonsense', 400);
});

test('events of the live stream are what it says', async () => {
  const abort = new AbortController();
  const response = await fetch(`${gateway.http}/api/v1/events/stream?after=0`, { signal: abort.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  let text = '';
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString();
    if (text.includes('\n\n')) break;
  }
  const data = text.split('\n').find((line) => line.startsWith('data: '));
  const valid = ajv.validate('voltgate#/components/schemas/Event', JSON.parse(data.slice(6)));
  assert.ok(valid, ajv.errorsText());
  abort.abort();
});

test('what is asked about charge points and the gateway is answered as it says', async () => {
  await client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' });
  await fits('/api/v1/charge-points', '/api/v1/charge-points', 200);
  await fits('/api/v1/charge-points/{chargePointId}', '/api/v1/charge-points/CP-1', 200);
  await fits('/api/v1/charge-points/{chargePointId}', '/api/v1/charge-points/nobody', 404);
  await fits('/api/v1/charge-points/{chargePointId}/messages', '/api/v1/charge-points/CP-1/messages', 200);
  await fits('/connections', '/connections', 200);
  for (const path of ['/health', '/health/live', '/health/ready', '/api/v1/openapi.json']) await fits(path, path, 200);
});

test('what is set of charge points, and their models, are what it says', async () => {
  const all = '/api/v1/charge-points';
  const one = `${all}/{chargePointId}`;
  const send = (path, target, method, body, status) =>
    fits(path, target, status, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const set = {
    labels: ['site:north'],
    expectedSerialNumber: 'SN-1',
    overrides: { interval: '8m', security_profile: 0, action_rates: ['Heartbeat=5'], rules: { odd_path: 'strict' } },
  };
  const input = 'voltgate#/components/schemas/ChargePointInput';
  assert.ok(ajv.validate(input, set), ajv.errorsText());
  await send(one, `${all}/CP-1`, 'PUT', set, 201);
  await send(one, `${all}/CP-1`, 'PUT', set, 200);
  await send(one, `${all}/CP-1`, 'PUT', { overrides: { interval: 1 } }, 400);
  await send(all, all, 'POST', [{ id: 'CP-2', password: 'correct-Horse-battery-9', labels: ['site:north'] }], 200);
  await send(all, all, 'POST', { items: [{ id: 'CP-3' }] }, 200);
  await send(all, all, 'POST', [{}], 400);
  await fits(one, `${all}/CP-1`, 200);
  await fits(one, `${all}/CP-2`, 200);
  const { items } = await fits(all, `${all}?label=site:north`, 200);
  assert.deepEqual(items.map(({ id }) => id), ['CP-1', 'CP-2']);
  await fits('/connections', '/connections?label=site:north', 200);
  await fits('/api/v1/events', '/api/v1/events?label=site:north', 200);
  const models = await fits('/api/v1/models', '/api/v1/models', 200);
  assert.equal(models.items[0].known, 1);
  await fits('/api/v1/models', '/api/v1/models?label=a%20b', 400);
});

test('the list of id tags is what it says', async () => {
  const one = '/api/v1/id-tags/{idTag}';
  const send = (path, target, method, body, status, headers = {}) =>
    fits(path, target, status, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  await send(one, '/api/v1/id-tags/TAG-7', 'PUT', { status: 'Accepted', parentIdTag: 'FLEET' }, 201);
  await send(one, '/api/v1/id-tags/TAG-7', 'PUT', { status: 'Blocked' }, 200);
  await send(one, '/api/v1/id-tags/TAG-7', 'PUT', { status: 'Blocked' }, 412, { 'if-match': '"0"' });
  await send(one, '/api/v1/id-tags/TAG-7', 'PUT', { status: 'Odd' }, 400);
  await send('/api/v1/id-tags', '/api/v1/id-tags', 'POST', [{ idTag: 'TAG-8', status: 'Accepted' }], 200);
  await fits('/api/v1/id-tags', '/api/v1/id-tags?limit=1', 200);
  await fits(one, '/api/v1/id-tags/tag-8', 200);
  await fits(one, '/api/v1/id-tags/nobody', 404);
});

test('credentials are what it says', async () => {
  const path = '/api/v1/charge-points/{chargePointId}/credentials';
  const send = (under, id, method, body, status) =>
    fits(`${path}${under}`, `/api/v1/charge-points/${id}/credentials${under}`, status, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await fits(path, '/api/v1/charge-points/CP-77/credentials', 404);
  const { password } = await send('', 'CP-77', 'PUT', { generate: 'hex' }, 201);
  assert.match(password, /^[0-9a-f]{40}$/);
  await send('', 'CP-77', 'PUT', { password: 'correct-Horse-battery-9' }, 200);
  await send('', 'CP-77', 'PUT', { password: 'short' }, 400);
  await fits(path, '/api/v1/charge-points/CP-77/credentials', 200);
  await send('/rotate', 'CP-77', 'POST', {}, 404);
  const answered = answerOnce(client, 'ChangeConfiguration', { status: 'Rejected' });
  const rotation = await send('/rotate', 'CP-1', 'POST', {}, 200);
  await answered;
  assert.equal(rotation.pending, false);
});

test('reservations are what it says', async () => {
  const path = '/api/v1/charge-points/{chargePointId}/commands';
  const answered = answerOnce(client, 'ReserveNow', { status: 'Accepted' });
  await fits(path, '/api/v1/charge-points/CP-1/commands', 200, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      commandName: 'ReserveNow',
      payload: { connectorId: 1, expiryDate: '2099-01-01T00:00:00Z', idTag: 'TAG-1', reservationId: 7 },
    }),
  });
  await answered;
  const page = () => fits('/api/v1/reservations', '/api/v1/reservations?chargePointId=CP-1', 200);
  await eventually(async () => (await page()).items.length === 1, 'the reservation is stored');
});

test('outcomes of commands are what it says', async () => {
  const path = '/api/v1/charge-points/{chargePointId}/commands';
  const post = (id, body, status) =>
    fits(path, `/api/v1/charge-points/${id}/commands`, status, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answered = answerOnce(client, 'ClearCache', { status: 'Accepted' });
  await post('CP-1', { commandName: 'ClearCache' }, 200);
  await answered;
  const { items } = await fits('/api/v1/commands', '/api/v1/commands?limit=1', 200);
  const kept = '/api/v1/commands/{commandId}';
  await fits(kept, `/api/v1/commands/${items[0].commandId}`, 200);
  await fits(kept, '/api/v1/commands/nothing', 404);
  await post('nobody', { commandName: 'ClearCache' }, 404);
  await post('CP-1', { commandName: 'Reset' }, 422);
  await post('CP-1', {}, 400);
});

test('actions and variables are what it says', async () => {
  const path = '/api/v1/charge-points/{chargePointId}/actions/{action}';
  const post = (target, body, status) =>
    fits(path, `/api/v1/charge-points/${target}`, status, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answered = answerOnce(client, 'GetConfiguration', {
    configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }],
    unknownKey: ['Own'],
  });
  const { result } = await post('CP-1/actions/get_config', { parameters: { keys: ['HeartbeatInterval', 'Own'] } }, 200);
  await answered;
  assert.deepEqual(result.unknownKeys, ['Own']);
  await post('CP-1/actions/stop', {}, 422);
  await post('CP-1/actions/dance', {}, 404);
  await post('nobody/actions/reset', {}, 404);
  await post('CP-1/actions/reset', { colour: 'red' }, 400);
  const variables = '/api/v1/charge-points/{chargePointId}/variables';
  await fits(variables, '/api/v1/charge-points/CP-1/variables', 200);
  await fits(variables, '/api/v1/charge-points/nobody/variables', 404);
});
