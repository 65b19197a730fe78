// Writes payloads with Ajv's verdict on them, for ajv_verdict to compare with ours.
//
//   node tests/interop/ajv_corpus.mjs FILE [PER_VERSION]
//
// For every message: valid payloads, and the same with one fault at every place. The same file every time. A line is
//   version TAB action TAB request|response TAB keywords that failed, or - TAB payload
import Ajv from 'ajv';
import { closeSync, openSync, writeSync } from 'node:fs';
import { load_schemas, versions } from '../../tools/generate/load_schemas.mjs';

const file = process.argv[2];
const per_version = Number(process.argv[3] ?? 30000);
if (!file || !Number.isInteger(per_version)) {
    console.error('usage: ajv_corpus.mjs FILE [PER_VERSION]');
    process.exit(2);
}

// mulberry32, so that every run writes the same.
let state = 20260102;
function random() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

/// JSON text that stands for itself: numbers that JavaScript would spell otherwise, escapes.
class raw {
    constructor(text) { this.text = text; }
}

function to_json(value, spaced) {
    if (value instanceof raw) return value.text;
    const blank = spaced ? ' ' : '';
    if (Array.isArray(value)) return `[${blank}${value.map((v) => to_json(v, spaced)).join(`${blank},`)}${blank}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const members = Object.entries(value).map(([name, v]) => {
        const key = name.startsWith('"') ? name : JSON.stringify(name);
        return `${blank}${key}${blank}:${blank}${to_json(v, spaced)}`;
    });
    return `{${members.join(`${blank},`)}${blank}}`;
}

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
// RFC 3339 section 5.6, with the limits that the reader documents: nine digits of a second.
function is_date_time(text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-](\d\d):(\d\d))$/.exec(text);
    if (!match) return false;
    const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    if (month < 1 || month > 12 || day < 1) return false;
    if (day > days[month - 1] + (leap && month === 2 ? 1 : 0)) return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    return match[9] === undefined || (Number(match[9]) <= 23 && Number(match[10]) <= 59);
}

const ajv = new Ajv({ strict: false, strictNumbers: true, allErrors: true, multipleOfPrecision: 6 });
ajv.addFormat('date-time', is_date_time);
ajv.addFormat('uri', /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/);

const resolve = (schema, root) =>
    schema.$ref ? resolve(root.definitions[schema.$ref.replace('#/definitions/', '')], root) : schema;

const date_times = ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05+02:00',
    '2024-02-29T23:59:60.123456789-11:30', '1970-01-01T00:00:00z', '0001-01-01t00:00:00Z'];
const odd_date_times = ['', '2026-01-02', '2026-01-02T03:04:05', '2026-01-02 03:04:05Z', '2026-01-02T03:04:05+02',
    '2026-01-02T03:04:05+0200', '2026-02-29T03:04:05Z', '2026-13-01T03:04:05Z', '2026-00-10T03:04:05Z',
    '2026-04-31T00:00:00Z', '2026-01-02T24:00:00Z', '2026-01-02T03:60:05Z', '2026-01-02T03:04:61Z',
    '2026-01-02T03:04:05.Z', '2026-01-02T03:04:05.1234567890Z', '2026-01-02T03:04:05Zulu', '2026-1-2T03:04:05Z',
    '2026-01-02T03:04:05+24:00', '2026-01-02T03:04:05+02:60', '20260102T030405Z', '2100-02-29T00:00:00Z',
    '+2026-01-02T03:04:05Z', '2026-01-02T03:04:05.12', '2026-01-02T03:04Z', '2026-01-02T03:04:05 Z', 'now'];
const characters = ['a', 'Z', '7', ' ', '-', 'é', '中', '𝄞', '😀'];

function text_of(length) {
    let text = '';
    const plain = random() < 0.6;
    for (let i = 0; i < length; ++i) text += plain ? pick(['a', 'B', '0', '.']) : pick(characters);
    return text;
}

function escaped(text) {
    let out = '"';
    for (const unit of text.split('')) out += `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return new raw(`${out}"`);
}

