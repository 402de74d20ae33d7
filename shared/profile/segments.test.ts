/** Segments as advance() works them out: exact in time, told as entering and leaving, never among the tags. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { evaluateOver } from '../rules/index.ts';
import { belongsTo, compileRuleset, parseRuleset, type Ruleset, type SegmentDefinition } from '../tags/index.ts';
import { advance, type Change, type CustomerState, emptyState, stateFromText, stateToText } from './index.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const on = (day: number): string => new Date(START + day * DAY).toISOString();
const words = (text: string) => ({ zh: text, en: text });
const segment = (id: string, when: SegmentDefinition['when']): SegmentDefinition => ({
  id,
  name: words(id),
  goal: words('goal'),
  when,
});

const ruleset: Ruleset = {
  version: 1,
  zone: 'Asia/Shanghai',
  groups: [],
  tags: [
    {
      key: 'regular',
      name: words('regular'),
      category: 'value',
      when: { did: { event: 'Order', count: { op: 'gte', value: 2 } } },
    },
  ],
  segments: [
    segment('buyers', { did: { event: 'Order' } }),
    segment('dormant', { silent: { for: 'P7D' } }),
    segment('lost-regulars', { all: [{ tag: 'regular' }, { segment: 'dormant' }] }),
    segment('lookers', { all: [{ did: { event: 'View', within: 'P3D' } }, { not: { segment: 'buyers' } }] }),
  ],
  segmentFamilies: [{ id: 'f', name: words('f'), order: ['lost-regulars', 'dormant', 'buyers'] }],
};
const rules = compileRuleset(ruleset);

const event = (name: string, at: number, id = `${name}@${at}`): CustomerEvent => ({
  id,
  customer: 'mei',
  name,
  type: 'track',
  at: on(at),
  received: on(at),
  properties: {},
});

const told = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) =>
    change.type === 'segment' ? [`${change.op} ${change.segment}@${(Date.parse(change.at) - START) / DAY}`] : [],
  );

function lives(days: readonly (readonly [number, string?])[], by = rules) {
  let state = emptyState('mei');
  const changes: Change[] = [];
  for (const [day, name] of days) {
    const inputs =
      name === undefined ? [{ type: 'time' as const }] : [{ type: 'event' as const, event: event(name, day) }];
    const next = advance(state, inputs, by, on(day));
    state = next.state;
    changes.push(...next.changes);
  }
  return { state, changes };
}

describe('a customer', () => {
  test('comes into segments and leaves them, by what she does and by time, each at its own moment', () => {
    const { state, changes } = lives([[0, 'View'], [1, 'Order'], [2, 'Order'], [20]]);
    expect(told(changes)).toEqual([
      'entered lookers@0',
      'entered buyers@1',
      'left lookers@1',
      'entered dormant@9',
      'entered lost-regulars@9',
    ]);
    expect(Object.keys(state.segments).sort()).toEqual(['buyers', 'dormant', 'lost-regulars']);
    expect(Object.keys(state.tags)).toEqual(['regular']);
    expect(state.segments['buyers']).toMatchObject({ since: on(1), evidence: ['Order@1'] });
  });

  test('is told of with reason and evidence, as tags are', () => {
    const [first] = lives([[1, 'Order']]).changes;
    expect(first).toMatchObject({
      type: 'segment',
      op: 'entered',
      segment: 'buyers',
      at: on(1),
      rule: 1,
      evidence: ['Order@1'],
      cause: { by: 'event', eventName: 'Order', messageId: 'Order@1', depth: 0 },
    });
  });

  test('keeps her segments over being written down, and leaves one that is no longer there', () => {
    const { state } = lives([[1, 'Order']]);
    const again = stateFromText('mei', stateToText(state));
    expect(again.segments).toEqual(state.segments);
    const without = compileRuleset({ ...ruleset, version: 2, segments: [], segmentFamilies: [] });
    const next = advance(again, [{ type: 'time' }], without, on(2));
    expect(told(next.changes)).toEqual(['left buyers@2']);
    expect(next.state.segments).toEqual({});
  });

  test('belongs, of the segments that she is in, to the first in the order', () => {
    const family = ruleset.segmentFamilies![0]!;
    const of = (days: Parameters<typeof lives>[0]) => {
      const { segments } = lives(days).state;
      return belongsTo(family, (id) => id in segments);
    };
    expect([
      of([[0, 'View']]),
      of([[1, 'Order']]),
      of([[1, 'Order'], [9]]),
      of([[0, 'Order'], [1, 'Order'], [9]]),
    ]).toEqual([undefined, 'buyers', 'dormant', 'lost-regulars']);
  });
});

test('in any order, any number of times and in any batches: the segments that a plain look at her events gives', () => {
  const happened = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('View', 'Order', 'Other'),
      at: fc.integer({ min: 0, max: 40 }).map((n) => n / 4),
    }),
    { selector: ({ name, at }) => `${name}@${at}`, minLength: 1, maxLength: 10 },
  );
  const wide = compileRuleset(ruleset, { latenessMs: 100 * DAY, openEvents: 200 });
  fc.assert(
    fc.property(happened, fc.infiniteStream(fc.nat(6)), fc.integer({ min: 10, max: 25 }), (list, random, end) => {
      const events = list.map(({ name, at }) => event(name, at));
      const coming = [...events, ...events.slice(0, 3)].sort(() => random.next().value - 3);
      let state: CustomerState = emptyState('mei');
      const sum = new Map<string, number>();
      const bring = (inputs: Parameters<typeof advance>[1]) => {
        const next = advance(state, inputs, wide, on(end));
        for (const change of next.changes) {
          if (change.type !== 'segment') continue;
          sum.set(change.segment, (sum.get(change.segment) ?? 0) + (change.op === 'entered' ? 1 : -1));
        }
        state = stateFromText('mei', stateToText(next.state));
      };
      while (coming.length > 0) {
        bring(coming.splice(0, 1 + random.next().value).map((one) => ({ type: 'event' as const, event: one })));
      }
      bring([{ type: 'time' }]);
      const world = { traits: {}, tags: state.tags, events, now: on(end), zone: 'Asia/Shanghai' };
      const segments: string[] = [];
      for (const { id, when } of ruleset.segments!) {
        // In the order in which they look at each other.
        if (evaluateOver(when, { ...world, segments }).holds) segments.push(id);
      }
      const expected = [...segments].sort();
      expect(Object.keys(state.segments).sort()).toEqual(expected);
      expect([...sum].filter(([, n]) => n !== 0)).toEqual(expect.arrayContaining(expected.map((id) => [id, 1])));
      expect([...sum.values()].every((n) => n === 0 || n === 1)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe('a ruleset with segments', () => {
  const wrong = (more: Partial<Ruleset>) => {
    const parsed = parseRuleset({ ...ruleset, ...more });
    return parsed.ok ? [] : parsed.diagnostics.map(({ code, field }) => `${code} ${field}`);
  };
  test('is sound', () => {
    expect(wrong({})).toEqual([]);
  });

  test('names what its segments look at and is not there, with its place', () => {
    const segments = [
      segment('a', { all: [{ tag: 'gone' }, { segment: 'nowhere' }] }),
      segment('a', { tag: 'regular' }),
    ];
    expect(wrong({ segments, segmentFamilies: [{ id: 'f', name: words('f'), order: ['a', 'b'] }] })).toEqual([
      'segment-twice segments.1.id',
      'segment-looks-at-tag-unknown segments.0.when',
      'segment-looks-at-segment-unknown segments.0.when',
      'segment-family-unknown segmentFamilies.0.order.1',
    ]);
    expect(wrong({ tags: [] }).sort()).toEqual(['segment-looks-at-tag-unknown segments.2.when']);
  });

  test('keeps the keys of segments from tags, and refuses segments that wait for each other', () => {
    const tag = { ...ruleset.tags[0]!, key: 'segment/buyers' };
    expect(wrong({ tags: [...ruleset.tags, tag] })).toContain('tag-key-reserved tags.1.key');
    const round = [segment('a', { segment: 'b' }), segment('b', { not: { segment: 'a' } })];
    expect(wrong({ segments: round, segmentFamilies: [] })).toEqual(['tag-cycle segments']);
  });
});
