// The gateway's description of itself, as a judge of what it says.
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import assert from 'node:assert/strict';

/** Schemas that others are made of cannot be closed: what the others add would be too much for them. */
function parts(schemas) {
  const found = new Set();
  for (const { allOf = [] } of Object.values(schemas)) for (const { $ref } of allOf) if ($ref) found.add($ref.split('/').at(-1));
  return found;
}

/** A validator for pointers into the description, `voltgate#/components/...`, to which every member must be described. */
export function judge(description) {
  const closed = structuredClone(description);
  const { schemas } = closed.components;
  const open = parts(schemas);
  for (const [name, schema] of Object.entries(schemas)) {
    if ((schema.properties || schema.allOf) && schema.additionalProperties === undefined && !open.has(name)) {
      schema.unevaluatedProperties = false;
    }
  }
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(closed, 'voltgate');
  return ajv;
}

/** Holds all that a gateway has stored against the description, if it can be read. */
export async function judgeEvents(url) {
  const ask = (target) => fetch(url + target).catch(() => undefined);
  const answer = await ask('/api/v1/openapi.json');
  const page = await ask('/api/v1/events?limit=10000');
  if (answer?.status !== 200 || page?.status !== 200) return;
  const description = await answer.json();
  const ajv = judge(description);
  const { mapping } = description.components.schemas.Event.discriminator;
  for (const event of (await page.json()).items) {
    const valid = ajv.validate(`voltgate${mapping[event.eventType]}`, event);
    assert.ok(valid, `an event is not what the description says: ${ajv.errorsText()}\n${JSON.stringify(event)}`);
  }
}
