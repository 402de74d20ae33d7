import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TagDefinition } from '../../shared/tags/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { bodyIn, type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { handler as enrol } from '../events/enrol.ts';
import { handler as ingest } from '../events/ingest.ts';
import { publishJourney } from '../http/publish-journey.ts';
import {
  type Backfill,
  createBackfill,
  fromTheStart,
  NO_TALLY,
  readBackfill,
  saveBackfill,
} from '../ports/backfills/index.ts';
import { machineMs } from '../ports/clock/index.ts';
import { enrolmentsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { advanceCustomer, loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset, rulesOf } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { workSlice } from './work-slice.ts';

const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
beforeAll(async () => {
  tables = await startTables();
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never);
});
afterAll(async () => {
  await machines.stop();
  await tables.stop();
});
beforeEach(async () => {
  sdk.breakAt(undefined);
  await tables.empty();
  setClock(NOW);
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: EARLIER }, 0);
});

const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: Partial<TagDefinition>): TagDefinition => ({
  key,
  name: words(key),
  category: 'value',
  ...more,
});
const orders = (value: number) => ({ did: { event: 'Order', count: { op: 'gte' as const, value } } });
const VIP = tag('vip', { manual: true });
const EARLIER = [tag('bought', { when: orders(1) }), tag('visited', { when: { did: { event: 'Visit' } } }), VIP];
/** `visited` goes, `keen` and `quiet` are new. */
const LATER = [
  tag('bought', { when: orders(1) }),
  tag('keen', { when: orders(2) }),
  tag('quiet', { when: { silent: { for: 'P7D' } } }),
  tag('known', { when: { any: [{ tag: 'vip' }, { tag: 'keen' }] } }),
  VIP,
];
const publish = () => putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: LATER }, 1);
const order = (customer: string, at: string, name = 'Order') =>
  ingest(busBatch([tracked(customer, name, at)]), lambdaContext);
const tagsOf = async (customer: string) => Object.keys((await loadState(customer)).state.tags).sort();

const COMMON = { of: 'version', version: 2, base: 1, rate: 1000, announce: false, author: 'mei' } as const;
async function begin(more: Partial<Backfill> = {}): Promise<string> {
  const job = await createBackfill({ ...COMMON, dryRun: false, ...more });
  return (job as Backfill).id;
}
const work = (id: string) => workSlice(id, machineMs() + 60_000);
const job = async (id: string) => (await readBackfill(id)) as Backfill;
async function change(id: string, to: Partial<Backfill>): Promise<void> {
  expect(await saveBackfill(await job(id), to)).toBeDefined();
}
const undo = async (id: string) =>
  change(id, {
    doing: 'undo',
    status: 'running',
    cursors: fromTheStart(),
    applied: (await job(id)).tally,
    tally: NO_TALLY,
  });

