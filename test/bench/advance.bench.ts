/*
 * advance() alone, states held as objects, against JSON.parse of the same messages as they come in: as Segment's library
 * for servers sends them, and with what a browser tells besides.
 */

import { bodyOf } from '../../functions/ports/profiles/body.ts';
import { type CustomerEvent, parseEvent } from '../../shared/events/index.ts';
import { privateDomainRules } from '../../shared/packs/private-domain/tags.ts';
import { shortLinkRules } from '../../shared/packs/saas-short-link/tags.ts';
import { advance, type CustomerState, emptyState, stateToText } from '../../shared/profile/index.ts';
import type { Condition } from '../../shared/rules/index.ts';
import { type CompiledRuleset, compileRuleset, type TagDefinition } from '../../shared/tags/index.ts';
import { cpuMs } from './cpu-ms.ts';
import type { BenchRow } from './row.ts';
import { SHOP_EVENTS, shopMessages } from './shop-messages.ts';

const EVENTS = 20_000;

/** As the intake makes them of messages: what advance() is given. */
const eventsOf = (messages: readonly string[]): CustomerEvent[] =>
  messages.map((text) => {
    const message = JSON.parse(text) as { timestamp: string };
    const parsed = parseEvent(message, { time: message.timestamp }, message.timestamp);
    if (!parsed.ok) throw new Error(`The bench sends a wrong message: ${JSON.stringify(parsed.diagnostics)}`);
    return parsed.event;
  });

const words = (text: string) => ({ zh: text, en: text });

/** A hundred rules: each event name has some that listen to it, as in a ruleset that has grown. */
function hundredRules(): CompiledRuleset {
  const when = (i: number): Condition => {
    const event = `${SHOP_EVENTS[i % SHOP_EVENTS.length]}${i < 35 ? '' : ` ${Math.floor(i / 5)}`}`;
    const kinds: Condition[] = [
      { did: { event, within: 'P7D', count: { op: 'gte', value: 3 + (i % 4) } } },
      { sum: { event, of: 'properties.total', op: 'gte', value: 1000 * (i + 1) } },
      { nth: { event, n: 5 + i } },
      { silent: { event, for: `P${7 + i}D` } },
      {
        all: [
          { did: { event, where: [{ path: 'properties.category', op: 'eq', value: '面霜' }] } },
          { not: { did: { event, within: 'P30D', count: { op: 'gte', value: 20 } } } },
        ],
      },
    ];
    return kinds[i % kinds.length] as Condition;
  };
  const tags = Array.from(
    { length: 100 },
    (_, i): TagDefinition => ({ key: `rule-${i}`, name: words(`rule-${i}`), category: 'behaviour', when: when(i) }),
  );
  return compileRuleset({ version: 1, zone: 'Asia/Shanghai', groups: [], tags });
}

/** Events per second, each given to advance() alone, states held as objects. */
function measureAdvance(events: readonly CustomerEvent[], rules: CompiledRuleset): number {
  const states = new Map<string, CustomerState>();
  const started = cpuMs();
  for (const event of events) {
    const state = states.get(event.customer) ?? emptyState(event.customer);
    states.set(event.customer, advance(state, [{ type: 'event', event }], rules, event.at).state);
  }
  return (events.length / (cpuMs() - started)) * 1000;
}

function measureParse(texts: readonly string[]): number {
  let sum = 0;
  const started = cpuMs();
  for (const text of texts) sum += (JSON.parse(text) as { messageId: string }).messageId.length;
  const rate = (texts.length / (cpuMs() - started)) * 1000;
  if (sum === 0) throw new Error('Nothing was parsed');
  return rate;
}

/** The best of several runs, ours and theirs by turns, so that both have the same machine; the first are for the compiler. */
const ROUNDS = 6;

function compared(what: string, rules: CompiledRuleset, messages: readonly string[]): BenchRow {
  const events = eventsOf(messages);
  let [ours, theirs] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.max(ours, measureAdvance(events, rules));
    theirs = Math.max(theirs, measureParse(messages));
  }
  const bytes = messages.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / messages.length;
  return {
    what: `advance(), ${what}`,
    unit: 'events/s',
    ours,
    against: 'JSON.parse of the same messages',
    theirs,
    note: `${rules.ruleset.tags.length} tags, one event a call, messages of ${Math.round(bytes)} bytes`,
  };
}

/** The middle one of the customers' records as they lie in the table, after all these events. */
function recordRow(rules: CompiledRuleset, messages: readonly string[]): BenchRow {
  const states = new Map<string, CustomerState>();
  for (const event of eventsOf(messages)) {
    const state = states.get(event.customer) ?? emptyState(event.customer);
    states.set(event.customer, advance(state, [{ type: 'event', event }], rules, event.at).state);
  }
  const sizes = [...states.values()]
    .map((state) => Buffer.byteLength(bodyOf(stateToText(state))))
    .sort((a, b) => a - b);
  return {
    what: "a busy customer's record, shipped packs",
    unit: 'bytes',
    ours: sizes[Math.floor(sizes.length / 2)] as number,
    against: 'a kilobyte, by which a row is paid',
    theirs: 1024,
    lowerIsBetter: true,
    note: `${Math.round(messages.length / states.size)} events each, five a day, the middle one of ${states.size} customers`,
  };
}

export async function rows(): Promise<BenchRow[]> {
  const [server, browser] = [await shopMessages(EVENTS, 'server'), await shopMessages(EVENTS, 'browser')];
  const packs = compileRuleset({
    ...privateDomainRules,
    version: 1,
    groups: [...privateDomainRules.groups, ...shortLinkRules.groups],
    tags: [...privateDomainRules.tags, ...shortLinkRules.tags],
  });
  return [
    recordRow(packs, browser),
    compared('shipped packs', packs, browser),
    compared('a hundred rules, messages of a server', hundredRules(), server),
    compared('a hundred rules, messages of a browser', hundredRules(), browser),
  ];
}
