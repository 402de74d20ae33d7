import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Journey } from '../../shared/journey/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { timeline } from '../http/timeline.ts';
import { enrolmentsOf, refusalsOf } from '../ports/enrolments/index.ts';
import { readDraft, saveDraft } from '../ports/journeys/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler as enrol } from './enrol.ts';
import { handler as ingest } from './ingest.ts';

const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
let count = 0;
let id = '';

beforeAll(async () => {
  tables = await startTables();
  setClock(NOW);
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never, states() as never);
});
afterAll(async () => {
  await machines.stop();
  await tables.stop();
});
beforeEach(async () => {
  await tables.empty();
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [] }, 0);
});

/** A journey entered by `In`, left by `Out`, with a long wait inside. */
async function live(more: Partial<Journey> = {}): Promise<void> {
  id = `enrol-${++count}`;
  const document = journey(id, {
    entry: { reentry: { type: 'always' } },
    exits: [{ id: 'out', name: '离开', on: { type: 'event', event: 'Out' } }],
    nodes: [node('in', 'enter-event', { event: 'In' }), node('wait', 'wait', { duration: 'P7D' }), node('end', 'exit')],
    edges: edges('in -> wait', 'wait -> end'),
    ...more,
  });
  await saveDraft({ id, name: id, document, base: 0, now: NOW });
  await publishJourney(id, 1);
}

const event = (name: string, minute: number) =>
  ingest(
    busBatch([tracked('li', name, new Date(Date.parse(NOW) - 3_600_000 + minute * 60_000).toISOString())]),
    lambdaContext,
  );
const records = () => insertedRows(tables, 'profiles');
const deliver = async (list?: Awaited<ReturnType<typeof records>>) =>
  enrol({ Records: list ?? (await records()) }, lambdaContext);
const passages = async () => (await enrolmentsOf('li')).filter((one) => one.journey === id);
const running = async () => Object.entries(await machines.executions()).filter(([name]) => name.startsWith(id));

describe('events/enrol', () => {
  it('is held up by nothing that an app sends: ids of 64 bits, infinity, members called as those of every object', async () => {
    await live();
    const properties = JSON.parse(
      '{"order_id":1234567890123456789,"total":1e400,"constructor":{"name":"Set"}}',
    ) as object;
    await ingest(busBatch([tracked('li', 'In', '2026-03-01T11:00:00.000Z', { properties })]), lambdaContext);
    expect((await deliver()).batchItemFailures).toEqual([]);
    const [passage] = await passages();
    expect(passage?.cause.properties).toEqual({
      order_id: '1234567890123456800',
      total: null,
      constructor: { name: 'Set' },
    });
  });

  it('lets her in once and starts one execution, wherever it is cut off and however often it is told', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 0; n < 4; n++) {
        await tables.empty();
        await live();
        await event('In', 0);
        sdk.breakAt(n, when);
        await deliver().catch(() => undefined);
        sdk.breakAt(undefined);
        expect((await deliver()).batchItemFailures).toEqual([]);
        await deliver();
        expect(await passages()).toMatchObject([{ n: 1, status: 'active', at: 'wait' }]);
        expect(await refusalsOf(['li'])).toEqual([]);
        expect(await running()).toEqual([[`${(await passages())[0]!.id}.1`, 'RUNNING']]);
      }
    }
  });

  it('ends her passage and its execution, wherever it is cut off', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 0; n < 4; n++) {
        await tables.empty();
        await live();
        await event('In', 0);
        await deliver();
        await event('Out', 1);
        sdk.breakAt(n, when);
        await deliver().catch(() => undefined);
        sdk.breakAt(undefined);
        await deliver();
        expect(await passages()).toMatchObject([{ n: 1, status: 'exited', end: { reason: '离开' } }]);
        expect((await running()).map(([, status]) => status)).toEqual(['ABORTED']);
      }
    }
  });

  it('is not misled by records that come again after others: an old exit ends no new passage', async () => {
    await live();
    await event('In', 0);
    await event('Out', 1);
    await event('In', 2);
    const all = await records();
    await deliver(all);
    await deliver(all);
    await deliver(all.slice(1));
    expect((await passages()).map(({ n, status }) => [n, status])).toEqual([
      [1, 'exited'],
      [2, 'active'],
    ]);
  });

  it('keeps a refusal a refusal, even when what stood against it is gone by the time the record comes again', async () => {
    await live();
    await event('In', 0);
    await event('In', 1);
    const second = (await records()).slice(1);
    await deliver();
    expect((await refusalsOf(['li'])).map(({ reason }) => reason)).toEqual(['active']);
    await event('Out', 2);
    await deliver();
    await deliver(second);
    expect((await passages()).map(({ status }) => status)).toEqual(['exited']);
  });

  it('names the record at which to begin again, and the others of the batch go through', async () => {
    await live();
    await event('In', 0);
    await ingest(busBatch([tracked('an', 'In', NOW)]), lambdaContext);
    const all = await records();
    sdk.reset();
    // List of journeys, two times the passages, then the first start of an execution.
    sdk.breakAt(5, 'before');
    const { batchItemFailures } = await deliver(all);
    expect(batchItemFailures).toHaveLength(1);
    expect(all.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toContain(batchItemFailures[0]?.itemIdentifier);
    await deliver(all);
    expect((await running()).map(([, status]) => status)).toEqual(['RUNNING', 'RUNNING']);
  });

  it('ends and enters by the same event: the old passage first, then a new one', async () => {
    await live({ exits: [{ id: 'again', name: '重来', on: { type: 'event', event: 'In' } }] });
    await event('In', 0);
    await deliver();
    await event('In', 1);
    await deliver();
    await deliver();
    expect((await passages()).map(({ n, status }) => [n, status])).toEqual([
      [1, 'exited'],
      [2, 'active'],
    ]);
  });
});

