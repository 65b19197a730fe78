// kill -9 in the middle of replayed queues, cut messages, transactions that are never stopped and closes by hand: what
// was answered is in the books, once, and no reading is there that nobody sent. VOLTGATE_KILL_ROUNDS makes it longer;
// VOLTGATE_SEED repeats its choices, if not its timing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp as copy, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { audit, canonical, parseExactly, sum } from './auditor.mjs';
import { ChargePoint } from './fleet.mjs';
import { runProgram, startGateway, within } from './harness.mjs';

const rounds = Number(process.env.VOLTGATE_KILL_ROUNDS ?? 3);
const seed = Number(process.env.VOLTGATE_SEED ?? Date.now() % 1_000_000);
const settings = {
  VOLTGATE_LOG__EVENTS: 'false',
  VOLTGATE_LOG__LEVEL: 'warning',
  VOLTGATE_EVENTS__DURABILITY: 'disk',
  VOLTGATE_LIMITS__TAKEOVERS: '1000000',
};
const places = 2; // of a charge point
const replayed = 3; // transactions that a charge point keeps in its queue
const most_cuts = 3; // times that a message is sent cut before it is sent whole

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let state = seed >>> 0;
/** mulberry32 */
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const chance = (p) => random() < p;
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const shuffled = (object, first = []) => {
  const names = Object.keys(object).filter((name) => !first.includes(name));
  for (let i = names.length - 1; i > 0; --i) {
    const j = below(i + 1);
    [names[i], names[j]] = [names[j], names[i]];
  }
  return Object.fromEntries([...first, ...names].map((name) => [name, object[name]]));
};

const someWh = (most) => canonical(`${below(most)}${pick(['', '', '.5', '.25', '.1', '.3', '.007'])}`);
/** In a 1.6 sample, which has texts: as Wh or as kWh. */
const sampleOf = (wh) => {
  if (chance(0.7)) return { value: wh };
  const [whole, fraction = ''] = wh.split('.');
  const digits = whole.padStart(4, '0');
  return { value: `${digits.slice(0, -3)}.${digits.slice(-3)}${fraction}`, unit: 'kWh' };
};

/** JSON of a payload, and where each of its values ends in it. */
function written(value, ends = new Map(), at = 0, where = '') {
  let text;
  if (value !== null && typeof value === 'object') {
    const [opening, closing] = Array.isArray(value) ? '[]' : '{}';
    text = opening;
    for (const [name, member] of Object.entries(value)) {
      if (text.length > 1) text += ',';
      if (!Array.isArray(value)) text += `${JSON.stringify(name)}:`;
      text += written(member, ends, at + text.length, where ? `${where}.${name}` : name).text;
    }
    text += closing;
  } else {
    text = JSON.stringify(value);
  }
  // A number is whole when what delimits it was read.
  ends.set(where, at + text.length + (typeof value === 'number' ? 1 : 0));
  return { text, ends };
}

/** `members`: in which member of the payload each word of the message is. */
const messageOf = (cp, action, payload, words, members = {}) => ({
  cp,
  action,
  payload,
  words,
  members,
  intact: { sent: 0, answered: 0 },
  cuts: [],
});

/** A beginning of the message's payload, and which of its words stand whole in it. */
function cutOf(message, least = '') {
  const { text, ends } = written(message.payload);
  const from = ends.get(least) === text.length ? 1 : ends.get(least);
  let beginning;
  const whole = (member) => ends.has(member) && ends.get(member) <= beginning.length;
  do {
    beginning = text.slice(0, from + below(text.length - from));
    // Half a token may be a PIN, and is not shown.
  } while (ends.has('idToken') && beginning.includes('"idT') && !whole('idToken'));
  const says = Object.fromEntries(
    Object.entries(message.members).map(([word, all]) => [word, [all].flat().every(whole)]),
  );
  return { text: beginning, says, sent: 0, answered: 0 };
}

class BusyChargePoint extends ChargePoint {
  constructor(fleet, index, subprotocol) {
    super(fleet, index, subprotocol);
    this.isV16 = subprotocol === 'ocpp1.6';
    this.hasClock = !this.isV16 || index % 4 !== 3; // else all of its times are months old
    this.clock = 0;
    this.register = Array(places).fill('0');
    this.books = []; // its transactions, as the auditor wants them
    this.late = []; // whose stop is not sent yet, although another one began in their place
    this.lost = 0; // messages that were not answered
  }

