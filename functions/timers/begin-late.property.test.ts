import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Reentry } from '../../shared/journey/index.ts';
import { busBatch, tracked } from '../../test/support/bus-batch.ts';
import { type HandDriven, insertedRows, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { handler as enrol } from '../events/enrol.ts';
import { handler as ingest } from '../events/ingest.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentsOf, refusalsOf } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { loadState } from '../ports/profiles/index.ts';
import { putRuleset } from '../ports/ruleset/index.ts';
import { handler as begin } from './begin.ts';

/*
 * Customers who tell their birthday on the very day, before, at or after the moment, tell another one, turn out to be one
 * customer, leave and may come again or not: each is let in as a plain reckoning says, whatever is told again.
 */
const ZONE = 'Asia/Shanghai';
const AT = '10:00:00.000';
/** Around the moment, and late in the day. */
const CLOCKS = ['09:00:00.000', '09:59:59.999', AT, '10:00:00.001', '23:30:00.000'];
const DAYS = [2, 3, 4, 5];
const RULES: Readonly<Record<string, Reentry>> = {
  never: { type: 'never' },
  after: { type: 'after', duration: 'P2D' },
  always: { type: 'always' },
};

const instant = (day: number, clock: string): string =>
  DateTime.fromISO(`2026-03-0${day}T${clock}`, { zone: ZONE }).toUTC().toISO()!;
const occasion = (day: number): string => `2026-03-0${day}`;

let tables: LocalTables;
let machines: HandDriven;
beforeAll(async () => {
  tables = await startTables();
  const start = instant(1, '12:00:00.000');
  setClock(start);
  machines = await startHandDriven(() => Date.parse(start));
  await putRuleset({ version: 0, zone: ZONE, groups: [], tags: [] }, 0);
  for (const [id, reentry] of Object.entries(RULES)) {
    const document = journey(id, {
      entry: { reentry },
      exits: [{ id: 'out', name: 'out', on: { type: 'event', event: 'Out' } }],
      nodes: [
        node('in', 'enter-date', { trait: 'birthday', when: 'on', at: '10:00', every: 'year' }),
        node('wait', 'wait', { duration: 'P30D' }),
        node('end', 'exit'),
      ],
      edges: edges('in -> wait', 'wait -> end'),
    });
    await saveDraft({ id, name: id, document, base: 0, now: start });
    await publishJourney(id, 1);
  }
  await begin(undefined as never, lambdaContext);
});
afterAll(async () => {
  setClock(undefined);
  await machines.stop();
  await tables.stop();
});

type Op = { day: number; clock: string } & (
  | { what: 'born'; who: number; on: number }
  | { what: 'out'; who: number }
  /** The first is given up for the second. */
  | { what: 'one'; who: number; whose: number }
);

const who = fc.nat(2);
const moment = { day: fc.constantFrom(...DAYS), clock: fc.constantFrom(...CLOCKS) };
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ ...moment, what: fc.constant('born' as const), who, on: fc.integer({ min: 2, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ ...moment, what: fc.constant('out' as const), who }) },
  { weight: 2, arbitrary: fc.record({ ...moment, what: fc.constant('one' as const), who, whose: who }) },
);
/** One thing at a time: of two at the same instant nothing is said. */
const story = fc.uniqueArray(op, { minLength: 3, maxLength: 9, selector: ({ day, clock }) => `${day} ${clock}` });

const before = (a: Op, b: Op): number => (instant(a.day, a.clock) < instant(b.day, b.clock) ? -1 : 1);
const usable = (ops: readonly Op[]): Op[] => {
  const given = new Set<number>();
  return ops.toSorted(before).filter((one) => {
    if (one.what !== 'one') return true;
    // Each id is given up once, and to one that is not given up itself.
    if (one.who === one.whose || given.has(one.who) || given.has(one.whose)) return false;
    given.add(one.who);
    return true;
  });
};

/** Two ids come in on one morning, turn out to be one customer a moment later, and have another date the next day. */
const TWINS: Op[] = [
  { day: 2, clock: '09:00:00.000', what: 'born', who: 0, on: 3 },
  { day: 2, clock: '09:59:59.999', what: 'born', who: 1, on: 4 },
  { day: 3, clock: '23:30:00.000', what: 'out', who: 0 },
  { day: 4, clock: '09:00:00.000', what: 'born', who: 0, on: 4 },
  { day: 4, clock: '10:00:00.001', what: 'one', who: 1, whose: 0 },
  { day: 5, clock: '09:59:59.999', what: 'born', who: 0, on: 5 },
];
let run = 0;

