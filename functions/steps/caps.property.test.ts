/**
 * Several journeys want to write to the same customer at the same moments; steps run beside each other, calls break off
 * before or after they reached the table, and whoever broke off comes again. Held: no cap is ever exceeded, nothing that
 * was allowed is lost, every message is decided exactly once, and nobody takes a place that a more important one waits for.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkedMs } from '../../shared/duration.ts';
import { type HandDriven, startHandDriven } from '../../test/support/hand-driven.ts';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type LocalTables, lambdaContext, setClock, startTables } from '../../test/support/local-tables.ts';
import { type SdkCalls, watchSdkCalls } from '../../test/support/sdk-calls.ts';
import { publishJourney } from '../http/publish-journey.ts';
import { enrolmentId, enrolmentsOf, enter } from '../ports/enrolments/index.ts';
import { saveDraft } from '../ports/journeys/index.ts';
import { type Message, messagesOf } from '../ports/messages/index.ts';
import { advanceCustomer } from '../ports/profiles/index.ts';
import { currentRules, putRuleset } from '../ports/ruleset/index.ts';
import { states } from '../ports/states/index.ts';
import { tables as documents } from '../ports/tables/index.ts';
import { handler as perform } from './perform.ts';

const START = Date.parse('2026-03-01T02:00:00.000Z');
const HOUR = 3_600_000;
const ZONE = 'Asia/Shanghai';
const words = (text: string) => ({ zh: text, en: text });
const CAPS = {
  perDay: 2,
  lifecycle: [
    { name: words('silent'), tags: ['silent'], most: 2, within: 'P5D' },
    { name: words('regular'), tags: ['regular'], most: 3, within: 'P2D' },
  ],
};
/** One message each; who goes round sends the next visit's. The last is exempt, the third waits and goes before others. */
const JOURNEYS = [
  { id: 'sale', config: {} },
  { id: 'course', config: {}, priority: 'low' as const },
  { id: 'patient', config: { waitAtMost: 'P1D' }, priority: 'high' as const },
  { id: 'order', config: { transactional: true } },
];

let tables: LocalTables;
let machines: HandDriven;
let sdk: SdkCalls;
let now = START;

beforeAll(async () => {
  tables = await startTables();
  setClock(new Date(START).toISOString());
  machines = await startHandDriven(() => START);
  sdk = watchSdkCalls(documents() as never, states() as never);
  const tag = (key: string) => ({ key, name: words(key), category: 'value', manual: true as const });
  const tags = [tag('silent'), tag('regular')];
  await putRuleset({ version: 0, zone: ZONE, groups: [], tags, caps: CAPS }, 0);
  for (const { id, config, priority } of JOURNEYS) {
    const say = node('say', 'message', { channel: 'inbox', body: id, byResult: true, ...config });
    const week = node('week', 'wait', { duration: 'P7D' });
    const lines = edges('in -> say', 'say:sent -> week', 'say:not-sent -> week', 'week -> say');
    const document = journey(id, { nodes: [node('in', 'enter-event', { event: id }), say, week], edges: lines });
    const out = {
      ...document,
      ...(priority && { priority }),
      exits: [{ id: 'out', name: 'out', on: { type: 'event' as const, event: 'Out' } }],
    };
    await saveDraft({ id, name: id, document: out, base: 0, now: new Date(START).toISOString() });
    await publishJourney(id, 1);
  }
});
afterAll(async () => {
  setClock(undefined);
  await machines.stop();
  await tables.stop();
});

function at(ms: number): string {
  now = ms;
  const text = new Date(ms).toISOString();
  setClock(text);
  return text;
}

async function enters(customer: string, id: string): Promise<string> {
  const enrolment = enrolmentId(id, customer, 1);
  const enteredAt = new Date(now).toISOString();
  const cause = { type: 'event' as const, name: id, at: enteredAt };
  const passage = {
    id: enrolment,
    n: 1,
    journey: id,
    version: 1,
    customer,
    status: 'active' as const,
    enteredAt,
    cause,
  };
  const book = { causeKey: 'x', since: '', seen: '', depth: 0, versionArn: 'v', executionArn: 'e', rev: 1 };
  expect(await enter({ ...passage, ...book, at: 'say', path: {} }, 0, customer)).toBe('entered');
  return enrolment;
}

