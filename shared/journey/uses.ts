/** Where a journey speaks of tags and segments: in nodes, goals and exits, and of whom it lets in. */
import { type Condition, segmentsOf, tagsOf } from '../rules/index.ts';
import { exclusionCondition } from './exclusion.ts';
import type { Graph } from './graph.ts';
import type { Mentions } from './mentions.ts';
import { segmentsOfTrigger, type Trigger, tagsOfTrigger } from './triggers/index.ts';

export interface Use {
  /** Tag key or segment id. */
  readonly id: string;
  readonly place: { readonly node?: string; readonly field: string };
}

/** How one kind of thing is mentioned. */
interface Look {
  readonly node: (mentions: Mentions) => readonly string[] | undefined;
  readonly trigger: (trigger: Trigger) => readonly string[];
  readonly condition: (condition: Condition) => readonly string[];
}

export const tagsMentioned = (graph: Graph): readonly Use[] =>
  mentioned(graph, { node: ({ tags }) => tags, trigger: tagsOfTrigger, condition: tagsOf });

export const segmentsMentioned = (graph: Graph): readonly Use[] =>
  mentioned(graph, { node: ({ segments }) => segments, trigger: segmentsOfTrigger, condition: segmentsOf });

function mentioned({ journey, nodes }: Graph, look: Look): Use[] {
  const ofRules = (rules: typeof journey.goals, field: string): Use[] =>
    rules.flatMap((rule, i) => look.trigger(rule.on).map((id) => ({ id, place: { field: `${field}.${i}.on` } })));
  const { audience, exclude } = journey.entry;
  const excluded = exclusionCondition(exclude);
  return [
    ...nodes.flatMap(({ kind, config, node }) =>
      (look.node(kind.mentions?.(config) ?? {}) ?? []).map((id) => ({ id, place: { node: node.id, field: 'config' } })),
    ),
    ...ofRules(journey.goals, 'goals'),
    ...ofRules(journey.exits, 'exits'),
    ...(audience ? look.condition(audience) : []).map((id) => ({ id, place: { field: 'entry.audience' } })),
    ...(excluded ? look.condition(excluded) : []).map((id) => ({ id, place: { field: 'entry.exclude' } })),
  ];
}
