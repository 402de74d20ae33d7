/**
 * Any journey that can be drawn from the registry: it compiles, its definition is valid for AWS, and the machine goes
 * the very way that decide() goes, telling every passing exactly once. Kinds are taken from the registry with their own
 * samples, so a new kind is in here by itself.
 */
import aslValidator from 'asl-validator';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyJourney, graphOf, type Journey } from '../journey/index.ts';
import { NODE_KINDS, sampleFacts } from '../nodes/index.ts';
import { compile, problemsOf } from './index.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drive } from './testing/drive.ts';
import { walk } from './testing/walk.ts';
import { iso, type World } from './testing/world.ts';

const kinds = [...NODE_KINDS.values()];
const configs = kinds.flatMap((kind) =>
  [kind.defaults, ...kind.samples.map((s) => s.config)].map((config) => ({ kind, config })),
);
const entries = configs.filter((c) => c.kind.entry);
const others = configs.filter((c) => !c.kind.entry);
const at = { stage: 'touch' as const, position: { x: 0, y: 0 } };

/** Cards in a row; every outlet leads to a later card, to nothing, or (seldom) back. Cards that nothing leads to go. */
const journeys: fc.Arbitrary<Journey> = fc
  .record({
    ways: fc.array(fc.constantFrom(...entries), { minLength: 1, maxLength: 3 }),
    cards: fc.array(fc.constantFrom(...others), { minLength: 1, maxLength: 12 }),
    choices: fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }),
    title: fc.string({ unit: 'binary', maxLength: 100 }),
  })
  .map(({ ways, cards, choices, title }) => {
    const all = [...ways, ...cards].map(({ kind, config }, i) => ({
      id: `n${i}`,
      kind: kind.kind,
      kindVersion: kind.version,
      config,
      title: i % 2 ? title : '',
      ...at,
    }));
    let next = 0;
    const edges = all.flatMap((node, i) => {
      const kind = NODE_KINDS.get(node.kind)!;
      return kind.outlets(node.config).flatMap((outlet) => {
        const choice = choices[next++ % choices.length]!;
        const later = all.slice(Math.max(i + 1, ways.length));
        const cardsBefore = all.slice(ways.length, i + 1);
        const pool = choice < 12 && cardsBefore.length > 0 ? cardsBefore : later;
        const to = choice > 90 ? undefined : pool[choice % Math.max(1, pool.length)];
        return to ? [{ id: `e${next}`, from: { node: node.id, outlet: outlet.id }, to: to.id }] : [];
      });
    });
    const journey = { ...emptyJourney('any', '任意'), nodes: all, edges };
    const { reachable } = graphOf(journey);
    return {
      ...journey,
      nodes: all.filter((n) => reachable.has(n.id)),
      edges: edges.filter((e) => reachable.has(e.from.node)),
    };
  });

const DAY = 86_400_000;
const start = Date.parse(sampleFacts().enrolment.enteredAt);

const worlds: fc.Arbitrary<World> = fc
  .record({
    customer: fc.integer({ min: 1, max: 5000 }),
    happens: fc.array(
      fc.record({ name: fc.constantFrom('Order Completed', 'Product Viewed'), after: fc.nat(40 * DAY) }),
      { maxLength: 4 },
    ),
    holds: fc.boolean(),
    busy: fc.nat(30),
    vip: fc.boolean(),
  })
  .map(({ customer, happens, holds, busy, vip }) => ({
    facts: sampleFacts({
      customer: {
        id: `u-${customer}`,
        traits: {},
        tags: vip ? { VIP客: { since: '2026-01-01T00:00:00.000Z', rule: 1, evidence: [] } } : {},
        segments: {},
      },
    }),
    happens: happens
      .toSorted((a, b) => a.after - b.after)
      .map(({ name, after }, i) => ({
        id: `h${i}`,
        customer: `u-${customer}`,
        name,
        type: 'track' as const,
        at: iso(start + 1 + after),
        received: iso(start + 1 + after),
        properties: {},
      })),
    busyUntil: start + busy * DAY,
    holdsBack: (_node: string, visit: number) => holds && visit % 2 === 1,
  }));

/** What a random drawing may rightly be refused for. */
const REFUSALS = ['loop-without-wait', 'endless', 'path-too-long'];

test('any journey runs as it decides', () => {
  let ran = 0;
  fc.assert(
    fc.property(journeys, worlds, (journey, world) => {
      const result = compile(journey, { version: 1, functions: FUNCTIONS });
      if (!result.ok) {
        for (const d of result.diagnostics.filter((x) => x.severity === 'error')) expect(REFUSALS).toContain(d.code);
        return;
      }
      ran++;
      expect(problemsOf(result.asl, FUNCTIONS)).toEqual([]);
      const graph = graphOf(journey);
      for (const { node } of result.map.entries) {
        const run = drive(result.asl, journey, node, world, { most: 40 });
        // Far beyond where the run is left: of one that ends just there, the walk is to know the end.
        const expected = walk(graph, node, world, 200);
        const told = run.told.map(({ by: _by, ...step }) => step);
        expect(told).toEqual(expected.slice(0, told.length));
        /** Who draws the same lot round after round stays in a loop until the execution's year is over. */
        if (run.status === 'TIMED_OUT') expect(result.estimate.loops).toBe(true);
        else if (run.status !== 'RUNNING') {
          expect(run.status).toBe('SUCCEEDED');
          expect(told).toEqual(expected);
        }
        expect(new Set(told.map((t) => `${t.node}#${t.visit}`)).size).toBe(told.length);
      }
    }),
    { numRuns: 400 },
  );
  // More than half are sound, mostly; far fewer would mean that hardly anything was looked at.
  expect(ran).toBeGreaterThan(100);
});

test('any journey gives a definition that AWS would take', () => {
  fc.assert(
    fc.property(journeys, (journey) => {
      const result = compile(journey, { version: 1, functions: FUNCTIONS });
      if (result.ok) expect(aslValidator(structuredClone(result.asl)).errors).toEqual([]);
    }),
    { numRuns: 15 },
  );
}, 120_000);

/** Nothing happens in this world but time, since retries take time and what happens meanwhile would change the way. */
test('calls that fail at random, and are redriven, lead the same way to the same end', () => {
  fc.assert(
    fc.property(
      journeys,
      worlds,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      (journey, world, failures) => {
        const result = compile(journey, { version: 1, functions: FUNCTIONS });
        if (!result.ok || result.estimate.loops) return;
        const entry = result.map.entries[0]!.node;
        const still = { ...world, happens: [] };
        const faults = {
          before: (payload: { failure?: unknown }, call: number) =>
            !payload.failure && failures[call % failures.length] && call < 60
              ? { error: 'Flaky', cause: 'at random' }
              : undefined,
        };
        const calm = drive(result.asl, journey, entry, still);
        const rough = drive(result.asl, journey, entry, still, { faults, redrives: 30 });
        const way = (run: typeof calm) => run.told.map((t) => `${t.node}#${t.visit} ${t.outlet}`);
        expect(way(rough)).toEqual(way(calm));
        expect(rough).toMatchObject({ status: calm.status, output: calm.output, ended: calm.ended });
      },
    ),
    { numRuns: 200 },
  );
});