interface Step {
  readonly customer: string;
  readonly journey: string;
  readonly visit: number;
  readonly from: number;
}
const serve = ({ customer, journey: id, visit }: Step, enrolment: string) => {
  const ids = { nodeApi: 1, journey: id, version: 1, enrolment, customer, node: 'say', visit };
  const rest = { state: 'say', executionId: 'x', enteredAt: new Date(now).toISOString(), trail: [] };
  return perform({ ...ids, ...rest } as never, lambdaContext) as unknown as Promise<{ outlet: string; until?: string }>;
};

const day = (text: string) => new Date(Date.parse(text) + 8 * HOUR).toISOString().slice(0, 10);

/** How many of these instants count against each cap of hers at an instant. */
function counted(sent: readonly string[], when: string, tag: string | undefined) {
  const own = CAPS.lifecycle.find(({ tags }) => tag !== undefined && tags.includes(tag));
  const today = { most: CAPS.perDay, count: sent.filter((one) => day(one) === day(when)).length };
  if (own === undefined) return [today];
  const from = Date.parse(when) - checkedMs(own.within);
  const within = sent.filter((one) => Date.parse(one) > from && one <= when).length;
  return [today, { most: own.most, count: within }];
}

const story = fc.record({
  tag: fc.constantFrom(undefined, 'silent', 'regular'),
  /** Rounds: hours that pass, which journeys send once more, which call breaks and how. */
  rounds: fc.array(
    fc.record({
      hours: fc.constantFrom(...[0, 0, 1, 5, 13, 15, 24, 30]),
      sends: fc.subarray(JOURNEYS.map(({ id }) => id)),
      breaks: fc.option(fc.nat(6), { nil: undefined }),
      when: fc.constantFrom('before' as const, 'after' as const),
      /** Every step comes twice at once: somebody gave up on the first call while it was still at work. */
      twice: fc.boolean(),
    }),
    { minLength: 2, maxLength: 7 },
  ),
});

/** How often something went beside one that waited, and how often something left it its place. */
const yielded = { besides: 0, left: 0 };
/** The patient one waits over night; of the others one goes beside it, the next leaves it the last place. */
const NIGHT = {
  tag: undefined,
  rounds: [
    [0, 'sale', 'course'],
    [0, 'patient'],
    [15, 'sale'],
    [0, 'course'],
  ].map(([hours, ...sends]) => ({
    hours: Number(hours),
    sends: sends.map(String),
    breaks: undefined,
    when: 'before' as const,
    twice: false,
  })),
};
let customers = 0;

