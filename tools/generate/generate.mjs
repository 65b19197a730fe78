// Writes src/ocpp/generated/schema_v*.cpp: the schemas of every OCPP message as constexpr tables.
//
//   node tools/generate/generate.mjs           write the files
//   node tools/generate/generate.mjs --check   exit 1 when a file differs from what would be written
//
// Only structure is carried over, no descriptions. Schemas that are the same are written once per file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load_schemas, versions } from './load_schemas.mjs';

const out_folder = new URL('../../src/ocpp/generated/', import.meta.url);
const suffixes = { '1.6': 'v16', '2.0.1': 'v201', '2.1': 'v21' };

// Who sends the CALL (2.1: or SEND). What is not named here goes to the charge point.
const both = ['DataTransfer'];
const sends = ['NotifyPeriodicEventStream'];
const from_charge_point_16 = `Authorize BootNotification DiagnosticsStatusNotification FirmwareStatusNotification Heartbeat
    LogStatusNotification MeterValues SecurityEventNotification SignCertificate SignedFirmwareStatusNotification
    StartTransaction StatusNotification StopTransaction`.split(/\s+/);
const from_charge_point_201 = `Authorize BootNotification ClearedChargingLimit FirmwareStatusNotification
    Get15118EVCertificate GetCertificateStatus Heartbeat LogStatusNotification MeterValues NotifyChargingLimit
    NotifyCustomerInformation NotifyDisplayMessages NotifyEVChargingNeeds NotifyEVChargingSchedule NotifyEvent
    NotifyMonitoringReport NotifyReport PublishFirmwareStatusNotification ReportChargingProfiles
    ReservationStatusUpdate SecurityEventNotification SignCertificate StatusNotification TransactionEvent`.split(/\s+/);
const from_charge_point = {
    '1.6': from_charge_point_16,
    '2.0.1': from_charge_point_201,
    '2.1': `${from_charge_point_201.join(' ')} BatterySwap ClosePeriodicEventStream GetCertificateChainStatus
        NotifyDERAlarm NotifyDERStartStop NotifyPeriodicEventStream NotifyPriorityCharging NotifySettlement
        OpenPeriodicEventStream PullDynamicScheduleUpdate ReportDERControl VatNumberValidation`.split(/\s+/),
};

const annotations = ['$id', '$schema', 'title', 'description', 'comment', 'javaType', 'default', 'definitions',
    'additionalItems'];

// A schema without references and annotations, members in a fixed order: equal schemas give equal JSON.
function normalise(schema, definitions) {
    if (schema.$ref) return normalise(definitions[schema.$ref.replace('#/definitions/', '')], definitions);
    const known = ['type', 'enum', 'maxLength', 'format', 'minimum', 'maximum', 'multipleOf', 'items', 'minItems',
        'maxItems', 'properties', 'required', 'additionalProperties', ...annotations];
    const foreign = Object.keys(schema).filter((key) => !known.includes(key));
    if (foreign.length > 0) throw new Error(`keywords that the reader does not know: ${foreign}`);
    const { type } = schema;
    if (type === undefined) return { type: 'any' };
    if (type === 'string')
        return { type, enum: schema.enum, maxLength: schema.maxLength, format: schema.format };
    if (type === 'integer' || type === 'number')
        return { type, minimum: schema.minimum, maximum: schema.maximum, multipleOf: schema.multipleOf };
    if (type === 'boolean') return { type };
    if (type === 'array') {
        const { minItems, maxItems } = schema;
        return { type, minItems, maxItems, items: normalise(schema.items, definitions) };
    }
    if (type !== 'object') throw new Error(`type ${type}`);
    const properties = Object.entries(schema.properties ?? {}).map(([name, child]) => ({
        name, required: (schema.required ?? []).includes(name), schema: normalise(child, definitions),
    }));
    return { type, open: schema.additionalProperties !== false, properties };
}

