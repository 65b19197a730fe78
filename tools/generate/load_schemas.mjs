// The JSON schemas of every OCPP message, from the npm package ocpp-rpc, in one form for all versions.
//
//   import { versions, load_schemas } from './load_schemas.mjs';
//   load_schemas('1.6')  ->  [{ action: 'Authorize', kind: 'request', schema: { … } }, …]
//
// Sorted by action, request before response. Needs `npm ci --prefix tests/interop`.
import { readFileSync } from 'node:fs';

const folder = new URL('../../tests/interop/node_modules/ocpp-rpc/lib/schemas/', import.meta.url);

export const versions = ['1.6', '2.0.1', '2.1'];

const files = { '1.6': 'ocpp1_6.json', '2.0.1': 'ocpp2_0_1.json', '2.1': 'ocpp2_1.json' };
const counts = { '1.6': 78, '2.0.1': 128, '2.1': 181 };

// "urn:Authorize.req", "urn:Authorize.conf", "urn:AFRRSignalRequest", "urn:AFRRSignalResponse". 2.1's only SEND has
// no suffix that tells: it is a request.
function split_id(id) {
    const name = id.replace(/^urn:/, '');
    const match = /^(.*?)(\.req|\.conf|Request|Response)$/.exec(name);
    if (!match) return { action: name, kind: 'request' };
    return { action: match[1], kind: match[2] === '.req' || match[2] === 'Request' ? 'request' : 'response' };
}

const by_name = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// Copies of the schemas are around that differ from the official files in these three places.
function correct(version, messages) {
    const find = (action, kind) => messages.find((m) => m.action === action && m.kind === kind).schema;
    if (version === '1.6') {
        const { meterValue } = find('MeterValues', 'request').properties;
        const { sampledValue } = meterValue.items.properties;
        const { unit } = sampledValue.items.properties;
        delete meterValue.minItems;
        delete sampledValue.minItems;
        unit.enum = unit.enum.filter((value) => value !== 'Hertz');
    }
    if (version === '2.0.1') find('Get15118EVCertificate', 'response').properties.exiResponse.maxLength = 5600;
}

export function load_schemas(version) {
    const list = JSON.parse(readFileSync(new URL(files[version], folder), 'utf8'));
    if (list.length !== counts[version])
        throw new Error(`${files[version]}: ${list.length} schemas, expected ${counts[version]}`);
    const messages = list.map((schema) => ({ ...split_id(schema.$id), schema }));
    messages.sort((a, b) => by_name(a.action, b.action) || by_name(a.kind, b.kind));
    correct(version, messages);
    return messages;
}
