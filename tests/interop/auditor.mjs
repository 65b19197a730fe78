// Holds what charge points and operators said and were answered against what the gateway tells (events) and keeps
// (records). It shares nothing with the gateway: the events are gone through in their order, as a reader's books would
// be kept, and every word in them must be one that somebody sent.
//
// A transaction as the test knows it: {cp, place, n, stationId, answered, replays, start, meters, stop, conflict,
// closes}. `stationId` is there in 2.x only; `answered` are the ids that starts were answered in 1.6; replays.told is
// how many repeated starts must have been told; of closes there are {reason, meterStopWh, status, detail}, status
// undefined where no answer came. A message: {cp, words, intact: {sent, answered}, cuts: [{text, says, sent,
// answered}]}; one that was sent and not answered may be stored or not. Readings are texts of decimals.

const scale = 1_000_000n;

/** A decimal as a whole number of millionths. */
function millionths(text) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  const n = BigInt(whole) * scale + BigInt(fraction.padEnd(6, '0'));
  return sign ? -n : n;
}

function decimalOf(n) {
  const text = String(n < 0n ? -n : n).padStart(7, '0');
  const fraction = text.slice(-6).replace(/0+$/, '');
  return `${n < 0n ? '-' : ''}${text.slice(0, -6)}${fraction && `.${fraction}`}`;
}

/** One value has one text. */
export const canonical = (number) => decimalOf(millionths(String(number)));

export const sum = (a, b) => decimalOf(millionths(a) + millionths(b));
const difference = (a, b) => decimalOf(millionths(a) - millionths(b));

const exactMembers = /"(meterStartWh|meterStopWh|energyWh|lastReadingWh|value)":(-?\d+(?:\.\d+)?)(?=[,}\]])/g;

/** JSON of the gateway, with its readings as texts: JavaScript's numbers would round them. */
export const parseExactly = (text) =>
  JSON.parse(text.replace(exactMembers, (_, name, n) => `"${name}":"${canonical(n)}"`));

const at = (time) => (time == null ? null : Date.parse(time));
const isTime = (name) => name.endsWith('Timestamp') || name.endsWith('At');
const same = (name, a, b) => (isTime(name) ? at(a) === at(b) : (a ?? null) === (b ?? null));

const startWords = ['evseId', 'connectorId', 'idTag', 'meterStartWh', 'startTimestamp'];
const stopWords = ['meterStopWh', 'stopTimestamp', 'reason', 'idTag'];
const correctable = ['connectorId', 'idTag', 'meterStartWh', 'meterStopWh', 'stopTimestamp', 'reason', 'stopIdTag'];

// Of a message's cuts those that left their charge point: another one may have the same text.
const sentOf = (message) => (message?.cuts ?? []).filter(({ sent }) => sent > 0);
const placeOf = ({ truth }) => `${truth.cp} at ${truth.place}`;

/** What the events have told of one transaction so far. */
class Account {
  constructor(truth, id) {
    this.truth = truth;
    this.id = id;
    this.told = { meterStopWh: null, stopTimestamp: null, reason: null, stopIdTag: null };
    this.stopped = false;
    this.presumed = false;
    this.closed = undefined; // the event's payload
    this.salvaged = false;
    this.lastReading = null;
    this.lastReadingKept = null; // when it was presumed to have ended, or closed
    this.repeatedStarts = 0;
    this.conflicts = 0;
    this.meters = new Set(); // messages that are told
    this.changes = new Set(); // of these, what they tell besides
  }

  get name() {
    return `${this.truth.cp} ${this.id}`;
  }
  get state() {
    if (this.stopped) return 'stopped';
    if (this.closed) return 'closed';
    return this.presumed ? 'presumed_ended' : 'running';
  }
  get meterStopWh() {
    return this.stopped ? this.told.meterStopWh : (this.closed?.meterStopWh ?? null);
  }
  get energyWh() {
    const known = this.meterStopWh !== null && this.told.meterStartWh !== null;
    return known ? difference(this.meterStopWh, this.told.meterStartWh) : null;
  }
  get energySource() {
    if (this.energyWh === null) return null;
    return this.stopped ? 'register' : 'manual';
  }
}

