/** The journey document: schema, parsing with diagnostics, questions about its shape, edits. */
export { durationSeconds } from '../duration.ts';
export * from './edits.ts';
export { type Graph, type GraphNode, graphOf } from './graph.ts';
export { eventsOfTrigger, type Mentions, tagsOfCondition, tagsOfTrigger } from './mentions.ts';
export { type ParsedJourney, parseDraft, parseJourney } from './parse.ts';
export type { Edge, EndRule, EntryRules, Journey, JourneyNode, Reentry } from './schema.ts';
export { documentSchema as journeySchema, durationSchema, idSchema } from './schema.ts';
export { type Happening, matchesTrigger, propertyTestSchema, type Trigger, triggerSchema } from './trigger.ts';