  time() {
    if (!this.hasClock) return super.time();
    this.clock = Math.max(this.clock + 1, Date.now());
    return new Date(this.clock).toISOString();
  }

  /** Once: the answer, if there was one. */
  async attempt(message, cut) {
    await this.ready();
    if (!this.booted) return undefined;
    const counted = cut ?? message.intact;
    if (!message.id || !this.keepsIds || cut) message.id = `${this.id}-${++this.sent}`;
    const frame = JSON.stringify([2, message.id, message.action]).slice(0, -1);
    counted.sent += 1;
    const text = cut ? `${frame},${cut.text}` : `${frame},${written(message.payload).text}]`;
    const answer = await this.exchange(message.id, message.action, message.payload, text);
    if (answer) {
      counted.answered += 1;
      this.lastAnswered = counted;
    } else {
      this.lost += 1;
    }
    return answer;
  }

  async send(message) {
    for (;;) {
      const answer = await this.attempt(message);
      if (answer) return answer;
    }
  }

  /** Cut once or more often; undefined: none of it was answered, and the message is to be sent whole. */
  async sendCut(message, least) {
    do {
      const cut = message.cuts.length > 0 && chance(0.3) ? message.cuts.at(-1) : cutOf(message, least);
      if (!message.cuts.includes(cut)) message.cuts.push(cut);
      const answer = await this.attempt(message, cut);
      if (answer) return answer;
    } while (message.cuts.length < most_cuts && chance(0.5));
    return undefined;
  }

  noteStart(t, answer) {
    if (this.isV16 && answer) t.answered.push(String(answer.transactionId));
    return answer; // not undefined: it was answered
  }

  transactionEvent(t, eventType, triggerReason, more = {}) {
    return {
      eventType,
      timestamp: this.time(),
      triggerReason,
      seqNo: t.sequence++,
      transactionInfo: { transactionId: t.stationId },
      ...more,
    };
  }

  async start(place) {
    const n = this.books.length + 1;
    const t = {
      cp: this.id,
      place,
      n,
      answered: [],
      replays: { told: 0 },
      meters: [],
      stop: null,
      conflict: null,
      closes: [],
    };
    if (!this.isV16) Object.assign(t, { stationId: `T-${n}`, sequence: 0 });
    const before = this.register[place - 1];
    // A register at 0 is worth something only where the clock is.
    t.register = this.hasClock && chance(0.1) ? '0' : sum(before, sum(someWh(500), '1'));
    this.register[place - 1] = t.register;
    const tag = `TAG-${this.id}-${n % 3}`;
    const words = { evseId: place, idTag: tag, meterStartWh: t.register };
    if (this.isV16) {
      const payload = { timestamp: this.time(), connectorId: place, idTag: tag, meterStart: Number(t.register) };
      Object.assign(words, { connectorId: place, startTimestamp: payload.timestamp });
      const members = {
        evseId: 'connectorId',
        connectorId: 'connectorId',
        idTag: 'idTag',
        meterStartWh: 'meterStart',
        startTimestamp: 'timestamp',
      };
      t.start = messageOf(this.id, 'StartTransaction', shuffled(payload, ['timestamp']), words, members);
    } else {
      const payload = this.transactionEvent(t, 'Started', 'Authorized', {
        evse: { id: place, connectorId: 1 },
        idToken: { idToken: tag, type: 'ISO14443' },
      });
      payload.meterValue = [
        { timestamp: payload.timestamp, sampledValue: [{ value: Number(t.register), context: 'Transaction.Begin' }] },
      ];
      Object.assign(words, { connectorId: 1, startTimestamp: payload.timestamp });
      const members = {
        evseId: 'evse.id',
        connectorId: 'evse.connectorId',
        idTag: 'idToken',
        meterStartWh: 'meterValue.0.sampledValue.0',
        startTimestamp: 'timestamp',
      };
      const ordered = shuffled(payload, ['eventType', 'timestamp', 'seqNo', 'transactionInfo']);
      t.start = messageOf(this.id, 'TransactionEvent', ordered, words, members);
    }
    this.books.push(t);
    const cut = this.hasClock && chance(0.1);
    if (
      cut &&
      this.noteStart(t, await this.sendCut(t.start, this.isV16 ? 'timestamp' : 'transactionInfo')) &&
      chance(0.5)
    )
      return t;
    this.noteStart(t, await this.send(t.start));
    return t;
  }

  /** A start that was cut and answered, once more and whole. */
  async completeStart(t) {
    if (t.start.intact.answered === 0 && chance(0.7)) this.noteStart(t, await this.send(t.start));
  }

