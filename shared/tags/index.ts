export { type Cap, type Caps, capsSchema, DEFAULT_CAPS, type LifecycleCap, MOST_IN_CAP } from './caps.ts';
export {
  type CompiledRuleset,
  type CompiledTag,
  compileRuleset,
  DEFAULT_LIMITS,
  type Family,
  type Heard,
  isRenewed,
  type Limits,
  type Route,
  type Unit,
} from './compile-ruleset.ts';
export { ownerOf, takesValues } from './dependencies.ts';
export { diffRulesets, type RulesetChange } from './diff-rulesets.ts';
export { type Distribution, NO_DISTRIBUTION, valueAt, withValues } from './distribution.ts';
export {
  putSegment,
  putSegmentFamily,
  putTag,
  removeSegment,
  removeSegmentFamily,
  removeTag,
  withReverted,
} from './edit-ruleset.ts';
export { type Estimate, estimate } from './estimate.ts';
export { familyLevels } from './family-levels.ts';
export { fitGroups } from './fit-groups.ts';
export { type Guard, guardsOf } from './guards.ts';
export { charsOf, type Keep, Picker } from './keep.ts';
export { lastConfirmed } from './last-confirmed.ts';
export { definitionOf, namesIn, tagName } from './names.ts';
export { type ParsedRuleset, parseRuleset, tooLargeRuleset } from './parse-ruleset.ts';
export { rebaseRuleset } from './rebase-ruleset.ts';
export { ruleSentence } from './rule-sentence.ts';
export type {
  PackRules,
  Reading,
  Ruleset,
  SegmentDefinition,
  SegmentFamily,
  TagDefinition,
  TagGroup,
} from './ruleset.ts';
export { CATEGORIES } from './ruleset.ts';
export { rulesetSchema, tagSchema } from './ruleset-schema.ts';
export { segmentSchema } from './segment-schema.ts';
export { belongsTo, MAX_SEGMENTS } from './segments.ts';
export { wantedIn, withThresholds } from './thresholds.ts';
export type { BackfillShown, Turnover, TurnoverShown } from './turnover.ts';
export { unchangedUnits } from './unchanged-units.ts';
export { type Looked, type RulesUsing, rulesThatUse } from './uses.ts';
