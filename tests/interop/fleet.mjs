// Charge points that run one transaction after the other and repeat what was not answered, as real ones do.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const WebSocket = require(require.resolve('ws', { paths: [require.resolve('ocpp-rpc')] }));

const boots = {
  'ocpp1.6': { chargePointVendor: 'Fleet', chargePointModel: 'F1' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'Fleet', model: 'F1' } },
};

const patience = 4_000; // before an unanswered message is sent again on the same connection
const begin = Date.UTC(2026, 0, 2);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class ChargePoint {
  constructor(fleet, index, subprotocol = 'ocpp1.6') {
    this.fleet = fleet;
    this.id = `CP-${index}`;
    this.subprotocol = subprotocol;
    this.keepsIds = index % 2 === 0; // half of them repeat under the same message id, half under a new one
    this.booted = false;
    this.seconds = 0; // its clock: no two messages have the same time
    this.sent = 0;
    this.transactions = 0;
    this.answered = []; // {action, payload, answer}
    this.repetitions = 0;
  }

  time() {
    return new Date(begin + ++this.seconds * 1000).toISOString().replace('.000', '');
  }

  async connect() {
    for (;;) {
      if (this.fleet.over) throw new Error('the test was given up');
      const socket = new WebSocket(`ws://127.0.0.1:${this.fleet.port}/ocpp/${this.id}`, this.subprotocol);
      this.socket = socket;
      socket.on('error', () => {});
      socket.on('close', () => this.waiting?.(undefined));
      socket.on('message', (text) => this.onMessage(JSON.parse(text)));
      const open = await Promise.race([once(socket, 'open').then(() => true), once(socket, 'close').then(() => false)])
        .catch(() => false);
      if (open) return;
      await pause(20 + Math.random() * 80);
    }
  }

  onMessage([type, id, ...rest]) {
    assert.ok(type === 3 || type === 4, `${this.id} was sent ${type}`);
    if (type === 4) this.fleet.errors.push(`${this.id}: CALLERROR ${rest.join(' ')} for ${this.wanted}`);
    if (id === this.wanted) this.waiting?.(rest[0]);
  }

  /** The answer, or undefined when none came: the connection was lost or it took too long. */
  async exchange(id, action, payload, text = JSON.stringify([2, id, action, payload])) {
    this.wanted = id;
    const answer = new Promise((resolve) => (this.waiting = resolve));
    const late = setTimeout(() => this.waiting(undefined), patience);
    this.socket.send(text);
    return answer.finally(() => {
      clearTimeout(late);
      this.waiting = undefined;
    });
  }

  async ready() {
    while (this.socket?.readyState !== WebSocket.OPEN) await this.connect();
    if (this.booted) return;
    const answer = await this.exchange(`${this.id}-boot`, 'BootNotification', boots[this.subprotocol]);
    this.booted = answer?.status === 'Accepted';
  }

  /** Sends until it is answered. */
  async deliver(action, payload) {
    let id = `${this.id}-${++this.sent}`;
    for (;;) {
      await this.ready();
      if (!this.booted) continue;
      const answer = await this.exchange(id, action, payload);
      if (answer) {
        this.answered.push({ action, payload, answer });
        return answer;
      }
      this.repetitions += 1;
      if (!this.keepsIds) id = `${this.id}-${++this.sent}`;
    }
  }

  async start() {
    const meterStart = ++this.transactions * 1000;
    const payload = { connectorId: 1, idTag: `TAG-${this.id}`, meterStart, timestamp: this.time() };
    return (await this.deliver('StartTransaction', payload)).transactionId;
  }

  async meter(transactionId) {
    const sampledValue = [{ value: String(this.transactions * 1000 + this.seconds) }];
    await this.deliver('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: this.time(), sampledValue }] });
  }

  async stop(transactionId) {
    const meterStop = this.transactions * 1000 + 900;
    await this.deliver('StopTransaction', { transactionId, meterStop, timestamp: this.time() });
  }

  /** One transaction after the other until the fleet has had enough; the last one is finished. */
  async run() {
    while (!this.fleet.enough) {
      const transactionId = await this.start();
      for (let i = 0; i < 3; ++i) await this.meter(transactionId);
      await this.stop(transactionId);
    }
    this.socket.close();
  }
}

export class Fleet {
  constructor(port, count) {
    this.port = port;
    this.enough = false;
    this.errors = [];
    this.chargePoints = Array.from({ length: count }, (_, index) => new ChargePoint(this, index));
  }

  all(action) {
    return Promise.all(this.chargePoints.map(action));
  }

  get answered() {
    return this.chargePoints.flatMap((cp) => cp.answered.map((message) => ({ cp: cp.id, ...message })));
  }

  get repetitions() {
    return this.chargePoints.reduce((sum, cp) => sum + cp.repetitions, 0);
  }
}