  async meter(t) {
    t.register = sum(t.register, someWh(300));
    const timestamp = this.time();
    if (this.isV16) {
      const payload = {
        connectorId: t.place,
        transactionId: Number(t.answered[0]),
        meterValue: [{ timestamp, sampledValue: [sampleOf(t.register)] }],
      };
      t.meters.push(messageOf(this.id, 'MeterValues', payload, { timestamp, value: t.register }));
    } else {
      const changes = chance(0.3); // and so has an event of its own
      const payload = this.transactionEvent(t, 'Updated', changes ? 'ChargingStateChanged' : 'MeterValuePeriodic', {
        meterValue: [{ timestamp, sampledValue: [{ value: Number(t.register) }] }],
      });
      payload.timestamp = timestamp;
      t.meters.push({ ...messageOf(this.id, 'TransactionEvent', payload, { timestamp, value: t.register }), changes });
    }
    await this.send(t.meters.at(-1));
  }

  stopOf(t, meterStopWh) {
    const reason = chance(0.5) ? pick(['EVDisconnected', 'Other', 'PowerLoss']) : null;
    if (!this.isV16) {
      const payload = this.transactionEvent(t, 'Ended', 'StopAuthorized');
      if (reason) payload.transactionInfo.stoppedReason = reason;
      payload.meterValue = [
        { timestamp: payload.timestamp, sampledValue: [{ value: Number(meterStopWh), context: 'Transaction.End' }] },
      ];
      const words = { meterStopWh, stopTimestamp: payload.timestamp, reason, idTag: null };
      const own = ['transactionInfo.transactionId', 'seqNo'];
      const members = {
        meterStopWh: 'meterValue.0.sampledValue.0',
        stopTimestamp: 'timestamp',
        reason: 'transactionInfo.stoppedReason',
        idTag: 'none',
        isOfTransaction: own,
        ends: [...own, 'eventType'],
      };
      return messageOf(this.id, 'TransactionEvent', shuffled(payload), words, members);
    }
    const idTag = chance(0.5) ? `TAG-${this.id}-${t.n % 3}` : null;
    const payload = { transactionId: Number(t.answered[0]), meterStop: Number(meterStopWh), timestamp: this.time() };
    if (reason) payload.reason = reason;
    if (idTag) payload.idTag = idTag;
    if (chance(0.2))
      payload.transactionData = [{ timestamp: payload.timestamp, sampledValue: [{ value: meterStopWh }] }];
    const words = { meterStopWh, stopTimestamp: payload.timestamp, reason, idTag };
    const members = {
      meterStopWh: 'meterStop',
      stopTimestamp: 'timestamp',
      reason: 'reason',
      idTag: 'idTag',
      isOfTransaction: 'transactionId',
      ends: 'transactionId',
    };
    return messageOf(this.id, 'StopTransaction', shuffled(payload), words, members);
  }

  async stop(t) {
    t.register = sum(t.register, someWh(300));
    t.stop = this.stopOf(t, t.register);
    this.register[t.place - 1] = t.register;
    // A cut one that was answered may be its last word.
    if (chance(0.35) && (await this.sendCut(t.stop)) && chance(0.3)) return;
    await this.send(t.stop);
    if (chance(0.3)) await this.send(t.stop);
    if (!chance(0.1)) return;
    t.conflict = this.stopOf(t, sum(t.register, '1000'));
    await this.send(t.conflict);
    if (chance(0.5)) await this.send(t.conflict);
  }

  /** All that is in its queue, once more. */
  async replay() {
    for (const t of this.books.slice(-replayed)) {
      if (t.start.intact.answered > 0) {
        const wentOn = t.meters.some((m) => m.intact.answered > 0) || t.stop?.intact.answered > 0;
        // Of the last message under the same id only the answer is repeated.
        const isTold = this.isV16 && wentOn && !(this.keepsIds && this.lastAnswered === t.start.intact);
        this.noteStart(t, await this.send(t.start));
        if (isTold) t.replays.told += 1;
      }
      for (const m of t.meters) await this.send(m);
      for (const m of [t.stop, t.conflict]) if (m?.intact.answered > 0) await this.send(m);
    }
  }

  async reconnect() {
    const closed = once(this.socket, 'close');
    this.socket.terminate();
    await closed;
  }

