import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { busBatch } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { bodyIn, type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentsOf, refusalsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { messagesOf } from '../ports/messages/index.ts';
import { advanceCustomer, identityOf, keptEvents, listRejected, loadState } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { listSegmentMembers } from '../ports/segments/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler as perform } from '../steps/perform.ts';
import { announce } from '../streams/announce/index.ts';
import { images } from '../streams/images.ts';
import { handler as sweep } from '../timers/sweep.ts';
import { handler as enrol } from './enrol.ts';
import { handler as ingest } from './ingest.ts';

/* One person under several ids: what becomes of her tags, her journeys, her messages. */
const NOW = '2026-03-01T12:00:00.000Z';
let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;

beforeAll(async () => {
  tables = await startTables();
  machines = await startHandDriven(() => Date.parse(NOW));
  sdk = watchSdkCalls(documents() as never, states() as never);
});
afterAll(async () => {
  setClock(undefined);
  await machines.stop();
  await tables.stop();
});

const words = (text: string) => ({ zh: text, en: text });
const TAGS = [
  { key: 'looked', name: words('looked'), category: 'behaviour', when: { did: { event: 'View' } } },
  {
    key: 'regular',
    name: words('regular'),
    category: 'value',
    when: { did: { event: 'Order', count: { op: 'gte' as const, value: 2 } } },
  },
  { key: 'friend', name: words('friend'), category: 'basic', manual: true as const },
];

const SEGMENTS = [{ id: 'lookers', name: words('lookers'), goal: words('buy'), when: { tag: 'looked' } }];

let delivered = new Set<string>();
let sent = 0;
beforeEach(async () => {
  await tables.empty();
  delivered = new Set();
  setClock(NOW);
  await putRuleset({ version: 0, zone: 'Asia/Shanghai', groups: [], tags: TAGS, segments: SEGMENTS }, 0);
});

const minute = (n: number) => new Date(Date.parse(NOW) + n * 60_000).toISOString();
const message = (type: string, who: object, more: object = {}) => ({
  type,
  messageId: `m-${++sent}`,
  timestamp: minute(-60 + (sent % 50)),
  ...who,
  ...more,
});
const did = (event: string, who: object, more: object = {}) => message('track', who, { event, ...more });
const put = async (...messages: object[]) => {
  const { batchItemFailures } = (await ingest(busBatch(messages), lambdaContext))!;
  expect(batchItemFailures).toEqual([]);
};
/** Without the ruleset in force, which is read twice a second. */
const calls = () => {
  const { GetItem: _, ...others } = sdk.counts();
  return others;
};
/** What the stream has told since the last time, first of one customer, then of the next. */
async function fresh() {
  const rows = await insertedRows(tables, 'profiles');
  return rows.filter(({ dynamodb }) => !delivered.has(JSON.stringify(dynamodb?.Keys)));
}
async function deliver(): Promise<void> {
  const records = await fresh();
  await enrol({ Records: records }, lambdaContext);
  for (const { dynamodb } of records) delivered.add(JSON.stringify(dynamodb?.Keys));
}
async function happens(...messages: object[]): Promise<void> {
  await put(...messages);
  await deliver();
}

const ANON = { anonymousId: 'phone' };
const MEI = { userId: 'mei' };
const identify = (more: object = {}) => message('identify', { ...MEI, ...ANON }, more);
const tagsOf = async (id: string) => Object.keys((await loadState(id)).state.tags).sort();
const passages = async (id: string) =>
  (await enrolmentsOf(id)).map(({ journey: name, customer, status, end }) => [
    name,
    customer,
    status,
    end?.reason ?? '',
  ]);

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
const onView = () => node('in', 'enter-event', { event: 'View' });

describe('who browses first and signs in later', () => {
  it('is one customer with the past of both, found by either id, and it can be explained', async () => {
    await happens(did('View', ANON, { properties: { product_id: 'cream' } }), did('Order', ANON));
    await happens(did('Order', MEI));
    expect([await tagsOf('phone'), await tagsOf('mei')]).toEqual([['looked'], []]);
    const link = identify({ traits: { name: '梅' } });
    await happens(link);
    expect(await tagsOf('mei')).toEqual(['looked', 'regular']);
    expect((await loadState('phone')).customer).toBe('mei');
    expect((await loadState('mei')).state).toMatchObject({ id: 'mei', traits: { name: '梅' } });
    const kept = await keptEvents('mei', '*');
    expect(kept.map(({ name, customer, as }) => [name, customer, as])).toEqual([
      ['View', 'mei', 'phone'],
      ['Order', 'mei', 'phone'],
      ['Order', 'mei', undefined],
      ['$identify', 'mei', undefined],
    ]);
    const id = link.messageId;
    expect(await identityOf('mei')).toEqual({
      merged: [{ id: 'phone', rule: 'together', at: NOW, messageId: id, event: '$identify' }],
      apart: [],
    });
  });

  it('has one order, once, that the shop told of one id and a file of the other', async () => {
    const rules = ['2', '3'].map((value) => ({
      key: `orders-${value}`,
      name: words(value),
      category: 'value',
      when: { did: { event: 'Order Completed', count: { op: 'gte' as const, value: Number(value) } } },
    }));
    await putRuleset({ version: 1, zone: 'Asia/Shanghai', groups: [], tags: [...TAGS, ...rules] }, 1);
    const ordered = (who: object, number: string) => did('Order Completed', who, { properties: { order_id: number } });
    await put(ordered(MEI, '#1'), ordered(ANON, '1'), ordered(ANON, '2'));
    await put(identify());
    expect(await tagsOf('mei')).toEqual(['orders-2']);
    await put(ordered(MEI, '2'), ordered(ANON, '1'), ordered(ANON, '#2'));
    expect(await tagsOf('mei')).toEqual(['orders-2']);
    const kept = await keptEvents('mei', ['Order Completed']);
    expect(kept.map(({ properties }) => properties['order_id']).sort()).toEqual(['#1', '2']);
  });

  it('goes on with the journey in which she was, is not let into it again, and reaches its goal by either id', async () => {
    const goals = [{ id: 'bought', name: 'bought', on: { type: 'event', event: 'Order' } }];
    await live('welcome', onView(), { goals, entry: { reentry: { type: 'never' } } });
    await happens(did('View', ANON));
    await happens(identify());
    expect(await passages('mei')).toEqual([['welcome', 'phone', 'active', '']]);
    await happens(did('View', MEI));
    await happens(did('View', ANON));
    expect(await passages('mei')).toEqual([['welcome', 'phone', 'active', '']]);
    expect((await refusalsOf(['mei'])).map(({ reason }) => reason)).toEqual(['active', 'active']);
    await happens(did('Order', MEI));
    expect(await passages('phone')).toEqual([['welcome', 'phone', 'goal', 'bought']]);
    expect(Object.values(await machines.executions())).toContain('ABORTED');
    await happens(did('View', MEI));
    expect(await passages('mei')).toHaveLength(1);
  });

  it('enters journeys by what is true only of both, not by what one of the ids had', async () => {
    await live('lookers', node('in', 'enter-tag', { key: 'looked', op: 'added' }));
    await live('regulars', node('in', 'enter-tag', { key: 'regular', op: 'added' }));
    await happens(did('View', ANON), did('Order', ANON));
    await happens(did('Order', MEI));
    await happens(identify());
    expect(await passages('mei')).toEqual([
      ['lookers', 'phone', 'active', ''],
      ['regulars', 'mei', 'active', ''],
    ]);
  });

  it('enters none when history that is brought in joins the ids', async () => {
    await live('regulars', node('in', 'enter-tag', { key: 'regular', op: 'added' }));
    await happens(did('Order', ANON));
    await happens(did('Order', MEI));
    await happens(identify({ context: { quiet: true } }));
    expect(await tagsOf('mei')).toEqual(['regular']);
    expect(await passages('mei')).toEqual([]);
  });

  it('keeps the tags that people have given her, and rows of the old id leave no trace in lists', async () => {
    await happens(did('View', ANON));
    const rules = await currentRules();
    const byHand = { type: 'tag' as const, op: 'add' as const, key: 'friend', cause: 'ling' };
    await advanceCustomer('phone', { inputs: [byHand] }, rules, NOW);
    await happens(identify());
    expect((await loadState('mei')).state.tags['friend']).toMatchObject({ manual: true, since: NOW });
    await followLists(tables);
    const members = (await tables.rows('tags')).filter((row) => String(row['pk']?.['S']).startsWith('tag#'));
    expect(members.map((row) => [row['pk']?.['S'], row['sk']?.['S']]).sort()).toEqual([
      ['tag#friend', 'mei'],
      ['tag#looked', 'mei'],
    ]);
  });

  it('is in the segments of both, counted once', async () => {
    await happens(did('View', ANON), did('Visit', MEI));
    await happens(identify());
    expect(Object.keys((await loadState('mei')).state.segments)).toEqual(['lookers']);
    const census = await tables.rows('segments');
    expect(census.map((row) => [row['customer']?.['S'], JSON.stringify(row['segments'])])).toEqual([
      ['mei', '{"L":[{"S":"lookers"}]}'],
    ]);
    await followLists(tables);
    expect((await listSegmentMembers('lookers', undefined, 10)).items).toEqual(['mei']);
    const changes = (await tables.rows('profiles')).flatMap((row) =>
      row['quiet'] ? (bodyIn(row) as { type: string; segment?: string }[]) : [],
    );
    expect(changes.map(({ type, segment }) => [type, segment ?? ''])).toEqual([
      ['tag', ''],
      ['segment', 'lookers'],
    ]);
  });

  it('late events under the old id are hers, and a repetition of one that she had is none', async () => {
    const first = did('View', ANON);
    await happens(first);
    await happens(identify());
    await happens(first, did('Order', ANON), did('Order', ANON));
    expect(await tagsOf('mei')).toEqual(['looked', 'regular']);
    expect(await keptEvents('mei', ['View'])).toHaveLength(1);
  });
});

describe('one person who is inside the same journey twice', () => {
  const greeting = () => ({
    nodes: [
      onView(),
      node('hello', 'message', { channel: 'inbox', body: 'hello', byResult: false }),
      node('wait', 'wait', { duration: 'P7D' }),
      node('end', 'exit'),
    ],
    edges: edges('in -> hello', 'hello -> wait', 'wait -> end'),
  });
  const step = async () => {
    const call = await machines.nextCall();
    call.answer(await perform(call.payload as never, lambdaContext));
  };

  it('goes on with the passage entered first; the other ends and says so; no message comes twice', async () => {
    await live('greeting', onView(), greeting());
    await happens(did('View', MEI));
    setClock(minute(1));
    await happens(did('View', ANON));
    const mine = await machines.nextCall();
    await step();
    expect((await messagesOf(['phone'])).map(({ status }) => status)).toEqual(['sent']);
    await happens(identify());
    expect(await passages('mei')).toEqual([
      ['greeting', 'mei', 'active', ''],
      ['greeting', 'phone', 'exited', 'merged'],
    ]);
    const [goes, ended] = await enrolmentsOf('mei');
    expect(ended!.end?.cause).toMatchObject({ type: 'merge', name: goes!.id });
    expect((await machines.executions())[`${ended!.id}.1`]).toBe('ABORTED');
    mine.answer(await perform(mine.payload as never, lambdaContext));
    const messages = await messagesOf(['mei', 'phone']);
    expect(messages.map(({ status, reason }) => [status, reason ?? '']).sort()).toEqual([
      ['sent', ''],
      ['suppressed', 'sent-before'],
    ]);
  });

  it('or inside two journeys of one family: there, too, the one entered first goes on', async () => {
    const entry = { reentry: { type: 'always' as const }, family: 'groups' };
    await live('welcome', onView(), { entry });
    await live('dormant', node('in', 'enter-event', { event: 'Visit' }), { entry });
    await live('alone', node('in', 'enter-event', { event: 'Visit' }));
    await happens(did('View', ANON));
    setClock(minute(1));
    await happens(did('Visit', MEI));
    await happens(identify());
    expect(await passages('mei')).toEqual(
      expect.arrayContaining([
        ['welcome', 'phone', 'active', ''],
        ['dormant', 'mei', 'exited', 'merged'],
        ['alone', 'mei', 'active', ''],
      ]),
    );
    const [goes] = await enrolmentsOf('mei');
    const ended = (await enrolmentsOf('mei')).find(({ status }) => status === 'exited')!;
    expect(ended.end?.cause).toMatchObject({ type: 'merge', name: goes!.id });
    expect((await machines.executions())[`${ended.id}.1`]).toBe('ABORTED');
  });

  it('comes to the same wherever it breaks off, and however often it is told', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 0; n < 12; n++) {
        const [mei, phone] = [`mei-${when}-${n}`, `phone-${when}-${n}`];
        if (n === 0 && when === 'before') await live('twice', onView());
        setClock(NOW);
        await happens(did('View', { userId: mei }));
        setClock(minute(1));
        await happens(did('View', { anonymousId: phone }));
        await put(message('identify', { userId: mei, anonymousId: phone }));
        const records = await fresh();
        sdk.breakAt(n, when);
        await enrol({ Records: records }, lambdaContext).catch(() => undefined);
        sdk.breakAt(undefined);
        await deliver();
        await enrol({ Records: records }, lambdaContext);
        expect(await passages(mei), `${when} ${n}`).toEqual([
          ['twice', mei, 'active', ''],
          ['twice', phone, 'exited', 'merged'],
        ]);
        const [goes, ended] = await enrolmentsOf(phone);
        expect(goes!.absorbed).toEqual([{ customer: phone, id: ended!.id }]);
        expect((await machines.executions())[`${ended!.id}.1`]).toBe('ABORTED');
      }
    }
  });
});