describe('a backfill', () => {
  it('gives a tag that was defined later to those who had earned it, since when they had', async () => {
    for (const day of ['01', '02']) await order('li', `2026-02-${day}T00:00:00.000Z`);
    await order('wang', '2026-02-28T00:00:00.000Z');
    await order('zhao', '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const id = await begin();
    expect(await work(id)).toBe(false);
    expect([await tagsOf('li'), await tagsOf('wang'), await tagsOf('zhao')]).toEqual([
      ['bought', 'keen', 'known', 'quiet'],
      ['bought'],
      [],
    ]);
    const { state } = await loadState('li');
    expect(state.tags['keen']).toMatchObject({ since: '2026-02-02T00:00:00.000Z', rule: 2 });
    expect(state.tags['quiet']?.since).toBe('2026-02-09T00:00:00.000Z');
    const { status, tally, total } = await job(id);
    expect([status, total, tally.worked, tally.changed, tally.partly]).toEqual(['done', 3, 3, 2, 0]);
    expect(tally.tags).toMatchObject({
      keen: { gained: 1, lost: 0, gainedIds: ['li'] },
      visited: { gained: 0, lost: 1, lostIds: ['zhao'] },
    });
    // Wang's silence, of which no event will tell, comes by time.
    setClock('2026-03-07T00:00:00.000Z');
    await advanceCustomer('wang', { inputs: [{ type: 'time' }] }, await currentRules(), '2026-03-07T00:00:00.000Z');
    expect(await tagsOf('wang')).toEqual(['bought', 'quiet']);
  });

  it('says why: which backfill, which version, since when', async () => {
    for (const day of ['01', '02']) await order('li', `2026-02-${day}T00:00:00.000Z`);
    await publish();
    const id = await begin();
    await work(id);
    const rows = (await tables.rows('profiles')).filter(({ sk }) => String(sk!['S']).startsWith(`h#${NOW}`));
    const told = rows.flatMap(bodyIn);
    expect(told).toContainEqual(
      expect.objectContaining({
        op: 'added',
        key: 'keen',
        at: NOW,
        rule: 2,
        evidence: ['li-Order-2026-02-01T00:00:00.000Z', 'li-Order-2026-02-02T00:00:00.000Z'],
        cause: { by: 'ruleset', ref: `backfill ${id}`, depth: 0 },
      }),
    );
  });

  it('lets nobody into a journey, unless that is asked for', async () => {
    const document = journey('on-keen', {
      entry: { reentry: { type: 'always' } },
      nodes: [
        node('in', 'enter-tag', { key: 'keen', op: 'added' }),
        node('wait', 'wait', { duration: 'P7D' }),
        node('end', 'exit'),
      ],
      edges: edges('in -> wait', 'wait -> end'),
    });
    await saveDraft({ id: 'on-keen', name: 'on-keen', document, base: 0, now: NOW });
    await publishJourney('on-keen', 1);
    for (const at of ['2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z']) await order('li', at);
    await publish();
    const deliver = async () => enrol({ Records: await insertedRows(tables, 'profiles') }, lambdaContext);
    const quiet = await begin();
    await work(quiet);
    await deliver();
    expect(await enrolmentsOf('li')).toEqual([]);

    await undo(quiet);
    await work(quiet);
    expect(await tagsOf('li')).toEqual(['bought']);
    const loud = await begin({ announce: true });
    await work(loud);
    await deliver();
    expect((await enrolmentsOf('li')).map(({ journey: id, status }) => [id, status])).toEqual([['on-keen', 'active']]);
  });

  it('leaves a customer to whoever writes her in between, and comes to her again', async () => {
    await order('li', '2026-02-01T00:00:00.000Z');
    await publish();
    const id = await begin();
    // The live event is taken in after her state was read and before it is written.
    let once = true;
    documents().middlewareStack.add(
      (next) => async (args) => {
        if (once && JSON.stringify(args.input).includes('u#') && 'TransactItems' in args.input) {
          once = false;
          await order('li', '2026-02-27T00:00:00.000Z');
        }
        return next(args);
      },
      { step: 'initialize', name: 'inBetween', override: true },
    );
    await work(id);
    documents().middlewareStack.remove('inBetween');
    expect(once).toBe(false);
    expect(await tagsOf('li')).toEqual(['bought', 'keen', 'known']);
    expect((await job(id)).tally).toMatchObject({ worked: 1, changed: 1, failed: 0 });
  });

  it('costs a customer two calls, and one whom it finds as she should be one; all are read fifty a call', async () => {
    for (let i = 0; i < 50; i++) await order(`c${i}`, '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const costOf = async () => {
      const id = await begin();
      sdk.reset();
      await work(id);
      const { BatchGetItem, Query, TransactWriteItems } = sdk.counts();
      return { changed: (await job(id)).tally.changed, calls: [BatchGetItem, Query, TransactWriteItems] };
    };
    // Each of four shards is listed, read and noted; and the end is noted.
    expect(await costOf()).toEqual({ changed: 50, calls: [4, 50 + 4, 50 + 4 + 1] });
    expect(await costOf()).toEqual({ changed: 0, calls: [4, 50 + 4, 4 + 1] });
  });

  it('stops when it is paused, and goes on from there', async () => {
    for (let i = 0; i < 30; i++) await order(`c${i}`, '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const id = await begin();
    await change(id, { status: 'paused' });
    expect(await work(id)).toBe(false);
    expect((await job(id)).tally.worked).toBe(0);
    await change(id, { status: 'running' });
    expect(await workSlice(id, machineMs() - 1)).toBe(true);
    expect(await work(id)).toBe(false);
    expect((await job(id)).tally).toMatchObject({ seen: 30, worked: 30, changed: 30 });
  });

  it('stops by itself when newer rules were published, and says so', async () => {
    await order('li', '2026-02-01T00:00:00.000Z');
    await publish();
    const id = await begin();
    await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: EARLIER }, 2);
    expect(await work(id)).toBe(false);
    expect(await job(id)).toMatchObject({ status: 'failed', problem: { code: 'backfill-superseded' } });
    expect(await begin({ version: 3 })).not.toBe(id);
  });

  it('is one at a time', async () => {
    await publish();
    await begin();
    expect(await createBackfill({ ...COMMON, dryRun: false })).toBeUndefined();
    expect(await createBackfill({ ...COMMON, dryRun: true })).toBeDefined();
  });
});