  async status(connectorId, status) {
    await this.ready();
    await this.exchange(`${this.id}-${++this.sent}`, 'StatusNotification', {
      connectorId,
      errorCode: 'NoError',
      status,
    });
  }

  async oneTransaction() {
    const place = 1 + below(places);
    const lost = this.lost;
    const t = await this.start(place);
    if (this.isV16 && chance(0.2)) await this.status(place, 'Charging');
    for (let i = below(10); i > 0; --i) await this.meter(t);
    await this.completeStart(t);
    if (chance(0.25)) {
      this.late.push(t); // for now it is forgotten
    } else {
      await this.stop(t);
    }
    if (this.isV16 && chance(0.2)) await this.status(place, 'Available');
    if (chance(0.15) && this.socket.readyState === 1) await this.reconnect();
    if (chance(this.lost > lost ? 0.7 : 0.15)) await this.replay();
  }

  async lateStops(all) {
    const due = this.late.filter((t) => all || this.books.some((later) => later.place === t.place && later.n > t.n));
    for (const t of due) {
      if (!all && chance(0.5)) continue;
      this.late = this.late.filter((other) => other !== t);
      if (chance(0.7)) await this.stop(t);
    }
  }

  async run() {
    while (!this.fleet.enough) {
      await this.oneTransaction();
      await this.lateStops(false);
    }
    await this.lateStops(true);
    await this.replay();
    await this.reconnect();
  }
}

/** Closes by hand what comes to mind, also while its stop is on its way. */
async function operate(fleet) {
  let closes = 0;
  while (!fleet.enough) {
    await pause(random() * 20);
    const cp = pick(fleet.chargePoints);
    const t = pick(cp.books.slice(-replayed));
    const id = t?.answered[0] ?? (t?.start.intact.answered > 0 && t.stationId);
    if (!id) continue;
    const close = {
      reason: `close ${++closes}`,
      meterStopWh: chance(0.5) ? sum(t.register, someWh(50)) : null,
      status: undefined,
      detail: '',
    };
    t.closes.push(close);
    const body = { reason: close.reason, force: chance(0.7) };
    if (close.meterStopWh !== null) body.meterStopWh = Number(close.meterStopWh);
    const query = t.stationId ? `?chargePointId=${cp.id}` : '';
    const url = `http://127.0.0.1:${fleet.port}/api/v1/transactions/${id}/close${query}`;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = await response.json();
      Object.assign(close, { status: response.status, detail: answer.detail ?? '' });
      if (response.status === 200) assert.notEqual(answer.closedAt, null);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error; // else the gateway was killed
    }
  }
}

// ---------------------------------------------------------------------------------------------- what the gateway has

// A reader of the file that shares nothing with the program.
const reader = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute(
    "SELECT c.id, s.transaction_id, t.start_text, t.stop_text, coalesce(t.meter_start_exact, t.meter_start), "
    "coalesce(t.meter_stop_exact, t.meter_stop), t.close_reading, t.closed_at IS NOT NULL, t.presumed_at IS NOT NULL "
    "FROM transactions t JOIN charge_points c ON c.row = t.charge_point "
    "LEFT JOIN station_transactions s ON s.number = t.number")