describe('what happened to one id before the two were one', () => {
  const untilOrder = () =>
    live('untilOrder', onView(), {
      exits: [{ id: 'bought', name: 'bought', on: { type: 'event', event: 'Order' } }],
    });

  /** One after the other, so that each is a version of her state. */
  const oneByOne = async (...messages: object[]) => {
    for (const one of messages) await happens(one);
  };

  it('is no exit for the passage of the other, however often it is told; what happens from then on is', async () => {
    await untilOrder();
    await oneByOne(did('Visit', MEI), did('Order', MEI), did('Order', MEI));
    await happens(did('View', ANON));
    const past = await insertedRows(tables, 'profiles');
    await happens(identify());
    expect(await passages('mei')).toEqual([['untilOrder', 'phone', 'active', '']]);
    await enrol({ Records: past }, lambdaContext);
    await enrol({ Records: await insertedRows(tables, 'profiles') }, lambdaContext);
    expect(await passages('mei')).toEqual([['untilOrder', 'phone', 'active', '']]);
    await happens(did('Order', ANON));
    expect(await passages('mei')).toEqual([['untilOrder', 'phone', 'exited', 'bought']]);
  });

  it('is none the other way round, either: the past of the id that was given up', async () => {
    await untilOrder();
    await happens(did('View', MEI));
    await oneByOne(did('Visit', ANON), did('Visit', ANON), did('Order', ANON));
    const past = await insertedRows(tables, 'profiles');
    await happens(identify());
    await enrol({ Records: past }, lambdaContext);
    expect(await passages('mei')).toEqual([['untilOrder', 'mei', 'active', '']]);
    await happens(did('Order', MEI));
    expect(await passages('mei')).toEqual([['untilOrder', 'mei', 'exited', 'bought']]);
  });

  it('lets her in when it is told late, and what was before that does not end what begins now', async () => {
    await untilOrder();
    await oneByOne(did('Order', MEI), did('Visit', MEI), did('Order', MEI));
    await put(did('View', ANON));
    const view = await fresh();
    await happens(identify());
    const [, past] = [await enrol({ Records: view }, lambdaContext), await insertedRows(tables, 'profiles')];
    await enrol({ Records: past }, lambdaContext);
    expect(await passages('mei')).toEqual([['untilOrder', 'mei', 'active', '']]);
    await happens(did('Order', ANON));
    expect(await passages('mei')).toEqual([['untilOrder', 'mei', 'exited', 'bought']]);
  });

  it('stays so when she is joined to a third id, and when the first joining is told after the second', async () => {
    await untilOrder();
    const third = { userId: 'new' };
    await oneByOne(did('View', ANON), did('Visit', MEI), did('Order', MEI), did('Visit', third), did('Order', third));
    const past = await insertedRows(tables, 'profiles');
    await put(identify());
    const first = await fresh();
    for (const { dynamodb } of first) delivered.add(JSON.stringify(dynamodb?.Keys));
    await happens(message('alias', { previousId: 'mei', userId: 'new' }));
    await enrol({ Records: first }, lambdaContext);
    await enrol({ Records: past }, lambdaContext);
    expect(await passages('new')).toEqual([['untilOrder', 'phone', 'active', '']]);
    await happens(did('Order', third));
    expect(await passages('new')).toEqual([['untilOrder', 'phone', 'exited', 'bought']]);
  });
});