function valid_string(s) {
    if (s.enum) {
        const value = pick(s.enum);
        return random() < 0.03 ? escaped(value) : value;
    }
    if (s.format === 'date-time') return pick(date_times);
    if (s.format === 'uri') return 'ftp://example.org/firmware.bin';
    const longest = Math.min(s.maxLength ?? 40, 10000);
    const length = random() < 0.1 ? longest : 1 + below(Math.min(longest, 12));
    const value = text_of(length);
    return random() < 0.05 ? escaped(value) : value;
}

function valid_number(s) {
    const least = s.minimum ?? -5;
    const most = s.maximum ?? least + 1000;
    const whole = least + below(most - least + 1);
    if (s.type === 'integer') return random() < 0.1 ? new raw(`${whole}.0`) : whole;
    if (s.multipleOf) return new raw(pick([`${whole}`, `${whole}.${below(10)}`, '8.1', '81e-1', '0.3', '16.00', '1e2']));
    return pick([whole, new raw(`${whole}.0`), new raw(whole < most ? `${whole}${whole < 0 ? '' : '.25'}` : `${whole}`)]);
}

// `depth` thins out optional members further down.
function valid(schema, root, depth, everything) {
    const s = resolve(schema, root);
    switch (s.type) {
        case undefined: return pick([1, 'text', null, [1, [2]], { a: { b: false } }, true]);
        case 'string': return valid_string(s);
        case 'integer':
        case 'number': return valid_number(s);
        case 'boolean': return random() < 0.5;
        case 'array': {
            const least = s.minItems ?? 0;
            const count = Math.min(least + below(3), s.maxItems ?? 1000);
            return Array.from({ length: count }, () => valid(s.items, root, depth + 1, everything));
        }
        default: {
            const out = {};
            for (const [name, child] of Object.entries(s.properties ?? {})) {
                const required = (s.required ?? []).includes(name);
                const chance = everything && depth < 3 ? 1 : 0.5 / (1 + depth);
                if (required || random() < chance) out[name] = valid(child, root, depth + 1, everything);
            }
            if (s.additionalProperties === undefined && random() < 0.5) out.anything = { goes: [null, 1.5] };
            return out;
        }
    }
}

const of_all_types = [null, true, 1, 1.5, -1, 'x', '12', '12.5', '-7', '1.', ' 1', [], {}, [1], { a: 1 }];
const whole_numbers = ['1.0', '1e2', '-0', '0.0', '1.5', '5e-1', '50e-1', '12e-1', '9223372036854775807',
    '-9223372036854775808', '9223372036854775808', '184467440737095516160', '1e400', '-1e400', '1e-400', '2147483648'];

function string_faults(s) {
    const out = [...of_all_types, ''];
    if (s.enum) out.push(`${s.enum[0]}x`, s.enum[0].toLowerCase(), s.enum[0].toUpperCase(), s.enum[0].slice(0, -1),
        ` ${s.enum[0]}`, escaped(pick(s.enum)), escaped(`${s.enum[0]}x`), s.enum[0].split('').reverse().join(''));
    if (s.format === 'date-time') out.push(...date_times, ...odd_date_times, escaped(date_times[0]));
    if (s.format === 'uri') out.push('no uri', 'http://[', '/relative');
    if (s.maxLength !== undefined) {
        const n = s.maxLength;
        out.push('a'.repeat(n), 'a'.repeat(n + 1), 'é'.repeat(n), 'é'.repeat(n + 1), '😀'.repeat(n), '😀'.repeat(n + 1));
        if (n <= 300) out.push(escaped('a'.repeat(n)), escaped('😀'.repeat(n)), escaped('😀'.repeat(n + 1)),
            new raw(`"${'\\n'.repeat(n)}"`), new raw(`"${'\\n'.repeat(n + 1)}"`), new raw(`"${'\\ud800'.repeat(n)}"`),
            new raw('1'.repeat(n + 1)));
    } else {
        out.push('a'.repeat(5000));
    }
    return out;
}

