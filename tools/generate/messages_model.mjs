// The types of one OCPP version, out of its schemas.
//
//   { enums:   [{ name, values: [{ name, text }] }],
//     structs: [{ name, members: [{ name, required, array, type, schema }] }],    what a struct holds stands before it
//     actions: [{ name, request, response }] }                      names of structs; response null: never answered
//
// type: { kind: 'string' | 'integer' | 'number' | 'boolean' | 'json' } or { kind: 'enum' | 'struct', name }
import { load_schemas } from './load_schemas.mjs';
import { definition_name, enumerator, identifier, inline_name } from './messages_names.mjs';

const plain_kinds = ['string', 'integer', 'number', 'boolean'];

class model_builder {
    constructor(version) {
        this.version = version;
        this.enums = new Map();
        this.structs = new Map();
    }

    add_enum(name, texts) {
        const values = texts.map((text) => ({ name: enumerator(text), text }));
        if (new Set(values.map((value) => value.name)).size !== values.length)
            throw new Error(`${name}: two values share a C++ name`);
        this.add(this.enums, { name, values });
    }

    add_struct(name, schema, definitions) {
        const required = new Set(schema.required ?? []);
        const members = Object.entries(schema.properties ?? {}).map(([member, member_schema]) => ({
            name: identifier(member),
            required: required.has(member),
            ...this.member_type(name, member, member_schema, definitions),
        }));
        for (const member of required)
            if (!(member in schema.properties)) throw new Error(`${name}.${member} is required but not described`);
        members.sort((a, b) => (a.name === 'customData') - (b.name === 'customData'));
        this.add(this.structs, { name, members });
    }

    // A type that stands in several messages must be the same in all of them.
    add(types, type) {
        const known = types.get(type.name);
        if (!known) types.set(type.name, type);
        else if (shape(known) !== shape(type)) throw new Error(`OCPP ${this.version}: two different types ${type.name}`);
    }

    member_type(owner, member, schema, definitions) {
        if (schema.type !== 'array') return { array: false, schema, type: this.type(owner, member, schema, definitions) };
        if (schema.items.type === 'array') throw new Error(`${owner}.${member}: array of arrays`);
        return { array: true, schema, type: this.type(owner, member, schema.items, definitions) };
    }

    type(owner, member, schema, definitions) {
        if (schema.$ref) {
            const name = schema.$ref.replace('#/definitions/', '');
            return this.named_type(definition_name(this.version, name), definitions[name], definitions);
        }
        if (schema.enum || schema.properties)
            return this.named_type(inline_name(this.version, owner, member, !!schema.enum), schema, definitions);
        if (schema.type === undefined) return { kind: 'json', schema };
        if (!plain_kinds.includes(schema.type)) throw new Error(`${owner}.${member}: type ${schema.type}`);
        return { kind: schema.type, schema };
    }

    named_type(name, schema, definitions) {
        if (schema.enum) {
            this.add_enum(name, schema.enum);
            return { kind: 'enum', name };
        }
        // CustomDataType: whatever a vendor likes.
        if (schema.additionalProperties !== false) return { kind: 'json', schema };
        this.add_struct(name, schema, definitions);
        return { kind: 'struct', name };
    }
}

function shape(type) {
    return JSON.stringify(type, (key, value) => (key === 'schema' ? undefined : value));
}

const by_name = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/// Alphabetic, but each struct after those it holds.
function in_order(structs) {
    const sorted = [];
    const place = (struct, holders) => {
        if (sorted.includes(struct)) return;
        if (holders.includes(struct)) throw new Error(`${struct.name} holds itself`);
        for (const { type } of struct.members)
            if (type.kind === 'struct') place(structs.get(type.name), [...holders, struct]);
        sorted.push(struct);
    };
    for (const struct of [...structs.values()].sort(by_name)) place(struct, []);
    return sorted;
}

function refuse_shared_names(names) {
    const seen = new Set();
    for (const name of names) {
        if (seen.has(name)) throw new Error(`two things are called ${name}`);
        seen.add(name);
    }
}

export function build_model(version) {
    const builder = new model_builder(version);
    const actions = new Map();
    for (const { action, kind, schema } of load_schemas(version)) {
        const name = action + (kind === 'request' ? 'Request' : 'Response');
        builder.add_struct(name, schema, schema.definitions ?? {});
        if (!actions.has(action)) actions.set(action, { name: identifier(action), request: null, response: null });
        actions.get(action)[kind] = name;
    }
    const model = {
        version,
        enums: [...builder.enums.values()].sort(by_name),
        structs: in_order(builder.structs),
        actions: [...actions.values()].sort(by_name),
    };
    for (const { name, request } of model.actions) if (!request) throw new Error(`${name} has no request`);
    refuse_shared_names([...model.enums, ...model.structs, ...model.actions].map((type) => type.name));
    return model;
}