describe('a second user of the same device', () => {
  it('does not take the first one’s past; the page says whose the id is; it is asked once', async () => {
    await happens(did('View', ANON));
    await happens(identify());
    const li = { userId: 'li', ...ANON };
    const first = did('Order', li);
    await happens(first);
    await happens(did('View', ANON));
    expect([await tagsOf('li'), await tagsOf('mei')]).toEqual([[], ['looked']]);
    expect(await keptEvents('mei', ['View'])).toHaveLength(2);
    expect((await identityOf('li')).apart).toEqual([
      { id: 'phone', owner: 'mei', rule: 'together', at: NOW, messageId: first.messageId, event: 'Order' },
    ]);
    sdk.reset();
    await put(did('Order', li));
    expect(calls()).toEqual({ TransactWriteItems: 1 });
  });

  it('who is known by that id as a user stays a person of her own, unless an alias says so', async () => {
    await happens(did('View', { userId: 'phone' }));
    await happens(identify());
    expect((await loadState('phone')).customer).toBe('phone');
    expect((await identityOf('mei')).apart[0]).toMatchObject({ id: 'phone', owner: 'phone' });
    await happens(message('alias', { userId: 'mei', previousId: 'phone' }));
    expect((await loadState('phone')).customer).toBe('mei');
  });
});