names = ["cp", "station", "startText", "stopText", "meterStart", "meterStop", "closeReading", "closed", "presumed"]
shown = lambda row: [None if v is None else str(v) for v in row[:7]] + [bool(v) for v in row[7:]]
json.dump([dict(zip(names, shown(row))) for row in rows], sys.stdout)
`;

/** Of a copy of the journal, so that the gateway finds its own as the kill left it. */
async function stored(directory) {
  const copied = await mkdtemp(path.join(tmpdir(), 'voltgate-interop-'));
  await copy(path.join(directory, 'voltgate-data'), path.join(copied, 'voltgate-data'), { recursive: true });
  const check = await runProgram(copied, ['journal', 'check']);
  assert.equal(check.code, 0, check.out);
  const { code, out, err } = await runProgram(copied, ['journal', 'export']);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  const events = out.split('\n').filter(Boolean).map(parseExactly);
  const file = path.join(copied, 'voltgate-data', 'journal.db');
  const { stdout } = await promisify(execFile)('python3', ['-c', reader, file], { maxBuffer: 1 << 30 });
  await rm(copied, { recursive: true });
  return { events, rows: JSON.parse(stdout) };
}

async function allRecords(gateway) {
  const records = [];
  let after = '';
  do {
    const response = await within(
      fetch(`${gateway.http}/api/v1/transactions?limit=1000${after}`),
      'a page of transactions',
    );
    const page = parseExactly(await response.text());
    records.push(...page.items);
    after = page.next && `&after=${encodeURIComponent(page.next)}`;
  } while (after);
  return records;
}

const booksOf = (fleet) => fleet.chargePoints.flatMap((cp) => cp.books);

// --------------------------------------------------------------------------------------------- who audits the auditor

const none = new Error('there is nothing that could be changed so');

/** Changes to what was collected that an auditor has to find, and what it must say of them. */
const violations = () => {
  const last =
    (type, wanted = () => true) =>
    (data) => {
      const index = data.events.findLastIndex((e) => e.eventType === `transaction.${type}` && wanted(e.payload));
      assert.ok(index >= 0, `there was a transaction.${type} to be tried`);
      return index;
    };
  const renumber = (data) => data.events.forEach((e, i) => (e.sequence = i + 1));
  const drop = (type, wanted) => (data) => {
    data.events.splice(last(type, wanted)(data), 1);
    renumber(data);
  };
  const double = (type, wanted) => (data) => {
    const index = last(type, wanted)(data);
    data.events.splice(index + 1, 0, { ...structuredClone(data.events[index]), eventId: 'another' });
    renumber(data);
  };
  const change = (type, name, value, wanted) => (data) => {
    data.events[last(type, wanted)(data)].payload[name] = value;
  };
  const record = (wanted, alter) => (data) => {
    const found = data.records.find(wanted);
    if (!found) throw none;
    alter(found, data);
  };
  const whole = (p) => !p.salvaged && p.known !== false;
  return {
    'a start that is not told': [drop('started'), /the start was answered and is not stored/],
    'a start that is told twice': [double('started'), /started twice/],
    'a stop that is not told': [drop('stopped', whole), /the stop was answered and is not stored/],
    'a stop that is told twice': [double('stopped', whole), /stopped twice/],
    'a stop in other words that is not told': [drop('stopped', (p) => p.conflict), /conflicting stops are told/],
    'meter values that are not told': [drop('meter_values', whole), /were answered and are not stored/],
    'meter values that are told twice': [double('meter_values', whole), /told twice/],
    'a repeated start that is not told': [
      (data) =>
        (data.events = data.events.filter((e) => e.eventType !== 'transaction.start_repeated')) && renumber(data),
      /repeated starts were told/,
    ],
    'a transaction that is not presumed to have ended': [drop('presumed_ended'), /presumed/],
    'a close that is not told': [drop('closed'), /clos/],
    'a close that is told twice': [double('closed'), /closed when it was closed/],
    'a correction that is not told': [drop('corrected', (p) => p.filled.includes('meterStopWh')), /meterStopWh/],
    'a correction that is told twice': [double('corrected'), /filled what was there/],
    'a correction of what was not null': [change('corrected', 'idTag', 'another'), /idTag is "another"/],
    'another reading in a start': [change('started', 'meterStartWh', '1234567.5'), /meterStartWh is "1234567.5"/],
    'another reading in a stop': [change('stopped', 'meterStopWh', '1234567.5', whole), /meterStopWh is "1234567.5"/],
    'an energy that is a little off': [
      (data) => {
        const { payload } = data.events[last('stopped', whole)(data)];
        payload.energyWh = sum(payload.energyWh ?? '0', '0.001');
      },
      /energyWh is/,
    ],
    'a reading for a cut stop that did not say it': [
      change('stopped', 'meterStopWh', '1234567.5', (p) => p.salvaged && p.meterStopWh === null),
      /meterStopWh is "1234567.5", not null/,
    ],
    'a reading lost that a cut stop said': [
      change('stopped', 'meterStopWh', null, (p) => p.salvaged && p.meterStopWh !== null),
      /meterStopWh is null/,
    ],
    'a reading invented for a presumed end': [change('presumed_ended', 'meterStopWh', '5'), /invented/],
    'another last reading of a presumed end': [
      change('presumed_ended', 'lastReadingWh', '5', (p) => p.lastReadingWh !== null),
      /lastReadingWh is "5"/,
    ],
    'the id of another transaction': [
      (data) => {
        const [a, b] = data.events.filter((e) => e.eventType === 'transaction.started' && e.ocppVersion === '1.6');
        b.payload.transactionId = a.payload.transactionId;
      },
      /given before|no transaction has this id/,
    ],
    'an event id twice': [(data) => (data.events[2].eventId = data.events[1].eventId), /given twice/],
    'a gap in the numbers': [(data) => data.events.splice(2, 1), /sequence number/],
    'a session without an end': [
      (data) => {
        data.events.splice(
          data.events.findLastIndex((e) => e.eventType === 'charge_point.disconnected'),
          1,
        );
        renumber(data);
      },
      /sessions without an end/,
    ],
    'a record that is missing': [(data) => data.records.pop(), /has no record/],
    'a record twice': [(data) => data.records.push(data.records[0]), /kept twice/],
    'another reading in a record': [
      record(
        (r) => r.state === 'stopped' && r.meterStopWh !== null,
        (r) => (r.meterStopWh = '1234567.5'),
      ),
      /meterStopWh is "1234567.5"/,
    ],
    'a reading invented in a record': [
      record(
        (r) => r.state === 'presumed_ended',
        (r) => (r.meterStopWh = r.lastReadingWh ?? '5'),
      ),
      /meterStopWh is/,
    ],
    'a close that its record does not show': [
      record(
        (r) => r.closedAt !== null,
        (r) => (r.closedAt = null),
      ),
      /closedAt/,
    ],
    'a record that is closed and was stopped': [
      record(
        (r) => r.closedAt !== null && r.state === 'stopped',
        (r) => (r.state = 'closed'),
      ),
      /state is "closed", not "stopped"/,
    ],
    'another reading in the file': [(data) => (data.rows.at(-1).meterStart = '1234567.5'), /meterStart is "1234567.5"/],
    'a row that is missing': [(data) => data.rows.pop(), /there is none/],
  };
};

// ------------------------------------------------------------------------------------------------------------ the test

function assertSound(findings, what, directory) {
  const shown = findings.slice(0, 20).join('\n');
  assert.equal(findings.length, 0, `${what}, seed ${seed}, in ${directory}: ${findings.length} findings\n${shown}`);
}

test(`the books are right after ${rounds} kills amid replays, merges, closes and corrections`, async (t) => {
  let gateway = await startGateway(settings);
  const { port, directory } = gateway;
  let gatewayStarts = 1;
  const fleet = { port, enough: false, over: false, errors: [] };
  fleet.chargePoints = Array.from(
    { length: 18 },
    (_, i) => new BusyChargePoint(fleet, i, i % 3 === 2 ? 'ocpp2.0.1' : 'ocpp1.6'),
  );
  const running = Promise.all([...fleet.chargePoints.map((cp) => cp.run()), operate(fleet)]);
  running.catch(() => {}); // it is awaited below
  try {
    for (let round = 1; round <= rounds; ++round) {
      await pause(150 + random() * 700);
      await gateway.kill();
      if (round <= 5 || round % 5 === 0) {
        const { findings } = audit({ transactions: booksOf(fleet), ...(await stored(directory)), gatewayStarts });
        assertSound(findings, `after kill ${round}`, directory);
      }
      gateway = await startGateway(settings, { port, directory });
      gatewayStarts += 1;
    }
    await pause(300);
    fleet.enough = true;
    await within(running, 'all charge points finish', 60_000);
    assert.deepEqual(fleet.errors, []);
    const records = await allRecords(gateway);
    await gateway.stop({ keep: true });
    const collected = {
      transactions: booksOf(fleet),
      ...(await stored(directory)),
      records,
      gatewayStarts,
      ended: true,
    };
    const { findings, kinds } = audit(collected);
    assertSound(findings, 'in the end', directory);
    const untried = [];
    for (const [what, [plant, found]] of Object.entries(violations())) {
      const data = structuredClone(collected);
      try {
        plant(data);
      } catch (error) {
        if (error !== none) throw error;
        untried.push(what);
        continue;
      }
      assert.match(audit(data).findings.join('\n'), found, what);
    }
    if (rounds >= 10) assert.deepEqual(untried, [], 'there was something of every kind');
    const lost = fleet.chargePoints.reduce((n, cp) => n + cp.lost, 0);
    const told = Object.entries(kinds)
      .filter(([type]) => type.startsWith('transaction.'))
      .map(([type, n]) => `${n} ${type.slice(12)}`);
    const { length } = collected.events;
    const found = `${records.length} transactions, ${lost} messages not answered, ${length} events stored`;
    t.diagnostic(`${found}: ${told.join(', ')}; seed ${seed}`);
    await rm(directory, { recursive: true });
  } finally {
    fleet.enough = fleet.over = true;
    if (gateway.child.exitCode === null && gateway.child.signalCode === null) await gateway.kill();
  }
});