// word_key() of src/ocpp/word_set.hpp.
const mask = (1n << 64n) - 1n;
function word_key(word) {
    const bytes = Buffer.from(word, 'latin1');
    const length = bytes.length;
    if (length >= 8) {
        const turned = (at, bits) => {
            const value = bytes.readBigUInt64LE(at);
            return ((value << bits) | (value >> (64n - bits))) & mask;
        };
        const middle = (length >> 1) - 4;
        return ((turned(0, 0n) ^ turned(middle, 13n) ^ turned(length - 8, 29n)) + BigInt(length)) & mask;
    }
    if (length >= 4)
        return (BigInt(bytes.readUInt32LE(0)) | (BigInt(bytes.readUInt32LE(length - 4)) << 32n)) + BigInt(length);
    if (length === 0) return 0n;
    return BigInt(bytes[0] | (bytes[length >> 1] << 8) | (bytes[length - 1] << 16)) + BigInt(length);
}

// A multiplier that sends every word to a slot of its own: the first that works of a fixed sequence.
function perfect_hash(words) {
    const keys = words.map(word_key);
    if (new Set(keys).size !== keys.length) throw new Error(`word_key cannot tell apart some of ${words}`);
    let multiplier = 0x9e3779b97f4a7c15n;
    for (let bits = Math.max(1, Math.ceil(Math.log2(Math.max(1, words.length)))); bits <= 12; ++bits) {
        const shift = BigInt(64 - bits);
        for (let attempt = 0; attempt < 2000; ++attempt) {
            multiplier = ((multiplier * 6364136223846793005n + 1442695040888963407n) & mask) | 1n;
            const slots = new Array(1 << bits).fill(255);
            const fits = keys.every((key, i) => {
                const slot = Number(((key * multiplier) & mask) >> shift);
                if (slots[slot] !== 255) return false;
                slots[slot] = i;
                return true;
            });
            if (fits) return { multiplier, shift: 64 - bits, slots };
        }
    }
    throw new Error(`no perfect hash for ${words}`);
}

// Breaks a list of items into lines of at most 120 columns.
function wrap(items, indent) {
    const lines = [];
    let line = indent;
    for (const item of items) {
        if (line.length > indent.length && line.length + item.length + 2 > 120) {
            lines.push(line.trimEnd());
            line = indent;
        }
        line += `${item}, `;
    }
    lines.push(line.trimEnd());
    return lines.join('\n');
}

class file_writer {
    body = [];
    names = new Map();

    // The name under which `text` was declared; declares it the first time.
    declare(prefix, key, make) {
        const id = `${prefix} ${key}`;
        if (!this.names.has(id)) {
            const name = `${prefix}${[...this.names.keys()].filter((k) => k.startsWith(`${prefix} `)).length}`;
            this.body.push(make(name));
            this.names.set(id, name);
        }
        return this.names.get(id);
    }

    words(list) {
        if (list.length > 254) throw new Error(`${list.length} words are too many for one set`);
        return this.declare('w', JSON.stringify(list), (name) => {
            const { multiplier, shift, slots } = perfect_hash(list);
            const texts = list.length === 0 ? ['""'] : list.map((word) => JSON.stringify(word));
            return `constexpr std::string_view ${name}_words[] = {\n${wrap(texts, '    ')}\n};\n` +
                `constexpr std::uint8_t ${name}_slots[] = {\n${wrap(slots.map(String), '    ')}\n};\n` +
                `constexpr word_set ${name}{${name}_words, ${name}_slots, ` +
                `0x${multiplier.toString(16)}U, ${shift}, ${list.length}};`;
        });
    }