it('no cap is exceeded and nothing that was allowed is lost, however steps cross and break', async () => {
  const seen = { sent: 0, suppressed: 0, waited: 0, broken: 0 };
  await fc.assert(
    fc.asyncProperty(story, async ({ tag, rounds }) => {
      const customer = `c-${++customers}`;
      at(START);
      if (tag !== undefined) {
        const inputs = [{ type: 'tag', op: 'add', key: tag, cause: 'test' }] as const;
        await advanceCustomer(customer, { inputs }, await currentRules(), new Date(START).toISOString());
      }
      const enrolments = new Map<string, string>();
      for (const { id } of JOURNEYS) enrolments.set(id, await enters(customer, id));
      const visits = new Map<string, number>();
      const outlets = new Map<string, string>();
      let open: Step[] = [];
      const waits: Wait[] = [];
      const round = async (twice = false) => {
        const due = open.filter(({ from }) => from <= now);
        open = open.filter((step) => !due.includes(step));
        const all = () => Promise.allSettled(due.map((step) => serve(step, enrolments.get(step.journey)!)));
        const [answers] = await Promise.all([all(), ...(twice ? [all()] : [])]);
        answers.forEach((answer, i) => {
          const step = due[i]!;
          const wait = { visit: step.visit, from: now };
          if (answer.status === 'rejected') seen.broken++;
          if (answer.status === 'rejected' && step.journey === 'patient') waits.push({ ...wait, sure: false });
          if (answer.status === 'rejected') open.push(step);
          else if (answer.value.until !== undefined) {
            seen.waited++;
            waits.push({ ...wait, sure: true });
            expect(Date.parse(answer.value.until)).toBeGreaterThan(now);
            open.push({ ...step, from: Date.parse(answer.value.until) });
          } else outlets.set(`${step.journey}#${step.visit}`, answer.value.outlet);
        });
      };
      for (const { hours, sends, breaks, when, twice } of rounds) {
        at(now + hours * HOUR);
        for (const id of sends) {
          // The same visit is not served beside itself: Step Functions waits for the answer, or tries again.
          if (open.some((step) => step.journey === id)) continue;
          visits.set(id, (visits.get(id) ?? 0) + 1);
          open.push({ customer, journey: id, visit: visits.get(id)!, from: now });
        }
        sdk.breakAt(breaks, when);
        await round(twice);
        sdk.breakAt(undefined);
      }
      for (let left = 0; open.length > 0 && left < 20; left++) {
        at(Math.max(now, Math.min(...open.map(({ from }) => from))));
        await round();
      }
      expect(open).toEqual([]);
      check(await messagesOf([customer]), tag, outlets, waits);
      const asked = [...visits.values()].reduce((a, b) => a + b, 0);
      expect(outlets.size).toBe(asked);
      expect(await messagesOf([customer])).toHaveLength(asked);
      for (const { held } of await enrolmentsOf(customer)) expect(held).toBeUndefined();
      seen.sent += [...outlets.values()].filter((outlet) => outlet === 'sent').length;
      seen.suppressed += [...outlets.values()].filter((outlet) => outlet === 'not-sent').length;
    }),
    { numRuns: 30, examples: [[NIGHT]] },
  );
  // The stories are about what they seem to be about.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  expect(Math.min(yielded.besides, yielded.left)).toBeGreaterThan(0);
}, 300_000);

/** The patient one waits from here on, until its message is decided; not sure where its answer was lost. */
interface Wait {
  readonly visit: number;
  readonly from: number;
  readonly sure: boolean;
}

function check(
  messages: readonly Message[],
  tag: string | undefined,
  outlets: ReadonlyMap<string, string>,
  waits: readonly Wait[],
): void {
  const marketing = messages.filter((message) => message.journey !== 'order');
  const sent = marketing.filter(({ status }) => status === 'sent').map((message) => message.at);
  /** Who waits all the while, at an instant; and who may have waited when somebody asked. */
  const decided = (visit: number): number =>
    Date.parse(messages.find(({ id, journey: of }) => of === 'patient' && id.endsWith(`#say#${visit}`))!.at);
  const visits = (which: (wait: Wait) => boolean) => new Set(waits.filter(which).map(({ visit }) => visit)).size;
  const waiting = (at: number) => visits(({ from, sure, visit }) => sure && from < at && decided(visit) > at);
  const mayWait = (at: number) => visits(({ from, visit }) => from <= at && decided(visit) >= at);
  for (const { journey: id, status, at: when } of marketing) {
    if (status !== 'sent' || id === 'patient') continue;
    const kept = waiting(Date.parse(when));
    // What was sent at that very moment was sent beside it; the place of who waits was left.
    const byThen = sent.filter((one) => one <= when);
    for (const { count, most } of counted(byThen, when, tag)) expect(count + kept).toBeLessThanOrEqual(most);
    if (kept > 0) yielded.besides++;
  }
  for (const when of sent) {
    for (const { count, most } of counted(sent, when, tag)) expect(count).toBeLessThanOrEqual(most);
  }
  for (const message of messages) {
    const [, , visit] = message.id.split('#');
    expect(outlets.get(`${message.journey}#${visit}`)).toBe(message.status === 'sent' ? 'sent' : 'not-sent');
    if (message.status === 'sent') continue;
    expect(message.reason).toBe('capped');
    expect(message.journey).not.toBe('order');
    // Some cap was full when it was let go, or its place was another's that waited.
    const others = message.journey === 'patient' ? 0 : mayWait(Date.parse(message.at));
    const byThen = sent.filter((one) => one <= message.at);
    const full = (ahead: number) => counted(byThen, message.at, tag).some(({ count, most }) => count + ahead >= most);
    expect(full(others)).toBe(true);
    if (!full(0)) yielded.left++;
  }
}
