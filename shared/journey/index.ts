/** The journey document: schema, parsing with diagnostics, questions about its shape, edits. */
export { durationSeconds } from '../duration.ts';
export { diffJourneys, type JourneyChange } from './diff.ts';
export * from './edits.ts';
export { type Exclusion, endsByExclusion, exclusionCondition } from './exclusion.ts';
export { type Graph, type GraphNode, graphOf } from './graph.ts';
export { type Mentions, mentionsOfTriggers } from './mentions.ts';
export { type ParsedJourney, parseDraft, parseJourney } from './parse.ts';
export { goesBefore, PRIORITIES, PRIORITY_NAMES, type Priority } from './priority.ts';
export { isUnspaced, type Reentry, reentries, refusesAgain } from './reentry.ts';
export type { Edge, EndRule, EntryRules, Journey, JourneyNode } from './schema.ts';
export { documentSchema as journeySchema, durationSchema, idSchema } from './schema.ts';
export { titleOf } from './title-of.ts';
export {
  became,
  type Clock,
  clockOf,
  eventsOfTrigger,
  factsAfter,
  type Happening,
  isTrueNow,
  matchesTrigger,
  opens,
  passes,
  propertyTestSchema,
  segmentsOfTrigger,
  setOffAny,
  TRIGGERS,
  type Trigger,
  type TriggerKind,
  tagsOfTrigger,
  traitsBrought,
  triggerSchema,
  triggerWords,
} from './triggers/index.ts';
export { segmentsMentioned, tagsMentioned } from './uses.ts';
