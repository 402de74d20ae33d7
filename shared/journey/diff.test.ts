import { describe, expect, it } from 'vitest';
import { diffJourneys } from './diff.ts';
import type { Journey, JourneyNode } from './schema.ts';

const node = (id: string, more: Partial<JourneyNode> = {}): JourneyNode => ({
  id,
  kind: 'wait',
  kindVersion: 1,
  config: { duration: 'P1D', until: '10:00' },
  stage: 'touch',
  position: { x: 0, y: 0 },
  ...more,
});
const journey = (nodes: JourneyNode[], more: Partial<Journey> = {}): Journey => ({
  schema: 1,
  id: 'j',
  name: 'J',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes,
  edges: [],
  ...more,
});
const edge = (from: string, to: string, outlet = 'next') => ({
  id: `${from}-${outlet}`,
  from: { node: from, outlet },
  to,
});
const told = (before: Journey, after: Journey) =>
  diffJourneys(before, after).map(({ what, op, key, said, lines }) => [
    `${what} ${op} ${key}`,
    ...(said.zh === '' ? [] : [said.zh]),
    ...lines.map(({ label, was, is }) => `${label.zh}：${was?.zh ?? '–'} → ${is?.zh ?? '–'}`),
  ]);

describe('what differs between two versions of a journey', () => {
  it('is nothing when cards were only moved, keys written in another order, or edges given other ids', () => {
    const before = journey([node('a'), node('b')], { edges: [edge('a', 'b')] });
    const moved = node('a', { position: { x: 500, y: 20 }, config: { until: '10:00', duration: 'P1D' } });
    const after = journey([moved, node('b')], { edges: [{ ...edge('a', 'b'), id: 'other' }] });
    expect(diffJourneys(before, after)).toEqual([]);
  });

  it('says each setting of a card as it was and as it is', () => {
    const after = node('a', { title: '等一等', stage: 'trial', config: { duration: 'P3D' } });
    expect(told(journey([node('a')]), journey([after]))).toEqual([
      ['node changed a', '标题：– → 等一等', '阶段：触达 → 初体验', '等待：1 天 → 3 天', '再等到：10:00 → –'],
    ]);
  });

  it('says who is kept out', () => {
    const exclude = { tags: ['VIP'], segments: ['staff'], ends: true } as const;
    const after = journey([], { entry: { reentry: { type: 'never' }, exclude } });
    expect(told(journey([]), after)).toEqual([
      ['entry changed entry', '不让进来：– → 有标签「VIP」，或在人群「staff」里；途中变成这样就离开'],
    ]);
  });

  it('says conditions, triggers and shares as sentences', () => {
    const branch = (tag: string) => node('b', { kind: 'branch', config: { branches: [{ id: 'x', when: { tag } }] } });
    const split = (percent: number) =>
      node('s', {
        kind: 'split',
        config: {
          parts: [
            { id: 'a', percent },
            { id: 'b', name: '对照', percent: 100 - percent },
          ],
        },
      });
    const waitFor = (key: string) =>
      node('w', {
        kind: 'wait-for',
        config: { for: [{ id: 'x', on: { type: 'tagAdded', key } }], limit: 'P3D', since: 'entry' },
      });
    expect(
      told(
        journey([branch('新客'), split(50), waitFor('老客')]),
        journey([branch('老客'), split(80), waitFor('VIP')]),
      ).flat(),
    ).toEqual([
      'node changed b',
      expect.stringMatching(/^分支：.*新客.* → .*老客/),
      'node changed s',
      '分流：A 50% / 对照 50% → A 80% / 对照 20%',
      'node changed w',
      expect.stringMatching(/^等什么：.*老客.* → .*VIP/),
    ]);
  });

  it('names cards that came and went, and where ways lead now', () => {
    const before = journey([node('a', { title: 'A' }), node('b', { title: 'B' })], { edges: [edge('a', 'b')] });
    const after = journey([node('a', { title: 'A' }), node('c', { title: 'C' })], { edges: [edge('a', 'c')] });
    expect(told(before, after)).toEqual([
      ['node added c', expect.stringMatching(/^新节点（等待）：.*1 天/)],
      ['node removed b', '不再有「B」。'],
      ['way changed a next', '改接到「C」（原来是「B」）。'],
    ]);
    const free = journey([node('a', { title: 'A' })]);
    expect(told(before, free).at(-1)).toEqual(['way removed a next', '不再接到「B」，到这里就结束。']);
    // The way out of a card that is gone is gone with it.
    expect(told(before, journey([node('b', { title: 'B' })]))).toEqual([['node removed a', '不再有「A」。']]);
  });

  it('says who may come in, and what ends it', () => {
    const before = journey([], {
      goals: [{ id: 'g', name: '下单', on: { type: 'event', event: 'Order Completed' } }],
      exits: [{ id: 'x', name: '退订', on: { type: 'event', event: 'Unsubscribed' } }],
    });
    const after = journey([], {
      name: 'K',
      entry: { reentry: { type: 'after', duration: 'P30D' }, audience: { tag: '新客' } },
      goals: [{ id: 'g', name: '下单', on: { type: 'tagAdded', key: '老客' } }],
    });
    expect(told(before, after)).toEqual([
      ['journey changed journey', '名称：J → K'],
      [
        'entry changed entry',
        '再次进入：只进一次 → 结束 30 天后可以再进',
        expect.stringMatching(/^只限于：– → .*新客/),
      ],
      ['goal changed g', '条件：事件「下单」 → 打上标签「老客」'],
      ['exit removed x', '不再有「退订」。'],
    ]);
  });

  it('shows a half-done card as it stands', () => {
    const half = node('a', { config: { duration: 'soon' } });
    expect(told(journey([node('a')]), journey([half])).flat()[1]).toMatch(/^设置：.*1 天.* → \{"duration":"soon"\}$/);
    const unknown = node('a', { kind: 'carrier-pigeon', config: {} });
    expect(told(journey([node('a')]), journey([unknown]))).toHaveLength(1);
  });
});