    expression(s) {
        if (s.type === 'any') return 'anything()';
        if (s.type === 'boolean') return 'boolean()';
        if (s.type === 'integer' || s.type === 'number') {
            let text = `${s.type}()`;
            if (s.minimum !== undefined) text = `at_least(${text}, ${s.minimum})`;
            if (s.maximum !== undefined) text = `at_most(${text}, ${s.maximum})`;
            if (s.multipleOf !== undefined) {
                const decimals = Math.round(-Math.log10(s.multipleOf));
                if (decimals < 1 || Number(`1e-${decimals}`) !== s.multipleOf)
                    throw new Error(`multipleOf ${s.multipleOf} is not 0.1, 0.01, …`);
                text = `rounded(${text}, ${decimals})`;
            }
            return text;
        }
        if (s.type === 'string') {
            if (s.enum) return `choice(${this.words(s.enum)})`;
            if (s.format === 'date-time') return 'date_time()';
            if (s.format === 'uri') return 'uri()';
            if (s.format !== undefined) throw new Error(`format ${s.format}`);
            return s.maxLength === undefined ? 'string()' : `string(${s.maxLength})`;
        }
        if (s.type === 'array') {
            const item = this.schema(s.items);
            if (s.maxItems !== undefined) return `list(${item}, ${s.minItems ?? 0}, ${s.maxItems})`;
            return s.minItems === undefined ? `list(${item})` : `list(${item}, ${s.minItems})`;
        }
        const children = s.properties.map((p) => `&${this.schema(p.schema)}`);
        const names = this.words(s.properties.map((p) => p.name));
        const required = s.properties.reduce((bits, p, i) => (p.required ? bits | (1n << BigInt(i)) : bits), 0n);
        if (children.length > 64) throw new Error('more than 64 members');
        const list = children.length === 0 ? 'nullptr' : this.declare('c', children.join(' '),
            (name) => `constexpr const schema* ${name}[] = {\n${wrap(children, '    ')}\n};`);
        const text = `object(${names}, ${list}, 0x${required.toString(16)}U)`;
        return s.open ? `open(${text})` : text;
    }

    schema(s) {
        const key = JSON.stringify(s);
        const known = this.names.get(`s ${key}`);
        if (known) return known;
        const text = this.expression(s);
        return this.declare('s', key, (name) => `constexpr schema ${name} = ${text};`);
    }
}

function direction(version, action) {
    if (both.includes(action)) return 'both';
    return from_charge_point[version].includes(action) ? 'from_charge_point' : 'to_charge_point';
}

function render(version) {
    const messages = load_schemas(version);
    const actions = [...new Set(messages.map((m) => m.action))];
    const unknown = from_charge_point[version].filter((name) => !actions.includes(name));
    if (unknown.length > 0) throw new Error(`${version} has no ${unknown}`);
    const file = new file_writer();
    const rows = actions.map((action, index) => {
        const name_of = (kind) => {
            const message = messages.find((m) => m.action === action && m.kind === kind);
            return message ? `&${file.schema(normalise(message.schema, message.schema.definitions))}` : 'nullptr';
        };
        return `    {"${action}", ${index}, direction::${direction(version, action)}, ` +
            `${sends.includes(action)}, ${name_of('request')}, ${name_of('response')}},`;
    });
    const names = file.words(actions);
    return `// The messages of OCPP ${version}. Written by tools/generate/generate.mjs; do not edit.
// clang-format off
#include "ocpp/schema_table.hpp"

namespace voltgate::ocpp {

namespace {

using namespace table;

${file.body.join('\n')}

constexpr action_info rows[] = {
${rows.join('\n')}
};

}  // namespace

const action_table actions_${suffixes[version]}{rows, &${names}};

}  // namespace voltgate::ocpp
`;
}

function current(url) {
    try {
        return readFileSync(url, 'utf8');
    } catch (error) {
        if (error.code === 'ENOENT') return undefined;
        throw error;
    }
}

const check = process.argv[2] === '--check';
if (process.argv.length > (check ? 3 : 2)) {
    console.error('usage: generate.mjs [--check]');
    process.exit(2);
}
mkdirSync(out_folder, { recursive: true });
let stale = 0;
for (const version of versions) {
    const url = new URL(`schema_${suffixes[version]}.cpp`, out_folder);
    const text = render(version);
    if (current(url) === text) continue;
    if (check) {
        console.error(`${url.pathname} is not what tools/generate/generate.mjs writes; run it and commit the result`);
        ++stale;
    } else {
        writeFileSync(url, text);
    }
}
process.exit(stale > 0 ? 1 : 0);
