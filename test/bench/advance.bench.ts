import type { CustomerEvent } from '../../shared/events/index.ts';
import { privateDomainRules } from '../../shared/packs/private-domain/tags.ts';
import { shortLinkRules } from '../../shared/packs/saas-short-link/tags.ts';
import { advance, type CustomerState, emptyState } from '../../shared/profile/index.ts';
import type { Condition } from '../../shared/rules/index.ts';
import { type CompiledRuleset, compileRuleset, type TagDefinition } from '../../shared/tags/index.ts';
import type { BenchRow } from './row.ts';

const CUSTOMERS = 500;
const EVENTS = 40_000;
const NAMES = [
  'Product Viewed',
  'Order Completed',
  'Content Liked',
  'Checkout Started',
  'Product Added',
  'Cart Viewed',
  'Consultation Started',
];

/** Events of many customers in the order of time, as an app sends them: some 600 bytes each. */
function makeEvents(): CustomerEvent[] {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: EVENTS }, (_, i): CustomerEvent => {
    const at = new Date(Date.UTC(2026, 0, 1) + i * 90_000).toISOString();
    return {
      id: `9f1c2d3e-4b5a-4c6d-8e7f-${String(i).padStart(12, '0')}`,
      customer: `u_${Math.floor(random() * CUSTOMERS)}`,
      name: pick(NAMES),
      type: 'track',
      at,
      received: at,
      properties: {
        product_id: `sku-${Math.floor(random() * 60)}`,
        category: pick(['面霜', '精华', '洁面']),
        total: Math.round(random() * 80_000) / 100,
        dwell_s: Math.floor(random() * 120),
        currency: 'CNY',
        url: 'https://shop.example.com/products/cream-01?from=community&campaign=spring',
      },
      context: {
        channel: pick(['wechat', 'wecom', 'mini_program']),
        ip: '203.0.113.7',
        timezone: 'Asia/Shanghai',
        userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)',
      },
    };
  });
}

const words = (text: string) => ({ zh: text, en: text });

/** A hundred rules: each event name has some that listen to it, as in a ruleset that has grown. */
function hundredRules(): CompiledRuleset {
  const when = (i: number): Condition => {
    const event = `${NAMES[i % NAMES.length]}${i < 35 ? '' : ` ${Math.floor(i / 5)}`}`;
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
  for (const text of texts) sum += (JSON.parse(text) as CustomerEvent).id.length;
  const rate = (texts.length / (cpuMs() - started)) * 1000;
  if (sum === 0) throw new Error('Nothing was parsed');
  return rate;
}

/** Processor time of this process: the same whether or not others are at the machine. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The best of several runs, the first ones being for the compiler. */
const best = (measure: () => number): number => Math.max(measure(), measure(), measure(), measure());

export async function rows(): Promise<BenchRow[]> {
  const events = makeEvents();
  const texts = events.map((event) => JSON.stringify(event));
  const against = 'JSON.parse of the same events';
  const theirs = best(() => measureParse(texts));
  const packs = {
    ...privateDomainRules,
    version: 1,
    groups: [...privateDomainRules.groups, ...shortLinkRules.groups],
    tags: [...privateDomainRules.tags, ...shortLinkRules.tags],
  };
  const row = (what: string, rules: CompiledRuleset): BenchRow => ({
    what,
    unit: 'events/s',
    ours: best(() => measureAdvance(events, rules)),
    against,
    theirs,
    note: `${rules.ruleset.tags.length} tags, one event a call`,
  });
  return [row('advance(), shipped packs', compileRuleset(packs)), row('advance(), a hundred rules', hundredRules())];
}
