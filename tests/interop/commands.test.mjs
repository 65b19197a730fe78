// Every command of OCPP 1.6, once, through the HTTP API to a strict npm ocpp-rpc client and back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bootedClient, startGateway } from './harness.mjs';

const id = 'CP-COMMANDS';
const time = '2026-01-02T03:04:05Z';
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '01' };
const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.1, numberPhases: 3 }] };
const profile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: schedule,
};

const accepted = { status: 'Accepted' };

// action → request, answer
const commands = {
  CancelReservation: [{ reservationId: 7 }, accepted],
  CertificateSigned: [{ certificateChain: certificate }, accepted],
  ChangeAvailability: [{ connectorId: 0, type: 'Inoperative' }, { status: 'Scheduled' }],
  ChangeConfiguration: [{ key: 'HeartbeatInterval', value: '60' }, { status: 'RebootRequired' }],
  ClearCache: [{}, accepted],
  ClearChargingProfile: [{ connectorId: 0, chargingProfilePurpose: 'TxDefaultProfile' }, { status: 'Unknown' }],
  DataTransfer: [{ vendorId: 'com.example', messageId: 'm', data: '{"a":1}' }, { status: 'Accepted', data: 'ok' }],
  DeleteCertificate: [{ certificateHashData: hash }, { status: 'NotFound' }],
  ExtendedTriggerMessage: [{ requestedMessage: 'LogStatusNotification' }, { status: 'NotImplemented' }],
  GetCompositeSchedule: [
    { connectorId: 1, duration: 600, chargingRateUnit: 'W' },
    { status: 'Accepted', connectorId: 1, scheduleStart: time, chargingSchedule: schedule },
  ],
  GetConfiguration: [
    { key: ['HeartbeatInterval', 'Nonsense'] },
    { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }], unknownKey: ['Nonsense'] },
  ],
  GetDiagnostics: [{ location: 'ftp://example.org/up', startTime: time, retries: 1 }, { fileName: 'diag.zip' }],
  GetInstalledCertificateIds: [
    { certificateType: 'CentralSystemRootCertificate' },
    { status: 'Accepted', certificateHashData: [hash] },
  ],
  GetLocalListVersion: [{}, { listVersion: -1 }],
  GetLog: [
    { log: { remoteLocation: 'https://example.org/up' }, logType: 'SecurityLog', requestId: 1 },
    { status: 'AcceptedCanceled', filename: 'log.txt' },
  ],
  InstallCertificate: [{ certificateType: 'ManufacturerRootCertificate', certificate }, { status: 'Failed' }],
  RemoteStartTransaction: [{ connectorId: 1, idTag: 'TAG-1', chargingProfile: profile }, accepted],
  RemoteStopTransaction: [{ transactionId: 12 }, { status: 'Rejected' }],
  ReserveNow: [{ connectorId: 1, expiryDate: time, idTag: 'TAG-1', reservationId: 7 }, { status: 'Occupied' }],
  Reset: [{ type: 'Hard' }, { status: 'Rejected' }],
  SendLocalList: [
    {
      listVersion: 2,
      updateType: 'Full',
      localAuthorizationList: [{ idTag: 'TAG-1', idTagInfo: { status: 'Accepted', expiryDate: time } }],
    },
    { status: 'VersionMismatch' },
  ],
  SetChargingProfile: [{ connectorId: 1, csChargingProfiles: profile }, { status: 'NotSupported' }],
  SignedUpdateFirmware: [
    {
      requestId: 1,
      firmware: {
        location: 'https://example.org/fw',
        retrieveDateTime: time,
        signingCertificate: certificate,
        signature: 'c2ln',
      },
    },
    { status: 'InvalidCertificate' },
  ],
  TriggerMessage: [{ requestedMessage: 'StatusNotification', connectorId: 1 }, accepted],
  UnlockConnector: [{ connectorId: 1 }, { status: 'UnlockFailed' }],
  UpdateFirmware: [{ location: 'https://example.org/fw', retrieveDate: time }, {}],
};

let gateway;
let client;
let received;

before(async () => {
  gateway = await startGateway();
  client = await bootedClient(gateway, id);
  client.handle(({ method, params }) => {
    received = { method, params };
    return commands[method][1];
  });
});
after(async () => {
  await client.close();
  assert.deepEqual(client.violations, []);
  await gateway?.stop();
});

test('the list holds all 26 commands of 1.6', () => {
  assert.equal(Object.keys(commands).length, 26);
});

for (const [name, [payload, answer]] of Object.entries(commands)) {
  test(`${name} goes down and its answer comes back`, async () => {
    received = undefined;
    const { status, body } = await gateway.command(id, name, payload, { commandId: `id-${name}` });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(received, { method: name, params: payload });
    assert.deepEqual(body, {
      commandId: `id-${name}`,
      commandName: name,
      chargePointId: id,
      outcome: 'result',
      reason: 'answered',
      payload: answer,
    });
  });
}
