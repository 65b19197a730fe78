// A program of a user: starts and stops a session with the client that is generated from the description.
// Arguments: the gateway's URL, the charge point's id. Prints what became of it as JSON.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/voltgate.js';

type Event = components['schemas']['Event'];

const [url = '', chargePointId = ''] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: url });

async function act(action: components['schemas']['ActionName'], parameters: Record<string, unknown>): Promise<void> {
  const { data, error } = await client.POST('/api/v1/charge-points/{chargePointId}/actions/{action}', {
    params: { path: { chargePointId, action } },
    body: { parameters },
  });
  if (error) throw new Error(`${action}: ${JSON.stringify(error)}`);
  if (!('result' in data) || data.result.status !== 'accepted') throw new Error(`${action}: ${JSON.stringify(data)}`);
}

async function* events(): AsyncGenerator<Event> {
  let after = '0';
  for (;;) {
    const { data, error } = await client.GET('/api/v1/events', { params: { query: { after, chargePointId } } });
    if (error) throw new Error(error.detail);
    yield* data.items;
    after = data.next;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// A program switches on the type of a problem.
const unknown = await client.GET('/api/v1/charge-points/{chargePointId}', {
  params: { path: { chargePointId: 'nobody' } },
});
const problem: components['schemas']['ProblemType'] | undefined = unknown.error?.type;
if (problem !== 'urn:voltgate:problem:unknown-charge-point') throw new Error(`a problem of type ${problem}`);

await act('start', { evseId: 1, idTag: 'TAG-1' });
for await (const event of events()) {
  if (event.eventType === 'transaction.started') {
    const { transactionId }: { transactionId: string | null } = event.payload;
    await act('stop', { transactionId });
  } else if (event.eventType === 'transaction.stopped') {
    const { transactionId, energyWh, reason } = event.payload;
    console.log(JSON.stringify({ transactionId, energyWh, reason }));
    break;
  }
}
