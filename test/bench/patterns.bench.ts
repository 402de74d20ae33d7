import { indexRules, matches, parsePattern } from '../../infra/local/event-bridge/patterns/index.ts';
import { cpuMs } from './cpu-ms.ts';
import type { BenchRow } from './row.ts';

const EVENTS = 30_000;
const ROUNDS = 12;

const MOST = 300;
const id = (n: number) => String(n).padStart(4, '0');
const byName = (n: number): object => ({ event: [`Event ${id(n)}`] });
/** Rules as shops write them, each with another way of naming its events: event n matches rule n and no other. */
const KINDS: readonly ((n: number) => object)[] = [
  byName,
  (n) => ({ event: [{ prefix: `Event ${id(n)}` }], properties: { total: [{ numeric: ['>=', 0] }] } }),
  (n) => ({
    event: [{ 'equals-ignore-case': `EVENT ${id(n)}` }],
    properties: { currency: [{ 'anything-but': 'USD' }] },
  }),
  (n) => ({ properties: { total: [{ numeric: ['>=', 1000 + n, '<', 1001 + n] }] } }),
  (n) => ({ properties: { url: [{ wildcard: `https://shop.example.com/${n}/*` }] } }),
  (n) => ({ $or: [{ event: [`Event ${id(n)}`] }, { event: [`Happening ${id(n)}`] }] }),
];

const ruleOf = (detail: object) => ({
  pattern: parsePattern({ source: [{ 'anything-but': ['pergola'] }], 'detail-type': ['track'], detail }),
});
const sameKind = (count: number) => Array.from({ length: count }, (_, n) => ruleOf(byName(n)));
const mixedKinds = (count: number) =>
  Array.from({ length: count }, (_, n) => ruleOf((KINDS[n % KINDS.length] as typeof byName)(n)));

/** An event as the bus matches it: some 700 bytes, most of which no rule asks for. */
const eventAt = (n: number) => ({
  version: '0',
  id: `9f1c2d3e-4b5a-4c6d-8e7f-${String(n).padStart(12, '0')}`,
  'detail-type': 'track',
  source: 'shop.web',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    type: 'track',
    messageId: `m-${n}`,
    userId: `u_${n % 500}`,
    event: `Event ${id(n)}`,
    timestamp: '2026-01-01T00:00:00.000Z',
    properties: {
      order_id: `o-${n}`,
      total: 1000 + n,
      currency: 'CNY',
      url: `https://shop.example.com/${n}/cream-01?from=community&campaign=spring`,
      products: [
        { product_id: 'cream-01', category: '面霜', price: 128, quantity: 1 },
        { product_id: 'serum-02', category: '精华', price: 256, quantity: 2 },
      ],
    },
    context: { channel: 'wecom', ip: '203.0.113.7', timezone: 'Asia/Shanghai' },
  },
});

interface Side {
  readonly rules: number;
  /** How many events a round has. */
  readonly events: number;
  /** How many rules an event matches. */
  find(event: unknown): number;
}

const indexed = (rules: ReturnType<typeof sameKind>): Side => {
  const index = indexRules(rules);
  return { rules: rules.length, events: EVENTS, find: (event) => index.find(event).length };
};

/**
 * Events per second of each side. Whatever the number of rules, there are MOST events and each matches exactly one rule:
 * a match costs more than a miss, and would else be counted as the cost of more rules. The sides take turns, round after round, so that what comes over the machine comes over all of them; the
 * first round warms up (compiled code serves all sides alike), and the best of the others counts.
 */
function rates(sides: readonly Side[]): number[] {
  const eventsOf = sides.map(({ rules }) => Array.from({ length: MOST }, (_, n) => eventAt(n % rules)));
  const best = sides.map(() => 0);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [s, { events: count, find }] of sides.entries()) {
      const events = eventsOf[s] as unknown[];
      let found = 0;
      const from = cpuMs();
      for (let i = 0; i < count; i++) found += find(events[(i * 7) % MOST]);
      if (round > 0) best[s] = Math.max(best[s] as number, (count * 1000) / (cpuMs() - from));
      if (found !== count) throw new Error(`${found} matches of ${count} events`);
    }
  }
  return best;
}

/** Events matched per second against the number of rules, and at 300 against trying each of them. */
export async function rows(): Promise<BenchRow[]> {
  const row = (what: string, ours: number, against: string, theirs: number): BenchRow => ({
    what: `event patterns, ${what}`,
    unit: 'events/s',
    ours,
    against,
    theirs,
  });
  const byNames = [1, 10, 100, MOST];
  const ofAllKinds = [KINDS.length, 10, 100, MOST];
  const all = mixedKinds(MOST);
  const one = rates(byNames.map((count) => indexed(sameKind(count))));
  const mixed = rates([
    ...ofAllKinds.map((count) => indexed(mixedKinds(count))),
    { rules: MOST, events: EVENTS / 20, find: (event) => all.filter(({ pattern }) => matches(pattern, event)).length },
  ]);
  const against = (what: string, counts: number[], found: number[], first: string) =>
    counts.slice(1).map((count, i) => row(`${count} rules ${what}`, found[i + 1] as number, first, found[0] as number));
  return [
    ...against('by name', byNames, one, 'one rule'),
    ...against('of all kinds', ofAllKinds, mixed, 'one of each kind'),
    row(`${MOST} rules of all kinds`, mixed[3] as number, 'trying each rule', mixed[4] as number),
  ];
}
