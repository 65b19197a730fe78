// Writes the typed messages of every OCPP version: public headers, conversions, examples for the tests.
//
//   node tools/generate/messages.mjs            writes what has changed
//   node tools/generate/messages.mjs --check    writes nothing; exit 1 when a committed file differs
//
// Needs `npm ci --prefix tests/interop`.
import { readFileSync, writeFileSync } from 'node:fs';

import { versions } from './load_schemas.mjs';
import { header, short_name, source } from './messages_cpp.mjs';
import { examples } from './messages_examples.mjs';
import { build_model } from './messages_model.mjs';

const root = new URL('../../', import.meta.url);

function generated_files() {
    const models = versions.map(build_model);
    const files = new Map();
    for (const model of models) {
        files.set(`include/voltgate/ocpp/${short_name(model.version)}.hpp`, header(model));
        files.set(`src/ocpp/generated/messages_${short_name(model.version)}.cpp`, source(model));
    }
    files.set('tests/unit/ocpp/typed_examples.inc', examples(models));
    return files;
}

function committed_text(path) {
    try {
        return readFileSync(new URL(path, root), 'utf8');
    } catch (error) {
        if (error.code === 'ENOENT') return null;
        throw error;
    }
}

const only_check = process.argv.includes('--check');
const changed = [...generated_files()].filter(([path, text]) => committed_text(path) !== text);
for (const [path, text] of changed) {
    console.log(`${path}: ${only_check ? 'differs from what tools/generate/messages.mjs writes' : 'written'}`);
    if (!only_check) writeFileSync(new URL(path, root), text);
}
if (only_check && changed.length) process.exitCode = 1;
