import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ruleset } from '../../shared/tags/index.ts';
import { busBatch } from '../../test/support/bus-batch.ts';
import { followLists } from '../../test/support/follow-lists.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { identityOf, keptEvents, loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler } from './ingest.ts';

const words = (text: string) => ({ zh: text, en: text });
const twice = { event: 'Visit', within: 'PT2H', count: { op: 'gte' as const, value: 2 } };
const RULES: Ruleset = {
  version: 0,
  zone: 'Asia/Shanghai',
  groups: [{ id: 'level', name: words('level'), levels: ['new', 'regular'] }],
  tags: [
    { key: 'new', name: words('new'), category: 'value', group: 'level', when: { did: { event: 'Order' } } },
    {
      key: 'regular',
      name: words('regular'),
      category: 'value',
      group: 'level',
      when: { did: { event: 'Order', count: { op: 'gte', value: 2 } } },
    },
    { key: 'busy', name: words('busy'), category: 'behaviour', when: { did: twice } },
    { key: 'was-busy', name: words('was busy'), category: 'behaviour', sticky: true, when: { did: twice } },
  ],
};
const NOW = '2026-03-02T00:00:00.000Z';

let tables: LocalTables;
let sdk: SdkCalls;
let run = 0;
beforeAll(async () => {
  tables = await startTables();
  await putRuleset(RULES, 0);
  setClock(NOW);
  sdk = watchSdkCalls(documents() as never);
});
afterAll(() => tables.stop());

/** Three devices, an old account and a new one, all one person's: each id is given up once. */
const IDS = ['phone', 'laptop', 'tablet', 'old', 'new'] as const;
const LINKS = [
  { id: 'phone', to: 'old', type: 'identify' },
  { id: 'laptop', to: 'new', type: 'identify' },
  { id: 'tablet', to: 'old', type: 'track' },
  { id: 'old', to: 'new', type: 'alias' },
] as const;

interface Draft {
  readonly who: number;
  readonly name: 'Order' | 'Visit';
  readonly minute: number;
}

const at = (minute: number) => new Date(Date.parse(NOW) - minute * 60_000).toISOString();
const known = (id: string) => id === 'old' || id === 'new';

/** What was done, under five ids; and what says that the five are one. `one`: the same of somebody with a single id. */
function messages(person: string, list: readonly Draft[], one: boolean): Record<string, unknown>[] {
  const mine = (id: string) => `${id}-${person}`;
  const who = (id: string) => (one ? { userId: mine('new') } : { [known(id) ? 'userId' : 'anonymousId']: mine(id) });
  const done = list.map(({ who: index, name, minute }, i) => ({
    type: 'track',
    messageId: `m${i}`,
    event: name,
    timestamp: at(minute),
    ...who(IDS[index]!),
  }));
  const links = LINKS.map(({ id, to, type }, i) => ({
    type,
    messageId: `link${i}`,
    timestamp: at(300 + i),
    ...(type === 'track' ? { event: 'Visit' } : {}),
    ...(one
      ? { userId: mine('new'), ...(type === 'alias' ? { type: 'track', event: '$alias' } : {}) }
      : { userId: mine(to), [type === 'alias' ? 'previousId' : 'anonymousId']: mine(id) }),
  }));
  return [...done, ...links];
}

async function deliver(details: readonly unknown[]): Promise<void> {
  for (let attempt = 0; attempt < 12; attempt++) {
    const answer = await handler(busBatch(details), lambdaContext).catch(() => undefined);
    if (answer !== undefined && answer.batchItemFailures.length === 0) return;
  }
  throw new Error('The batch never got through');
}

const outcome = async (id: string) => ({
  tags: (await loadState(id)).state.tags,
  seen: [(await loadState(id)).state.firstSeenAt, (await loadState(id)).state.lastSeenAt],
  events: (await keptEvents(id, '*')).map(({ id: message, at: when, name }) => `${when} ${message} ${name}`),
});

const drafts = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 4 }),
    name: fc.constantFrom('Order' as const, 'Visit' as const),
    minute: fc.integer({ min: 0, max: 600 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const crash = fc.record({
  n: fc.integer({ min: 0, max: 14 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

describe('one person under five ids, whatever happens on the way', () => {
  it('is one customer with the tags and events of somebody who had one id all along, found by any of the five', async () => {
    await fc.assert(
      fc.asyncProperty(
        drafts,
        fc.infiniteStream(fc.nat()),
        fc.array(crash, { maxLength: 6 }),
        async (list, random, crashes) => {
          const person = String(++run);
          sdk.breakAt(undefined);
          const inOrder = messages(`plain-${person}`, list, true).sort((a, b) =>
            String(a['timestamp']) < String(b['timestamp']) ? -1 : 1,
          );
          for (const message of inOrder) await deliver([message]);

          const next = () => random.next().value;
          const rough = messages(person, list, false);
          const shuffled = [...rough, ...rough.filter(() => next() % 2 === 0)]
            .map((message) => ({ place: next(), message }))
            .sort((a, b) => a.place - b.place)
            .map(({ message }) => message);
          for (let i = 0; i < shuffled.length; ) {
            const size = 1 + (next() % 4);
            const broken = crashes.pop();
            if (broken !== undefined) sdk.breakAt(broken.n, broken.when);
            await deliver(shuffled.slice(i, i + size));
            i += size;
          }
          sdk.breakAt(undefined);
          await isOnePerson(person);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the same when several handlers work on her at once', async () => {
    await fc.assert(
      fc.asyncProperty(drafts, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), async (list, places) => {
        const person = String(++run);
        for (const one of messages(`plain-${person}`, list, true)) await deliver([one]);
        const shuffled = messages(person, list, false)
          .map((one, i) => ({ place: places[i % 12]!, one }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const size = Math.ceil(shuffled.length / 3);
        await Promise.all([0, 1, 2].map((i) => deliver(shuffled.slice(i * size, (i + 1) * size))));
        await isOnePerson(person);
      }),
      { numRuns: 12 },
    );
  });
});

async function isOnePerson(person: string): Promise<void> {
  for (const id of IDS) expect((await loadState(`${id}-${person}`)).customer).toBe(`new-${person}`);
  expect(await outcome(`new-${person}`)).toEqual(await outcome(`new-plain-${person}`));
  const { merged, apart } = await identityOf(`new-${person}`);
  const gone = ['laptop', 'old', 'phone', 'tablet'].map((id) => `${id}-${person}`);
  expect(merged.map(({ id }) => id).sort()).toEqual(gone);
  expect(apart).toEqual([]);
  expect(await leftBehind(person)).toEqual([]);
}

/** Rows of the ids given up, but for the one that says whose they are; and members of tags under them. */
async function leftBehind(person: string): Promise<string[]> {
  const gone = ['phone', 'laptop', 'tablet', 'old'].map((id) => `${id}-${person}`);
  const text = (row: Record<string, Record<string, unknown>>, key: string) => String(row[key]?.['S'] ?? '');
  const rows = await tables.rows('profiles');
  await followLists(tables);
  const members = await tables.rows('tags');
  return [
    ...rows.filter((row) => gone.some((id) => text(row, 'pk') === `c#${id}`) && text(row, 'sk') !== 'state'),
    ...rows.filter((row) => gone.some((id) => text(row, 'pk') === `c#${id}`) && text(row, 'dueAt') !== ''),
    ...members.filter((row) => text(row, 'pk').startsWith('tag#') && gone.includes(text(row, 'customer'))),
  ].map((row) => `${text(row, 'pk')} ${text(row, 'sk')}`);
}
