import { indexRules, matches, parsePattern } from '../../infra/local/event-bridge/patterns/index.ts';
import type { BenchRow } from './row.ts';

const EVENTS = 30_000;

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

/** Processor time of this process: the same whether or not others are at the machine. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The same events whatever the rules; as many of them match a rule as there are rules among MOST. */
function perSecond(rules: number, find: (event: unknown) => number): number {
  const events = Array.from({ length: MOST }, (_, n) => eventAt(n));
  let best = 0;
  for (let attempt = 0; attempt < 5; attempt++) {
    let found = 0;
    const from = cpuMs();
    for (let i = 0; i < EVENTS; i++) found += find(events[(i * 7) % MOST]);
    best = Math.max(best, (EVENTS * 1000) / (cpuMs() - from));
    if (found !== (EVENTS * rules) / MOST) throw new Error(`${found} matches with ${rules} rules`);
  }
  return best;
}

/** Events matched per second against the number of rules, and at 300 against trying each of them. */
export async function rows(): Promise<BenchRow[]> {
  const unit = 'events/s';
  const rate = (rules: ReturnType<typeof sameKind>) => {
    const index = indexRules(rules);
    return perSecond(rules.length, (event) => index.find(event).length);
  };
  // Compiled code serves all rows alike: without this, the first one alone would pay for it.
  rate(mixedKinds(MOST));
  const alone = rate(sameKind(1));
  const row = (what: string, ours: number, against: string, theirs: number): BenchRow => ({
    what: `event patterns, ${what}`,
    unit,
    ours,
    against,
    theirs,
  });
  const six = rate(mixedKinds(KINDS.length));
  const all = mixedKinds(MOST);
  const mixed = rate(all);
  const each = perSecond(MOST, (event) => all.filter(({ pattern }) => matches(pattern, event)).length);
  return [
    ...[10, 100, MOST].map((count) => row(`${count} rules by name`, rate(sameKind(count)), 'one rule', alone)),
    ...[10, 100].map((count) => row(`${count} rules of all kinds`, rate(mixedKinds(count)), 'one of each kind', six)),
    row(`${MOST} rules of all kinds`, mixed, 'one of each kind', six),
    row(`${MOST} rules of all kinds`, mixed, 'trying each rule', each),
  ];
}