it('whoever arrives late, is made one or comes again is let in as the rules say, once for each date', async () => {
  const seen = { entered: 0, refused: 0, merged: 0, again: 0 };
  await fc.assert(
    fc.asyncProperty(story, async (ops) => {
      const ids = ['a', 'b', 'c'].map((name) => `${name}${++run}`);
      const timeline = [
        ...usable(ops).map((one) => ({ at: instant(one.day, one.clock), one })),
        ...[...DAYS, 6].map((day) => ({ at: instant(day, AT), one: undefined })),
      ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.one === undefined ? -1 : 1));
      const model = reckon(ids);
      const told = new Set<string>();
      for (const { at, one } of timeline) {
        setClock(at);
        if (one === undefined) {
          for (let twice = 0; twice < 2; twice++) await begin(undefined as never, lambdaContext);
          model.morning(at);
        } else {
          await ingest(busBatch([message(one, ids, at)]), lambdaContext);
          model.happens(one, at);
        }
        const fresh = (await insertedRows(tables, 'profiles')).filter(({ dynamodb }) => {
          const key = JSON.stringify(dynamodb?.Keys);
          return ids.some((id) => dynamodb?.Keys?.['pk']?.S === `c#${id}`) && !told.has(key) && told.add(key);
        });
        // Each record comes twice.
        for (let twice = 0; twice < 2; twice++) {
          expect(await enrol({ Records: fresh }, lambdaContext)).toEqual({ batchItemFailures: [] });
        }
      }
      for (const [root, journeys] of model.outcome()) {
        const all = [root, ...(await loadState(root)).identity.ids];
        const [passages, refusals] = [await enrolmentsOf(root), await refusalsOf(all)];
        for (const [id, want] of Object.entries(journeys)) {
          const entered = passages.filter((one) => one.journey === id);
          const refused = refusals.filter((one) => one.journey === id);
          expect(
            {
              entered: entered.map(({ cause }) => cause.properties?.['occasion']).sort(),
              refused: refused.map(({ cause, reason }) => `${cause.properties?.['occasion']} ${reason}`).sort(),
              active: entered.filter(({ status }) => status === 'active').length,
            },
            `${root} in ${id}`,
          ).toEqual(want);
          seen.entered += want.entered.length;
          seen.refused += want.refused.length;
          seen.again += want.entered.length > 1 ? 1 : 0;
        }
      }
      seen.merged += usable(ops).filter(({ what }) => what === 'one').length;
    }),
    { numRuns: 6, examples: [[TWINS]], endOnFailure: true },
  );
  // The stories are about what they seem to be about.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 90_000);

function message(one: Op, ids: readonly string[], at: string): object {
  const [id, messageId] = [ids[one.who]!, `${ids[one.who]}-${at}`];
  if (one.what === 'out') return tracked(id, 'Out', at);
  if (one.what === 'one') return { type: 'alias', messageId, previousId: id, userId: ids[one.whose], timestamp: at };
  return { type: 'identify', messageId, userId: id, timestamp: at, traits: { birthday: `1990-03-0${one.on}` } };
}

interface Passage {
  readonly occasion: string;
  readonly enteredAt: string;
  endedAt?: string;
}

interface Outcome {
  readonly entered: readonly string[];
  readonly refused: readonly string[];
  readonly active: number;
}

/** The same, reckoned plainly: each customer's date, which dates she was told of, her passages. */
function reckon(ids: readonly string[]) {
  const customers = ids.map((id) => ({
    id,
    born: undefined as { on: number; at: string } | undefined,
    told: new Set<string>(),
    journeys: Object.fromEntries(
      Object.keys(RULES).map((name) => [name, { passages: [] as Passage[], refused: [] as string[] }]),
    ),
  }));
  const roots = customers.map((_, i) => i);
  const rootOf = (i: number): number => (roots[i] === i ? i : rootOf(roots[i]!));
  const all = () => customers.filter((_, i) => rootOf(i) === i);
  const active = (passages: readonly Passage[]) => passages.filter(({ endedAt }) => endedAt === undefined);
  return {
    happens(one: Op, at: string): void {
      const her = customers[rootOf(one.who)]!;
      if (one.what === 'born') her.born = { on: one.on, at };
      if (one.what === 'out')
        for (const { passages } of Object.values(her.journeys)) for (const each of active(passages)) each.endedAt = at;
      if (one.what !== 'one') return;
      const [from, to] = [rootOf(one.who), rootOf(one.whose)];
      if (from === to) return;
      roots[from] = to;
      const [gone, stays] = [customers[from]!, customers[to]!];
      if (gone.born !== undefined && (stays.born === undefined || gone.born.at > stays.born.at)) stays.born = gone.born;
      for (const day of gone.told) stays.told.add(day);
      for (const [name, own] of Object.entries(stays.journeys)) {
        const other = gone.journeys[name]!;
        own.passages.push(...other.passages);
        own.refused.push(...other.refused);
        own.passages.sort((a, b) => (a.enteredAt < b.enteredAt ? -1 : 1));
        for (const each of active(own.passages).slice(1)) each.endedAt = at;
      }
    },
    morning(at: string): void {
      for (const her of all()) {
        const { born, told } = her;
        if (born === undefined || born.at >= at || instant(born.on, AT) !== at || told.has(occasion(born.on))) continue;
        told.add(occasion(born.on));
        for (const [name, { passages, refused }] of Object.entries(her.journeys)) {
          const reason = refusal(RULES[name]!, passages, at);
          if (reason === undefined) passages.push({ occasion: occasion(born.on), enteredAt: at });
          else refused.push(`${occasion(born.on)} ${reason}`);
        }
      }
    },
    outcome: () =>
      all().map(({ id, journeys }) => {
        const told = Object.entries(journeys).map(([name, { passages, refused }]): [string, Outcome] => [
          name,
          {
            entered: passages.map((each) => each.occasion).sort(),
            refused: refused.toSorted(),
            active: active(passages).length,
          },
        ]);
        return [id, Object.fromEntries(told)] as const;
      }),
  };
}

function refusal(rule: Reentry, passages: readonly Passage[], at: string): string | undefined {
  if (passages.some(({ endedAt }) => endedAt === undefined)) return 'active';
  if (passages.length === 0 || rule.type === 'always') return undefined;
  if (rule.type === 'never') return 'reentry-never';
  const last = passages
    .map(({ endedAt }) => endedAt!)
    .sort()
    .at(-1)!;
  return Date.parse(at) - Date.parse(last) < 2 * 86_400_000 ? 'reentry-too-soon' : undefined;
}