function number_faults(s) {
    const out = [...of_all_types, ...whole_numbers.map((text) => new raw(text))];
    if (s.minimum !== undefined) out.push(s.minimum, s.minimum - 1, new raw(`${s.minimum}.0`), new raw(`${s.minimum - 1}.5`));
    if (s.maximum !== undefined) out.push(s.maximum, s.maximum + 1, new raw(`${s.maximum}.5`), `${s.maximum + 1}`);
    if (s.multipleOf) out.push(...['8.1', '8.15', '81e-1', '815e-2', '0.3', '0.35', '16.10', '16.11', '-8.1', '-8.15',
        '1.1e1', '1.15e1', '115e-1', '1e-1', '1e-2', '0', '0.00', '100000000.1'].map((text) => new raw(text)));
    return out;
}

function array_faults(s, value) {
    const item = value[0];
    const out = [...of_all_types];
    if (item === undefined) return out;
    const repeated = (n) => Array.from({ length: n }, () => item);
    if (s.minItems !== undefined) out.push(repeated(s.minItems), repeated(s.minItems - 1));
    if (s.maxItems !== undefined && s.maxItems < 2000) out.push(repeated(s.maxItems), repeated(s.maxItems + 1));
    return out;
}

function object_faults(s, value) {
    const out = [...of_all_types, { ...value, extra: 1 }, { ...value, '': 1 }, { ...value, '"ext\\u0072a"': { b: [] } }];
    for (const name of Object.keys(value)) {
        const { [name]: removed, ...rest } = value;
        out.push(rest, { ...rest, [name.toUpperCase()]: removed });
        out.push({ ...rest, [`"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}"`]: removed });
    }
    return out;
}

// Calls `visit` for each place of a payload with the faults that may stand there; `wrap` makes the whole payload.
function faults(schema, root, value, wrap, visit) {
    const s = resolve(schema, root);
    const plain = value instanceof raw;
    if (s.type === 'string') visit(string_faults(s), wrap);
    else if (s.type === 'integer' || s.type === 'number') visit(number_faults(s), wrap);
    else if (s.type === 'boolean') visit([...of_all_types, 'true', false], wrap);
    else if (s.type === 'array' && !plain) {
        visit(array_faults(s, value), wrap);
        value.forEach((item, i) => {
            const wrap_item = (v) => wrap(value.map((old, at) => (at === i ? v : old)));
            faults(s.items, root, item, wrap_item, visit);
        });
    } else if (s.type === 'object' && !plain) {
        visit(object_faults(s, value), wrap);
        for (const [name, child] of Object.entries(s.properties ?? {}))
            if (name in value) faults(child, root, value[name], (v) => wrap({ ...value, [name]: v }), visit);
    } else {
        visit(of_all_types, wrap);
    }
}

const out = openSync(file, 'w');
let buffer = '';
function write_line(version, message, check, payload) {
    const text = to_json(payload, random() < 0.05);
    const keywords = check(JSON.parse(text))
        ? '-'
        : [...new Set(check.errors.map((e) => (e.keyword === 'format' ? `format:${e.params.format}` : e.keyword)))].sort();
    buffer += `${version}\t${message.action}\t${message.kind}\t${keywords}\t${text}\n`;
    if (buffer.length < 1 << 20) return;
    writeSync(out, buffer);
    buffer = '';
}

for (const version of versions) {
    const messages = load_schemas(version).map((m) => ({ ...m, check: ajv.compile({ ...m.schema, $id: undefined }) }));
    let count = 0;
    for (let round = 0; count < per_version; ++round) {
        // At first every member of every message, later fewer members with other faults.
        const per_place = round === 0 ? 12 : 4;
        for (const { schema, check, ...message } of messages) {
            const emit = (payload) => {
                write_line(version, message, check, payload);
                ++count;
            };
            const payload = valid(schema, schema, 0, round === 0);
            emit(payload);
            faults(schema, schema, payload, (v) => v, (list, wrap) => {
                if (list.length <= per_place) list.forEach((v) => emit(wrap(v)));
                else for (let i = 0; i < per_place; ++i) emit(wrap(pick(list)));
            });
        }
    }
    console.log(`${version}: ${count} payloads`);
}
writeSync(out, buffer);
closeSync(out);