class Auditor {
  constructor({ transactions, events, gatewayStarts, ended }) {
    this.findings = [];
    this.transactions = transactions;
    this.events = events;
    this.gatewayStarts = gatewayStarts;
    this.ended = ended; // the gateway was stopped, and every charge point has finished
    this.accounts = new Map(); // by truth
    this.byId = new Map(); // charge point and id: the account
    this.rawTexts = new Set(); // of messages that were not whole
    this.kinds = {};
    this.usedIds = new Set();
    this.shared = new Set(); // places
    this.truths = new Map();
    const index = (kind, t, key) => this.truths.set(`${kind} ${t.cp} ${key}`, t);
    for (const t of transactions) {
      index('start', t, at(t.start.words.startTimestamp));
      // Where two of them have the same text, that says nothing: any one will do.
      for (const cut of sentOf(t.start)) index('cut start', t, cut.text);
      for (const cut of sentOf(t.stop)) index('cut stop', t, cut.text);
      for (const m of t.meters) this.truths.set(`meter ${t.cp} ${at(m.words.timestamp)}`, { t, m });
    }
  }

  find(text) {
    this.findings.push(text);
  }
  expect(condition, text) {
    if (!condition) this.find(text);
  }
  equal(where, name, got, wanted) {
    if (!same(name, got, wanted))
      this.find(`${where}: ${name} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  }

  /** What the message of this event said of itself. */
  wordsOf(where, message, payload) {
    const { words } = message;
    if (!payload.salvaged) {
      this.expect(message.intact.sent > 0, `${where}: nobody sent it`);
      return { ...words, ...('reason' in words && { reason: words.reason ?? 'Local' }) };
    }
    const cut = sentOf(message).find(({ text }) => text === payload.raw);
    if (!cut) {
      this.find(`${where}: nobody sent ${payload.raw}`);
      return words;
    }
    this.rawTexts.add(`${message.cp} ${payload.raw}`);
    return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, cut.says[name] ? word : null]));
  }

  accountOf(where, event) {
    const account = this.byId.get(`${event.chargePointId} ${event.payload.transactionId}`);
    this.expect(account, `${where}: no transaction has this id`);
    return account;
  }

  // ---------------------------------------------------------------------------------------------- the events in order

  readEvents() {
    const handlers = {
      'transaction.started': this.started,
      'transaction.meter_values': this.meterValues,
      'transaction.updated': this.updated,
      'transaction.stopped': this.stopped,
      'transaction.start_repeated': this.startRepeated,
      'transaction.presumed_ended': this.presumedEnded,
      'transaction.corrected': this.corrected,
      'transaction.closed': this.closed,
    };
    const ids = new Set();
    this.events.forEach((event, index) => {
      if (event.sequence !== index + 1) this.find(`the sequence number behind ${index} is ${event.sequence}`);
      if (ids.has(event.eventId)) this.find(`event id ${event.eventId} was given twice`);
      ids.add(event.eventId);
      this.kinds[event.eventType] = (this.kinds[event.eventType] ?? 0) + 1;
      const { sequence, chargePointId, eventType, payload } = event;
      const where = `event ${sequence} (${chargePointId} ${eventType} ${payload.transactionId})`;
      handlers[event.eventType]?.call(this, where, event, event.payload);
      if (event.eventType.startsWith('meter_values')) this.find(`${where}: nobody sent it`);
    });
    this.readSessions();
  }

  readSessions() {
    const starts = this.events.filter((e) => e.eventType === 'gateway.started');
    this.expect(
      starts.length === this.gatewayStarts,
      `${starts.length} starts of the gateway, not ${this.gatewayStarts}`,
    );
    starts.forEach((e, i) =>
      this.equal(`start ${i} of the gateway`, 'lastStop', e.payload.lastStop, i ? 'crashed' : 'first'),
    );
    const open = new Set();
    for (const { eventType, chargePointId, epoch } of this.events) {
      const session = `${chargePointId} ${epoch}`;
      if (eventType === 'charge_point.connected') {
        this.expect(!open.has(session), `session ${session} began twice`);
        open.add(session);
      } else if (eventType === 'charge_point.disconnected') {
        this.expect(open.delete(session), `session ${session} ended and was not open`);
      }
    }
    if (this.ended) this.expect(open.size === 0, `sessions without an end: ${[...open]}`);
  }

  started(where, event, p) {
    const { chargePointId } = event;
    const truth = p.salvaged
      ? this.truths.get(`cut start ${chargePointId} ${p.raw}`)
      : this.truths.get(`start ${chargePointId} ${at(p.startTimestamp)}`);
    if (!truth) return this.find(`${where}: nobody began it`);
    if (this.accounts.has(truth)) return this.find(`${where}: started twice`);
    const account = new Account(truth, p.transactionId);
    const key = truth.stationId ? `${chargePointId} ${p.transactionId}` : p.transactionId;
    this.expect(
      !this.byId.has(`${chargePointId} ${p.transactionId}`) && !this.usedIds.has(key),
      `${where}: this id was given before`,
    );
    this.usedIds.add(key);
    this.accounts.set(truth, account);
    this.byId.set(`${chargePointId} ${p.transactionId}`, account);
    if (truth.stationId) this.equal(where, 'transactionId', p.transactionId, truth.stationId);
    const wanted = this.wordsOf(where, truth.start, p);
    for (const name of startWords) {
      this.equal(where, name, p[name], wanted[name]);
      account.told[name] = p[name];
    }
    account.salvaged ||= p.salvaged === true;
    account.placedBy = event.sequence;
    this.equal(where, 'possibleDuplicateOf', p.possibleDuplicateOf, null);
    return undefined;
  }

  meterValues(where, event, p) {
    const [value] = p.meterValues;
    const [sample] = value?.samples ?? [];
    const account = this.accountOf(where, event);
    if (!account) return;
    if (p.salvaged) {
      // The end of a 2.x transaction, cut so that nothing says that it is an end.
      const wanted = this.wordsOf(where, account.truth.stop, p);
      if (sample) this.equal(where, 'meterStopWh', sample.value, wanted.meterStopWh);
      account.salvaged = true;
      if (p.known && sample) account.lastReading = sample.value;
      return;
    }
    const known = this.truths.get(`meter ${event.chargePointId} ${at(value?.timestamp)}`);
    if (!known || known.t !== account.truth) return this.find(`${where}: nobody sent it`);
    this.expect(known.m.intact.sent > 0, `${where}: nobody sent it`);
    this.expect(!account.meters.has(known.m), `${where}: told twice`);
    account.meters.add(known.m);
    this.equal(where, 'value', sample?.value, known.m.words.value);
    this.equal(where, 'known', p.known, !account.stopped);
    this.equal(where, 'mayBeRepeated', p.mayBeRepeated, null);
    if (p.known) account.lastReading = sample?.value;
  }

  updated(where, event, p) {
    if (!p.salvaged) {
      const known = this.truths.get(`meter ${event.chargePointId} ${at(event.occurredAt)}`);
      const account = this.accountOf(where, event);
      if (!known?.m.changes || known.t !== account?.truth) return this.find(`${where}: nobody sent it`);
      this.expect(!account.changes.has(known.m), `${where}: told twice`);
      account.changes.add(known.m);
      return undefined;
    }
    const truth = this.truths.get(`cut stop ${event.chargePointId} ${p.raw}`);
    if (!truth?.stop) return this.find(`${where}: nobody sent it`);
    this.wordsOf(where, truth.stop, p);
    const account = this.byId.get(`${event.chargePointId} ${p.transactionId}`);
    const cut = sentOf(truth.stop).find(({ text }) => text === p.raw);
    if (account && cut.says.isOfTransaction) account.salvaged = true;
    return undefined;
  }

  stopped(where, event, p) {
    const cut = p.salvaged && this.truths.get(`cut stop ${event.chargePointId} ${p.raw}`);
    if (p.salvaged && !cut) return this.find(`${where}: nobody sent ${p.raw}`);
    if (p.salvaged && !sentOf(cut.stop).find(({ text }) => text === p.raw)?.says.ends) {
      // It does not say of which transaction it is: it ends none.
      this.equal(where, 'known', p.known, false);
      const wanted = this.wordsOf(where, cut.stop, p);
      for (const name of stopWords) this.equal(where, name, p[name], wanted[name]);
      return this.equal(where, 'energyWh', p.energyWh, null);
    }
    const account = this.accountOf(where, event);
    if (!account) return undefined;
    if (p.conflict) {
      this.equal(where, 'known', p.known, false);
      if (!account.truth.conflict) return this.find(`${where}: no stop was told with other words`);
      account.conflicts += 1;
      const wanted = this.wordsOf(where, account.truth.conflict, p);
      for (const name of stopWords) this.equal(where, name, p[name], wanted[name]);
      return undefined;
    }
    if (!account.truth.stop) return this.find(`${where}: nobody sent it`);
    this.equal(where, 'known', p.known, true);
    this.expect(!account.stopped, `${where}: stopped twice`);
    const wanted = this.wordsOf(where, account.truth.stop, p);
    for (const name of stopWords) {
      this.equal(where, name, p[name], wanted[name]);
      account.told[name === 'idTag' ? 'stopIdTag' : name] = p[name];
    }
    account.stopped = true;
    account.salvaged ||= p.salvaged === true;
    this.equalFigures(where, account, p, ['evseId', 'connectorId', 'energyWh', 'energySource']);
    return undefined;
  }

  equalFigures(where, account, p, names) {
    for (const name of names) this.equal(where, name, p[name], name in account ? account[name] : account.told[name]);
  }

  startRepeated(where, event, p) {
    const account = this.accountOf(where, event);
    if (!account) return;
    account.repeatedStarts += 1;
    this.equalFigures(where, account, p, ['evseId', 'connectorId', 'idTag', 'meterStartWh', 'state']);
    this.equal(where, 'startedAt', p.startedAt, account.told.startTimestamp);
  }

  presumedEnded(where, event, p) {
    const account = this.accountOf(where, event);
    if (!account) return;
    this.equal(where, 'state', account.state, 'running');
    const { cp, place, n } = account.truth;
    const later = this.transactions.some((t) => t.cp === cp && t.place === place && t.n > n);
    this.expect(later, `${where}: no other one began in its place`);
    account.presumed = true;
    account.lastReadingKept = account.lastReading;
    this.equalFigures(where, account, p, ['evseId', 'connectorId', 'idTag', 'meterStartWh']);
    this.equal(where, 'lastReadingWh', p.lastReadingWh, account.lastReading);
    this.expect(p.meterStopWh === null && p.energyWh === null, `${where}: a reading was invented`);
  }

  closed(where, event, p) {
    const account = this.accountOf(where, event);
    if (!account) return;
    this.expect(['running', 'presumed_ended'].includes(account.state), `${where}: closed when it was ${account.state}`);
    const close = account.truth.closes.find(({ reason }) => reason === p.reason);
    if (!close) return this.find(`${where}: nobody closed it`);
    account.closed = p;
    account.lastReadingKept = account.lastReading;
    this.equal(where, 'meterStopWh', p.meterStopWh, close.meterStopWh);
    this.equal(where, 'manual', p.manual, true);
    this.equalFigures(where, account, p, [
      'evseId',
      'connectorId',
      'idTag',
      'meterStartWh',
      'energyWh',
      'energySource',
    ]);
    this.equal(where, 'lastReadingWh', p.lastReadingWh, account.lastReading);
  }

  corrected(where, event, p) {
    const account = this.accountOf(where, event);
    if (!account) return;
    const { start, stop } = account.truth;
    const before = { ...account.told, meterStopWh: account.meterStopWh };
    this.expect(p.filled.length > 0, `${where}: it fills nothing`);
    const words = {
      ...start.words,
      ...(stop && {
        ...stop.words,
        reason: stop.words.reason ?? 'Local',
        idTag: start.words.idTag,
        stopIdTag: stop.words.idTag,
      }),
    };
    for (const name of correctable) {
      if (!p.filled.includes(name)) {
        this.equal(where, name, p[name], before[name]);
        continue;
      }
      const message = startWords.includes(name) ? start : stop;
      this.expect(message?.intact.sent > 0, `${where}: nobody sent the whole message`);
      this.equal(`${where}: filled what was there`, name, before[name], null);
      this.equal(where, name, p[name], words[name]);
      account.told[name] = p[name];
    }
    if (account.told.evseId === null && p.evseId !== null) {
      account.told.evseId = words.evseId;
      account.placedBy = event.sequence;
    }
    this.equalFigures(where, account, p, ['evseId', 'energyWh', 'energySource', 'state']);
  }

  // ------------------------------------------------------------------------------------------------- what was answered

  readAnswers() {
    for (const t of this.transactions) {
      const account = this.accounts.get(t);
      const where = `${t.cp} ${t.answered[0] ?? t.stationId ?? t.start.words.startTimestamp}`;
      const startAnswered = t.start.intact.answered > 0 || t.start.cuts.some((cut) => cut.answered > 0);
      if (!account) {
        this.expect(!startAnswered, `${where}: the start was answered and is not stored`);
        continue;
      }
      for (const id of t.answered) this.equal(where, 'the id that was answered', id, account.id);
      this.readMeters(where, t, account);
      if (t.stop) this.readStop(where, t, account);
      if (t.start.intact.answered > 0) this.wholeNow(where, account, t.start.words, startWords);
      this.readCloses(where, t, account);
      const { told } = t.replays;
      const { repeatedStarts } = account;
      const most = t.start.cuts.reduce((n, cut) => n + cut.sent, t.start.intact.sent) - 1;
      this.expect(
        told <= repeatedStarts && repeatedStarts <= most,
        `${where}: ${repeatedStarts} repeated starts were told, not ${told} to ${most}`,
      );
    }
    this.readPlaces();
  }

  wholeNow(where, account, words, names) {
    for (const name of names) this.equal(`${where} in the end`, name, account.told[name], words[name]);
  }

  readMeters(where, t, account) {
    for (const m of t.meters) {
      const lost = m.intact.answered > 0 && !account.meters.has(m);
      this.expect(!lost, `${where}: meter values of ${m.words.timestamp} were answered and are not stored`);
      const halved = account.meters.has(m) !== account.changes.has(m) && m.changes;
      this.expect(!halved, `${where}: half of what was sent at ${m.words.timestamp} is stored`);
    }
  }

  readStop(where, t, account) {
    const { stop, conflict } = t;
    const ends = stop.intact.answered > 0 || stop.cuts.some((cut) => cut.answered > 0 && cut.says.ends);
    this.expect(!ends || account.stopped, `${where}: the stop was answered and is not stored`);
    for (const cut of stop.cuts) {
      const told = (one) => this.rawTexts.has(`${t.cp} ${one.text}`);
      const repeats =
        cut.says.isOfTransaction && (account.stopped || stop.cuts.some((one) => one.says.isOfTransaction && told(one)));
      this.expect(
        cut.answered === 0 || told(cut) || repeats,
        `${where}: a cut stop was answered and is not stored: ${cut.text}`,
      );
    }
    if (stop.intact.answered > 0) {
      const { idTag: stopIdTag, ...words } = stop.words;
      const wanted = { ...words, stopIdTag, reason: words.reason ?? 'Local' };
      this.wholeNow(where, account, wanted, Object.keys(wanted));
    }
    const conflicts = [conflict?.intact.answered ? 1 : 0, conflict?.intact.sent ? 1 : 0];
    this.expect(
      conflicts[0] <= account.conflicts && account.conflicts <= conflicts[1],
      `${where}: ${account.conflicts} conflicting stops are told`,
    );
  }

  readCloses(where, t, account) {
    for (const { reason, status, detail } of t.closes) {
      if (status === 200)
        this.expect(account.closed?.reason === reason, `${where}: closed by "${reason}" and not stored`);
      if (status === 409 && detail.includes('before')) {
        this.expect(account.stopped || account.closed, `${where}: the close was refused for no reason`);
      }
      const wanted = [undefined, 200, 409]; // undefined: not answered
      this.expect(wanted.includes(status), `${where}: a close was answered ${status} ${detail}`);
    }
  }

  /** Nothing runs where another one has begun. */
  readPlaces() {
    const running = new Map();
    for (const t of this.transactions) {
      const account = this.accounts.get(t);
      if (!account || account.told.evseId === null) continue; // cut before it said where
      const place = placeOf(account);
      const older = running.get(place);
      running.set(place, account);
      if (older?.placedBy > account.placedBy) {
        // The cut start of the older one said where it is when the newer one had begun: they stand side by side.
        this.shared.add(place);
        continue;
      }
      if (older?.state === 'running') this.find(`${older.name} runs on, although ${account.name} began in its place`);
    }
  }

  // ------------------------------------------------------------------------------------------------------- the records

  /** Of GET /api/v1/transactions. */
  readRecords(records) {
    const seen = new Set();
    for (const record of records) {
      const account = this.byId.get(`${record.chargePointId} ${record.transactionId}`);
      const where = `record ${record.chargePointId} ${record.transactionId}`;
      if (!account) {
        this.find(`${where}: no event tells of it`);
        continue;
      }
      this.expect(!seen.has(account), `${where}: kept twice`);
      seen.add(account);
      this.equalFigures(where, account, record, [
        'evseId',
        'connectorId',
        'idTag',
        'meterStartWh',
        'meterStopWh',
        'energyWh',
        'energySource',
        'state',
        'stopIdTag',
      ]);
      const { told } = account;
      this.equal(where, 'stopReason', record.stopReason, told.reason);
      this.equal(where, 'startedAt', record.startedAt, told.startTimestamp);
      if (told.stopTimestamp !== null || !account.stopped)
        this.equal(where, 'stoppedAt', record.stoppedAt, told.stopTimestamp);
      this.equal(where, 'presumedEnded', record.presumedEnded, account.presumed);
      this.equal(where, 'manual', record.manual, account.closed !== undefined && !account.stopped);
      this.expect(
        (record.closedAt !== null) === (account.closed !== undefined),
        `${where}: closedAt is ${record.closedAt}`,
      );
      this.equal(where, 'closeReason', record.closeReason, account.closed?.reason);
      this.equal(where, 'lastReadingWh', record.lastReadingWh, account.lastReadingKept);
      this.equal(where, 'possibleDuplicateOf', record.possibleDuplicateOf, null);
      this.readAttention(where, account, record.attention);
    }
    for (const account of this.accounts.values()) this.expect(seen.has(account), `${account.name} has no record`);
  }

  readAttention(where, account, attention) {
    const wanted = {
      salvaged: account.salvaged,
      presumed: account.presumed && !account.stopped,
      conflict: account.conflicts > 0,
      two_on_connector: this.shared.has(placeOf(account)) && attention.includes('two_on_connector'),
      possible_duplicate: false,
      meter_backwards: false,
      stop_before_start: false,
      running_long: false,
    };
    for (const [word, is] of Object.entries(wanted))
      this.equal(where, `attention ${word}`, attention.includes(word), is);
  }

  /** Of the journal's file: {cp, station, startText, stopText, meterStart, meterStop, closeReading, closed, presumed} */
  readRows(rows) {
    this.expect(rows.length === this.accounts.size, `${rows.length} rows, ${this.accounts.size} transactions`);
    const found = new Map(rows.map((row) => [`${row.cp} ${row.station ?? row.startText}`, row]));
    this.expect(found.size === rows.length, 'two rows are the same transaction');
    for (const account of this.accounts.values()) {
      const { truth, told } = account;
      const row = found.get(`${truth.cp} ${truth.stationId ?? told.startTimestamp}`);
      const where = `row of ${account.name}`;
      if (!row) {
        this.find(`${where}: there is none`);
        continue;
      }
      this.equal(where, 'startTimestamp', row.startText, told.startTimestamp);
      this.equal(where, 'stopTimestamp', row.stopText, told.stopTimestamp);
      this.equal(where, 'meterStart', row.meterStart, told.meterStartWh);
      this.equal(where, 'meterStop', row.meterStop, told.meterStopWh);
      this.equal(where, 'closeReading', row.closeReading, account.closed?.meterStopWh);
      this.equal(where, 'closed', row.closed, account.closed !== undefined);
      this.equal(where, 'presumed', row.presumed, account.presumed);
    }
  }
}

/** What does not hold (none: all does), and how many events there are of each type. */
export function audit(collected) {
  const auditor = new Auditor(collected);
  auditor.readEvents();
  auditor.readAnswers();
  auditor.readRows(collected.rows);
  if (collected.records) auditor.readRecords(collected.records);
  return { findings: auditor.findings, kinds: auditor.kinds };
}