describe('an alias', () => {
  const alias = (previousId: string, userId: string) => message('alias', { previousId, userId });
  const rejected = async () =>
    (await listRejected(undefined, 50)).items.map(({ diagnostics }) => [diagnostics[0]?.code, diagnostics[0]?.field]);

  it('brings accounts together whatever came before, without chains', async () => {
    await happens(did('View', ANON), did('Order', { userId: 'old' }), did('Order', { userId: 'new' }));
    await happens(message('identify', { userId: 'old', ...ANON }));
    await happens(alias('old', 'new'));
    expect(await tagsOf('phone')).toEqual(['looked', 'regular']);
    const pointers = (await tables.rows('profiles')).filter((row) => row['into'] !== undefined);
    expect(pointers.map((row) => [row['pk']?.['S'], row['into']?.['S']]).sort()).toEqual([
      ['c#old', 'new'],
      ['c#phone', 'new'],
    ]);
    const { merged } = await identityOf('new');
    expect(merged.map(({ id, rule, through }) => [id, rule, through ?? ''])).toEqual([
      ['old', 'alias', ''],
      ['phone', 'together', 'old'],
    ]);
  });

  it('that turns a merge round, or wants an id that is another’s, is kept with its reason; again is nothing', async () => {
    const first = alias('a', 'b');
    await happens(did('Order', { userId: 'a' }), did('Order', { userId: 'carol' }));
    await happens(first);
    await happens(first, alias('a', 'b'));
    expect(await rejected()).toEqual([]);
    await happens(alias('b', 'a'));
    await happens(alias('a', 'carol'));
    expect((await rejected()).sort()).toEqual([
      ['alias-circle', 'previousId'],
      ['alias-taken', 'previousId'],
    ]);
    expect((await loadState('a')).customer).toBe('b');
    expect(await keptEvents('carol', '*')).toHaveLength(1);
  });
});