describe('undoing a backfill', () => {
  it('takes back what it gave, leaves what has another reason since, and counts on from nought', async () => {
    for (const customer of ['li', 'wang']) {
      for (const day of ['25', '26']) await order(customer, `2026-02-${day}T00:00:00.000Z`);
    }
    await order('zhao', '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const id = await begin();
    await work(id);
    expect(await tagsOf('wang')).toEqual(['bought', 'keen', 'known']);
    // Since then Wang has ordered twice more: reason enough of its own. Li got a tag by hand.
    setClock('2026-03-01T15:00:00.000Z');
    for (const hour of ['13', '14']) await order('wang', `2026-03-01T${hour}:00:00.000Z`);
    await advanceCustomer(
      'li',
      { inputs: [{ type: 'tag', op: 'add', key: 'vip', cause: 'amy' }] },
      await rulesOf(2),
      NOW,
    );
    setClock('2026-03-01T15:00:00.000Z');
    await undo(id);
    await work(id);
    expect([await tagsOf('li'), await tagsOf('wang')]).toEqual([
      ['bought', 'known', 'vip'],
      ['bought', 'keen', 'known'],
    ]);
    expect((await loadState('wang')).state.tags['keen']?.since).toBe('2026-03-01T14:00:00.000Z');
    const { status, tally, applied } = await job(id);
    expect([status, applied?.tags['keen']?.gained, tally.tags['keen']?.lost]).toEqual(['undone', 2, 1]);
    // One more order of Li is one since, not three.
    await order('li', '2026-03-01T14:30:00.000Z');
    expect(await tagsOf('li')).toEqual(['bought', 'known', 'vip']);
  });
});

describe('a dry run', () => {
  it('says who would gain and lose what, and writes nothing about anybody', async () => {
    for (const day of ['01', '02']) await order('li', `2026-02-${day}T00:00:00.000Z`);
    await order('zhao', '2026-02-28T00:00:00.000Z', 'Visit');
    const before = await tables.rows('profiles');
    const draft = { version: 2, zone: 'Asia/Shanghai', groups: [], tags: LATER };
    const dry = (await createBackfill({ ...COMMON, dryRun: true, of: 'draft' }, draft)) as Backfill;
    await work(dry.id);
    const told = await job(dry.id);
    expect(await tables.rows('profiles')).toEqual(before);

    await publish();
    const id = await begin();
    await work(id);
    expect((await job(id)).tally).toEqual(told.tally);
    expect(told.tally.tags).toMatchObject({ quiet: { gained: 1 }, visited: { lost: 1, lostIds: ['zhao'] } });
  });

  it('counts who is written while she is looked at as she is afterwards', async () => {
    await order('li', '2026-02-01T00:00:00.000Z');
    await order('wang', '2026-02-01T00:00:00.000Z');
    await publish();
    const dry = (await createBackfill({ ...COMMON, dryRun: true })) as Backfill;
    // Li's second order is taken in after her state was read and before her events are.
    let once = true;
    documents().middlewareStack.add(
      (next) => async (args) => {
        if (once && JSON.stringify(args.input).includes('"e#"') && JSON.stringify(args.input).includes('c#li')) {
          once = false;
          await order('li', '2026-02-02T00:00:00.000Z');
        }
        return next(args);
      },
      { step: 'initialize', name: 'inBetween', override: true },
    );
    await work(dry.id);
    documents().middlewareStack.remove('inBetween');
    expect(once).toBe(false);
    // By the live event she got what the rules in force give: there is nothing left to gain from her kept events.
    const { tally } = await job(dry.id);
    const id = await begin();
    await work(id);
    expect((await job(id)).tally).toEqual(tally);
  });

  it('of a sample looks at about so many', async () => {
    for (let i = 0; i < 60; i++) await order(`c${i}`, '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const dry = (await createBackfill({ ...COMMON, dryRun: true, sample: 20 })) as Backfill;
    await work(dry.id);
    const { tally } = await job(dry.id);
    expect(tally.seen).toBe(60);
    expect(tally.worked).toBeGreaterThan(5);
    expect(tally.worked).toBeLessThan(40);
    expect(tally.tags['visited']?.lost).toBe(tally.worked);
  });
});

describe('a backfill, whatever happens on the way', { timeout: 300_000 }, () => {
  let run = 0;
  const event = fc.record({
    who: fc.integer({ min: 0, max: 3 }),
    name: fc.constantFrom('Order', 'Visit'),
    hour: fc.integer({ min: 0, max: 1000 }),
    /** Whether it comes before the rules are published, or while the backfill runs. */
    live: fc.boolean(),
  });
  const crash = fc.record({
    n: fc.integer({ min: 0, max: 14 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  });

  it('equals having had the rules from the start: with live events, crashes and repetitions in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 12 }),
        fc.array(crash, { maxLength: 5 }),
        fc.boolean(),
        async (events, crashes, twice) => {
          sdk.breakAt(undefined);
          run++;
          const send = async (prefix: string, list: typeof events) => {
            for (const { who, name, hour } of list) {
              const at = new Date(Date.parse(NOW) - hour * 3_600_000).toISOString();
              const answer = await ingest(busBatch([tracked(`${prefix}${who}`, name, at)]), lambdaContext).catch(
                () => undefined,
              );
              if (answer === undefined || answer.batchItemFailures.length > 0) throw new Error('It was not taken in');
            }
          };
          const customers = [0, 1, 2, 3];
          // From the start.
          await tables.empty();
          await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: [] }, 0);
          await publish();
          await send('c', events);
          const rules = await rulesOf(2);
          const states = async () => {
            const all = [];
            for (const who of customers) {
              await advanceCustomer(`c${who}`, { inputs: [{ type: 'time' }] }, rules, NOW);
              const { tags, dueAt } = (await loadState(`c${who}`)).state;
              all.push({ tags, dueAt });
            }
            return all;
          };
          const truth = await states();
          // After the fact.
          await tables.empty();
          await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: EARLIER }, 0);
          await send(
            'c',
            events.filter(({ live }) => !live),
          );
          await publish();
          const id = await begin({ rate: 2 });
          const live = events.filter(({ live: comes }) => comes);
          // Two at it at once, broken off and called again, while live events come.
          const rough = async () => {
            for (const { n, when } of crashes) {
              sdk.breakAt(n, when);
              await work(id).catch(() => undefined);
            }
            sdk.breakAt(undefined);
          };
          await rough();
          await Promise.all([work(id), twice ? work(id) : undefined, send('c', live)]);
          await change(id, { status: 'done' }).catch(() => undefined);
          // Those who came during the walk, or behind it, have the rules anyway; whom it missed a second one finds.
          const again = await begin();
          await work(again);
          expect(await states()).toEqual(truth);
        },
      ),
      { numRuns: Number(process.env['FC_RUNS'] ?? 12) },
    );
    expect(run).toBeGreaterThan(0);
  });

  it('counts everybody once, however often it breaks off', async () => {
    for (let i = 0; i < 12; i++) await order(`c${i}`, '2026-02-28T00:00:00.000Z', 'Visit');
    await publish();
    const id = await begin();
    for (let n = 0; n < 40; n += 3) {
      sdk.breakAt(n, n % 2 === 0 ? 'before' : 'after');
      await work(id).catch(() => undefined);
    }
    sdk.breakAt(undefined);
    await work(id);
    const { status, tally } = await job(id);
    expect([status, tally.seen, tally.tags['visited']?.lost, tally.failed]).toEqual(['done', 12, 12, 0]);
  });
});
