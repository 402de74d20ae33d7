/** Small gardens for the examples of lints. */
import { emptyJourney, type Journey } from '../journey/index.ts';
import { NODE_KINDS } from '../nodes/index.ts';
import type { Condition } from '../rules/index.ts';
import type { SegmentDefinition, TagDefinition, TagGroup } from '../tags/index.ts';
import type { LintInput } from './define-lint.ts';

const alike = (text: string) => ({ zh: text, en: text });

export const aTag = (key: string, more: Partial<TagDefinition>): TagDefinition => ({
  key,
  name: alike(key),
  category: 'behaviour',
  ...more,
});

export const aGroup = (id: string, levels: readonly string[]): TagGroup => ({ id, name: alike(id), levels });

export const aSegment = (id: string, when: Condition): SegmentDefinition => ({
  id,
  name: alike(id),
  goal: alike('goal'),
  when,
});

export const aGarden = ({
  tags = [],
  groups = [],
  segments = [],
  journeys = [],
}: {
  readonly tags?: readonly TagDefinition[];
  readonly groups?: readonly TagGroup[];
  readonly segments?: readonly SegmentDefinition[];
  readonly journeys?: readonly Journey[];
}): LintInput => ({ ruleset: { version: 1, zone: 'Asia/Shanghai', groups, tags, segments }, journeys });

export const BOUGHT: Condition = { did: { event: 'Order Completed' } };

/** 新客 → 老客 → VIP. */
export const LEVELS = {
  groups: [aGroup('level', ['新客', '老客', 'VIP'])],
  tags: [
    aTag('新客', { group: 'level', when: { not: BOUGHT } }),
    aTag('老客', { group: 'level', when: BOUGHT }),
    aTag('VIP', { group: 'level', manual: true }),
  ],
};

/** Nodes one after the other, from [id, kind, config] each; the first is the way in. */
export function aJourney(
  id: string,
  nodes: readonly (readonly [id: string, kind: string, config: unknown])[],
  more: Partial<Journey> = {},
): Journey {
  const at = { stage: 'touch' as const, position: { x: 0, y: 0 } };
  const first = NODE_KINDS.get(nodes[0]?.[1] ?? '');
  if (first?.entry === undefined) throw new Error(`The first node of example ${id} is no way in`);
  return {
    ...emptyJourney(id, id),
    ...more,
    nodes: nodes.map(([nodeId, kind, config]) => ({ id: nodeId, kind, kindVersion: 1, config, ...at })),
    edges: nodes.slice(1).map(([to], i) => ({ id: `e${i}`, from: { node: nodes[i]![0], outlet: 'next' }, to })),
  };
}

/** A tag lets her in, a message is sent, and that is all. */
export const tells = (tag: string, body: string, more: Partial<Journey> = {}): Journey =>
  aJourney(
    'journey',
    [
      ['in', 'enter-tag', { op: 'added', key: tag }],
      ['say', 'message', { channel: 'inbox', body, byResult: false }],
      ['out', 'exit', {}],
    ],
    more,
  );
