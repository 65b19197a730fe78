// Conversations of 2.0.1 and 2.1 with a client by others: npm ocpp-rpc in strict mode, which checks every message of the
// gateway against the published schemas.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { answerOnce, clientsOfEachTest, ocppClient, startGateway } from './harness.mjs';

const require = createRequire(import.meta.url);
const { createValidator } = require('ocpp-rpc');

// The package looks for 'urn:Authorize.req', and names its schemas of 2.1 'urn:AuthorizeRequest'.
const schemasOf21 = structuredClone(require('ocpp-rpc/lib/schemas/ocpp2_1.json')).map((schema) => ({
  ...schema,
  $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
}));
const validators = { 'ocpp2.1': [createValidator('ocpp2.1', schemasOf21)] };

let gateway;
const clients = clientsOfEachTest();

before(async () => {
  gateway = await startGateway();
});
after(() => gateway?.stop());

const now = () => new Date().toISOString();

async function booted(protocol, identity) {
  const strictModeValidators = validators[protocol] ?? [];
  const client = ocppClient(gateway, identity, { protocols: [protocol], strictModeValidators });
  clients.push(client);
  await client.connect();
  const boot = await client.call('BootNotification', {
    reason: 'PowerUp',
    chargingStation: { vendorName: 'ocpp-rpc', model: 'client' },
  });
  assert.equal(boot.status, 'Accepted');
  return client;
}

function transactionEvent(eventType, transactionId, seqNo, more = {}) {
  return {
    eventType,
    timestamp: now(),
    triggerReason: eventType === 'Updated' ? 'MeterValuePeriodic' : 'Authorized',
    seqNo,
    transactionInfo: { transactionId },
    ...more,
  };
}

async function action(id, name, parameters) {
  const response = await fetch(`${gateway.http}/api/v1/charge-points/${id}/actions/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ parameters }),
  });
  return { status: response.status, body: await response.json() };
}

for (const protocol of ['ocpp2.0.1', 'ocpp2.1']) {
  test(`${protocol}: a charging session from boot to end`, async () => {
    const id = `V2-SESSION-${protocol}`;
    const client = await booted(protocol, id);
    const status = { timestamp: now(), connectorStatus: 'Occupied', evseId: 1, connectorId: 1 };
    assert.deepEqual(await client.call('StatusNotification', status), {});
    assert.ok(Date.parse((await client.call('Heartbeat', {})).currentTime));
    const idToken = { idToken: 'TAG-1', type: 'ISO14443' };
    assert.equal((await client.call('Authorize', { idToken })).idTokenInfo.status, 'Accepted');

    const reading = (value, context) => [
      { timestamp: now(), sampledValue: [{ value, context, unitOfMeasure: { unit: 'kWh' } }] },
    ];
    const start = transactionEvent('Started', `T-${protocol}`, 0, {
      idToken,
      evse: { id: 1, connectorId: 1 },
      meterValue: reading(1, 'Transaction.Begin'),
    });
    assert.equal((await client.call('TransactionEvent', start)).idTokenInfo.status, 'Accepted');
    const update = transactionEvent('Updated', `T-${protocol}`, 1, { meterValue: reading(2, 'Sample.Periodic') });
    assert.deepEqual(await client.call('TransactionEvent', update), {});
    const end = transactionEvent('Ended', `T-${protocol}`, 2, { meterValue: reading(3.5, 'Transaction.End') });
    assert.deepEqual(await client.call('TransactionEvent', end), {});

    const { status: found, body } = await gateway.get(`/api/v1/transactions/T-${protocol}?chargePointId=${id}`);
    assert.equal(found, 200);
    assert.equal(body.state, 'stopped');
    assert.equal(body.energyWh, 2500);
    assert.equal((await gateway.connection(id)).subprotocol, protocol);
  });

  test(`${protocol}: commands in their own words and in those of all versions`, async () => {
    const id = `V2-COMMANDS-${protocol}`;
    const client = await booted(protocol, id);
    const asked = answerOnce(client, 'SetVariables', ({ setVariableData: [one] }) => ({
      setVariableResult: [{ attributeStatus: 'Accepted', component: one.component, variable: one.variable }],
    }));
    const set = await action(id, 'set_config', { key: 'HeartbeatInterval', value: '60' });
    assert.equal(set.status, 200);
    assert.equal(set.body.result.status, 'accepted');
    assert.equal((await asked).setVariableData[0].component.name, 'OCPPCommCtrlr');

    answerOnce(client, 'Reset', { status: 'Scheduled' });
    const reset = await action(id, 'reset', { type: 'soft' });
    assert.equal(reset.body.result.status, 'scheduled');
    answerOnce(client, 'ClearCache', { status: 'Accepted' });
    const { body } = await gateway.command(id, 'ClearCache');
    assert.equal(body.payload.status, 'Accepted');
  });

  test(`${protocol}: a report in parts is one event, and its variables are known`, async () => {
    const id = `V2-REPORT-${protocol}`;
    const client = await booted(protocol, id);
    for (const seqNo of [0, 1, 2]) {
      const reportData = [
        {
          component: { name: 'EVSE', evse: { id: 1 } },
          variable: { name: `V${seqNo}` },
          variableAttribute: [{ value: String(seqNo) }],
        },
      ];
      const part = { requestId: 1, generatedAt: now(), seqNo, tbc: seqNo < 2, reportData };
      assert.deepEqual(await client.call('NotifyReport', part), {});
    }
    const { body } = await gateway.get(`/api/v1/charge-points/${id}/variables?component=EVSE`);
    assert.equal(body.items.length, 3);
    assert.equal(body.items[2].variableAttribute[0].value, '2');
  });
}