describe('journeys of one family', () => {
  const entry = { reentry: { type: 'always' }, family: 'groups' } as const;
  const both = async () => {
    await live({ entry });
    const first = id;
    await live({ entry });
    return [first, id] as const;
  };
  const active = async () => (await enrolmentsOf('li')).filter(({ status }) => status === 'active');

  it('have her one at a time; the other says why, and has her once she is out', async () => {
    const [first, second] = await both();
    await event('In', 0);
    await deliver();
    const [one] = await active();
    expect(await active()).toHaveLength(1);
    const [refusal] = await refusalsOf(['li']);
    expect(refusal).toMatchObject({ reason: 'family', journey: one!.journey === first ? second : first });
    expect(refusal).toMatchObject({ inside: one!.journey });
    // What a journey is called may change: the reason says its name of today.
    const why = async () =>
      (await timeline('li', undefined, 50, true)).items.find(({ type }) => type === 'refusal')!['why'];
    expect(await why()).toMatchObject({ zh: `她正在同一组的旅程「${one!.journey}」里` });
    const draft = (await readDraft(one!.journey))!;
    const renamed = { ...(draft.document as Journey), name: '唤醒' };
    await saveDraft({ id: one!.journey, name: '唤醒', document: renamed, base: draft.revision, now: NOW });
    expect(await why()).toMatchObject({ zh: '她正在同一组的旅程「唤醒」里' });
    await event('Out', 1);
    await deliver();
    expect(await active()).toEqual([]);
    await event('In', 2);
    await deliver();
    expect(await active()).toHaveLength(1);
  });

  it('do not both let her in, though two readers work on what happened at the same moment', async () => {
    for (let n = 0; n < 6; n++) {
      await tables.empty();
      const name = `Other-${count}`;
      await live({ entry });
      const nodes = [node('in', 'enter-event', { event: name }), node('wait', 'wait', { duration: 'P7D' })];
      await live({ entry, nodes, edges: edges('in -> wait') });
      await event('In', 0);
      const here = await records();
      await event(name, 1);
      const there = (await records()).filter(({ dynamodb }) => !here.some((one) => same(one.dynamodb, dynamodb)));
      await Promise.all([deliver(here), deliver(there)]);
      expect(await active()).toHaveLength(1);
      expect((await refusalsOf(['li'])).map(({ reason }) => reason)).toEqual(['family']);
    }
  });

  it('do not care for journeys of no family', async () => {
    await both();
    await live();
    await event('In', 0);
    await deliver();
    expect((await active()).map((one) => one.journey)).toContain(id);
    expect(await active()).toHaveLength(2);
  });
});

