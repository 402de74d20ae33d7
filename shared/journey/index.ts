/** The journey document: schema, parsing with diagnostics, questions about its shape, edits. */

export type { Graph, GraphNode } from './graph.ts';
export type { Edge, EndRule, EntryRules, Journey, JourneyNode, Reentry } from './schema.ts';
export { documentSchema, durationSchema, idSchema } from './schema.ts';
export { type Happening, matchesTrigger, type Trigger, triggerSchema } from './trigger.ts';
