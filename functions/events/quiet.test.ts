import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentsOf, refusalsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { advanceCustomer, loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { handler as enrol } from './enrol.ts';
import { handler as ingest } from './ingest.ts';

/*
 * History that is brought in (`context.quiet`, a backfill) makes tags and starts no journey. What comes of it later, by
 * time alone, is news again.
 */
const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;

beforeAll(async () => {
  tables = await startTables();
  machines = await startHandDriven(() => Date.parse(NOW));
});
afterAll(async () => {
  setClock(undefined);
  await machines.stop();
  await tables.stop();
});

const words = (text: string) => ({ zh: text, en: text });
const TAGS = [
  { key: 'bought', name: words('bought'), category: 'value', when: { did: { event: 'Order' } } },
  { key: 'silent', name: words('silent'), category: 'behaviour', when: { silent: { for: 'P7D', event: 'Order' } } },
];

beforeEach(async () => {
  await tables.empty();
  setClock(NOW);
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: TAGS }, 0);
});

async function live(id: string, entry: ReturnType<typeof node>, more: object = {}): Promise<void> {
  const document = journey(id, {
    entry: { reentry: { type: 'always' } },
    nodes: [entry, node('wait', 'wait', { duration: 'P7D' }), node('end', 'exit')],
    edges: edges('in -> wait', 'wait -> end'),
    ...more,
  });
  await saveDraft({ id, name: id, document, base: 0, now: NOW });
  await publishJourney(id, 1);
}

const QUIET = { context: { quiet: true } };
const event = (name: string, at: string, more: object = {}) =>
  ingest(busBatch([tracked('li', name, at, more)]), lambdaContext);
const deliver = async () => enrol({ Records: await insertedRows(tables, 'profiles') }, lambdaContext);
const passages = async () => (await enrolmentsOf('li')).map(({ journey: id, status }) => [id, status]);

describe('quiet history', () => {
  it('gives the tags it gives, and lets her into no journey, neither by event nor by tag', async () => {
    await live('on-order', node('in', 'enter-event', { event: 'Order' }));
    await live('on-tag', node('in', 'enter-tag', { key: 'bought', op: 'added' }));
    await event('Order', '2026-02-28T00:00:00Z', QUIET);
    await deliver();
    expect(Object.keys((await loadState('li')).state.tags)).toEqual(['bought']);
    expect([await passages(), await refusalsOf(['li'])]).toEqual([[], []]);

    await event('Order', '2026-03-01T00:00:00Z');
    await deliver();
    expect(await passages()).toEqual([['on-order', 'active']]);
  });

  it('in one batch with news does not make the news quiet', async () => {
    await live('on-tag', node('in', 'enter-tag', { key: 'bought', op: 'added' }));
    await live('on-visit', node('in', 'enter-event', { event: 'Visit' }));
    const batch = [
      tracked('li', 'Visit', '2026-03-01T10:00:00Z'),
      tracked('li', 'Order', '2026-01-01T00:00:00Z', QUIET),
    ];
    await ingest(busBatch(batch), lambdaContext);
    await deliver();
    expect(await passages()).toEqual([['on-visit', 'active']]);
  });

  it('does not swallow what time was about to change', async () => {
    await live('wake-up', node('in', 'enter-tag', { key: 'silent', op: 'added' }));
    setClock('2026-02-20T00:00:00.000Z');
    await event('Order', '2026-02-19T00:00:00Z');
    setClock(NOW);
    await event('Visit', '2026-01-05T00:00:00Z', QUIET);
    await deliver();
    expect(await passages()).toEqual([['wake-up', 'active']]);
  });

  it('of long ago is quiet about the silence it led to; a silence that begins later is news', async () => {
    await live('wake-up', node('in', 'enter-tag', { key: 'silent', op: 'added' }));
    await event('Order', '2026-01-05T00:00:00Z', QUIET);
    await deliver();
    expect(Object.keys((await loadState('li')).state.tags)).toEqual(['bought', 'silent']);
    expect(await passages()).toEqual([]);

    await event('Order', '2026-02-28T00:00:00Z', QUIET);
    setClock('2026-03-08T00:00:00.000Z');
    await advanceCustomer('li', { inputs: [{ type: 'time' }] }, await currentRules(), '2026-03-08T00:00:00.000Z');
    await deliver();
    expect(await passages()).toEqual([['wake-up', 'active']]);
  });

  it('is no conversion when it lies before she came in, and is one when it lies after', async () => {
    const goal = { goals: [{ id: 'g', name: '下单', on: { type: 'event', event: 'Order' } }] };
    await live('to-order', node('in', 'enter-event', { event: 'Visit' }), goal);
    await event('Visit', '2026-03-01T11:00:00Z');
    await deliver();
    await event('Order', '2026-02-01T00:00:00Z', QUIET);
    await deliver();
    expect(await passages()).toEqual([['to-order', 'active']]);
    setClock('2026-03-01T13:00:00.000Z');
    await event('Order', '2026-03-01T12:30:00Z', QUIET);
    await deliver();
    expect(await passages()).toEqual([['to-order', 'goal']]);
  });

  it('ends a passage that is not for who she turns out to be', async () => {
    const exit = { exits: [{ id: 'x', name: '老客', on: { type: 'tagAdded', key: 'bought' } }] };
    await live('for-the-new', node('in', 'enter-event', { event: 'Visit' }), exit);
    await event('Visit', '2026-03-01T11:00:00Z');
    await deliver();
    await event('Order', '2025-11-11T00:00:00Z', QUIET);
    await deliver();
    expect(await passages()).toEqual([['for-the-new', 'exited']]);
  });

  it('may be asked for by whoever advances a customer, as a backfill does', async () => {
    await live('on-tag', node('in', 'enter-tag', { key: 'vip', op: 'added' }));
    const vip = { key: 'vip', name: words('vip'), category: 'value', manual: true as const };
    await putRuleset({ version: 1, zone: 'Asia/Shanghai', groups: [], tags: [...TAGS, vip] }, 1);
    const input = { type: 'tag' as const, op: 'add' as const, key: 'vip', cause: 'backfill' };
    await advanceCustomer('li', { inputs: [input], quiet: true }, await currentRules(), NOW);
    await deliver();
    expect(Object.keys((await loadState('li')).state.tags)).toEqual(['vip']);
    expect(await passages()).toEqual([]);
  });
});