describe('a journey that keeps some customers out', () => {
  const tag = (key: string, more: object) => ({ key, name: { zh: key, en: key }, category: 'value', ...more });
  const rules = () =>
    putRuleset(
      {
        version: 1,
        zone: 'Asia/Shanghai',
        groups: [],
        tags: [
          tag('care', { when: { did: { event: 'Cared' } } }),
          tag('topic', { when: { did: { event: 'Viewed' } }, family: { by: 'properties.about', bound: 5 } }),
        ],
        segments: [
          {
            id: 'staff',
            name: { zh: '员工', en: 'Staff' },
            goal: { zh: '-', en: '-' },
            when: { did: { event: 'Hired' } },
          },
        ],
      } as never,
      1,
    );
  const keepsOut = (exclude: object) => live({ entry: { reentry: { type: 'always' }, exclude } as never });
  const outcomes = async () => (await passages()).map(({ status, end }) => [status, end?.reason, end?.cause?.name]);
  const refusals = async () => (await refusalsOf(['li'])).map(({ reason, why }) => [reason, why?.zh]);
  beforeEach(rules);

  it('does not let them in, and says why; whoever is not one of them comes in', async () => {
    await keepsOut({ tags: ['care'], segments: ['staff'] });
    await event('Cared', 0);
    await event('In', 1);
    await deliver();
    expect(await passages()).toEqual([]);
    expect(await refusals()).toEqual([['kept-out', '有标签「care」']]);
    await ingest(busBatch([tracked('an', 'In', NOW)]), lambdaContext);
    await deliver();
    expect((await enrolmentsOf('an')).filter(({ journey }) => journey === id)).toMatchObject([{ status: 'active' }]);
  });

  it('ends the passage of who becomes one of them, where it is told to, by tag, by family or by segment', async () => {
    for (const [exclude, name, by] of [
      [{ tags: ['care'], ends: true }, 'Cared', 'care'],
      [{ segments: ['staff'], ends: true }, 'Hired', 'staff'],
    ] as const) {
      await tables.empty();
      await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [] }, 0);
      await rules();
      await keepsOut(exclude);
      await event('In', 0);
      await deliver();
      await event(name, 1);
      await deliver();
      await deliver();
      expect(await outcomes()).toEqual([['exited', 'kept-out', by]]);
      expect((await running()).map(([, status]) => status)).toEqual(['ABORTED']);
    }
  });

  it('lets her walk on to the end where it is not', async () => {
    await keepsOut({ tags: ['care'] });
    await event('In', 0);
    await deliver();
    await event('Cared', 1);
    await deliver();
    expect(await outcomes()).toEqual([['active', undefined, undefined]]);
  });

  it('means every value of a family by its key', async () => {
    await keepsOut({ tags: ['topic'], ends: true });
    await event('In', 0);
    await deliver();
    const about = tracked('li', 'Viewed', NOW, { properties: { about: 'cream' } });
    await ingest(busBatch([about]), lambdaContext);
    await deliver();
    expect(await outcomes()).toEqual([['exited', 'kept-out', 'topic:cream']]);
    await ingest(busBatch([tracked('li', 'In', NOW)]), lambdaContext);
    await deliver();
    expect((await refusals())[0]).toEqual(['kept-out', '有标签「topic」']);
  });
});

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify((a as { Keys?: unknown }).Keys) === JSON.stringify((b as { Keys?: unknown }).Keys);
