import { afterAll, beforeAll, expect, it } from 'vitest';
import { busBatch } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as enrol } from '../events/enrol.ts';
import { handler as ingest } from '../events/ingest.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { separate } from './index.ts';

/* What she is in because of the other's doing ends when they are separated, wherever that breaks off. */
const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never, states() as never);
  const twice = { did: { event: 'View', count: { op: 'gte' as const, value: 2 } } };
  const keen = { key: 'keen', name: { zh: '看过两次', en: 'keen' }, category: 'value', when: twice };
  await putRuleset({ version: 0, zone: 'UTC', groups: [], tags: [keen] }, 0);
  await live('asked', node('in', 'enter-event', { event: 'Ask' }));
  await live('keen', node('in', 'enter-tag', { op: 'added', key: 'keen' }));
  await live('looked', node('in', 'enter-event', { event: 'View' }));
});
afterAll(async () => {
  setClock(undefined);
  await machines.stop();
  await tables.stop();
});

async function live(id: string, entry: ReturnType<typeof node>): Promise<void> {
  const nodes = [entry, node('wait', 'wait', { duration: 'P7D' }), node('end', 'exit')];
  const document = journey(id, { nodes, edges: edges('in -> wait', 'wait -> end') });
  await saveDraft({ id, name: id, document, base: 0, now: NOW });
  await publishJourney(id, 1);
}

let n = 0;
const message = (type: string, userId: string, more: object) => ({
  type,
  userId,
  messageId: `m-${++n}`,
  timestamp: new Date(Date.parse(NOW) - 86_400_000 + n * 1000).toISOString(),
  ...more,
});
/** Told to the journeys, too. */
async function happens(...messages: object[]): Promise<void> {
  expect((await ingest(busBatch(messages), lambdaContext)).batchItemFailures).toEqual([]);
  await enrol({ Records: await insertedRows(tables, 'profiles') }, lambdaContext);
}
const ended = async (id: string) =>
  (await enrolmentsOf(id)).map((one) => [one.journey, one.status, one.end?.reason ?? ''].join(' ').trim()).sort();

it('ends once and for good, its execution stopped, however often and wherever the separation breaks off', async () => {
  for (let call = 1; call < 40; call += 5) {
    const [li, wang] = [`li-${call}`, `wang-${call}`];
    await happens(message('track', li, { event: 'View' }), message('track', wang, { event: 'Visit' }));
    await happens(message('alias', li, { previousId: wang }));
    await happens(message('track', wang, { event: 'Ask' }), message('track', wang, { event: 'View' }));
    expect(await ended(li)).toEqual(['asked active', 'keen active', 'looked active']);
    const apart = async () => separate({ customer: li, id: wang, to: `${wang}-2` }, 'ling', await currentRules(), NOW);
    sdk.breakAt(call, call % 2 === 1 ? 'before' : 'after');
    const first = await apart().catch(() => 'broken');
    sdk.breakAt(undefined);
    // It may have been done, and only the answer lost.
    if (first !== 'done') expect(['done', 'not-joined'], String(call)).toContain(await apart());
    // The tag and the question were the other's; that she looked was her own.
    expect(await ended(li), String(call)).toEqual(['asked exited separated', 'keen exited separated', 'looked active']);
    expect(await ended(`${wang}-2`)).toEqual([]);
    const executions = await machines.executions();
    for (const { id, status } of await enrolmentsOf(li)) {
      expect(executions[`${id}.1`], String(call)).toBe(status === 'active' ? 'RUNNING' : 'ABORTED');
    }
  }
});