describe('a merge', () => {
  it('is told on the bus once, and what moves with it is not told again', async () => {
    await happens(did('View', ANON));
    await put(identify());
    const records = await fresh();
    const told = records.flatMap((record) => announce(images(record)));
    expect(told.map(({ detailType, detail }) => [detailType, detail])).toMatchObject([
      ['customer.merged', { customer: 'mei', merged: 'phone', rule: 'together', cause: { eventName: '$identify' } }],
      ['tag.added', { customer: 'mei', tag: 'looked', quiet: true, cause: { by: 'merge', ref: 'phone' } }],
      ['segment.entered', { customer: 'mei', segment: 'lookers', quiet: true, cause: { by: 'merge' } }],
    ]);
  });

  it('that broke off and whose message never comes again is finished by the sweep', async () => {
    await happens(did('View', ANON), did('View', MEI));
    sdk.breakAt(3, 'before');
    await ingest(busBatch([identify()]), lambdaContext);
    sdk.breakAt(undefined);
    expect((await loadState('mei')).identity.merging).toMatchObject({ id: 'phone' });
    await sweep(undefined as never, lambdaContext);
    expect((await loadState('mei')).identity.merging).toBeUndefined();
    expect(await keptEvents('mei', ['View'])).toHaveLength(2);
  });

  it('costs an event that names what is known nothing, and the first one a few calls', async () => {
    const both = { ...MEI, ...ANON };
    await put(did('View', both));
    sdk.reset();
    await put(did('View', both), did('View', MEI), did('View', ANON));
    expect(calls()).toEqual({ TransactWriteItems: 1 });
    sdk.reset();
    await put(did('View', { userId: 'new', anonymousId: 'fresh' }));
    expect(calls()).toEqual({ BatchGetItem: 2, TransactWriteItems: 2 });
  });
});
