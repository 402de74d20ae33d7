export { checkedMs } from '../duration.ts';
export { settle, type Wanted, wantedBy } from './calibrate.ts';
export { COMPARISON_WORDS } from './compare.ts';
export { type CompiledCondition, canonical, compileCondition, type Measure, shortHash } from './compile-condition.ts';
export type {
  Basis,
  Condition,
  Conditions,
  CountOp,
  DidConfig,
  Duration,
  NthConfig,
  OperatorName,
  SilentConfig,
  SumConfig,
  TraitConfig,
} from './condition.ts';
export { HERE, ruleDiagnostics } from './diagnostics.ts';
export { evaluateOver, eventNeeds, explain, segmentsOf, sentence, tagsOf } from './evaluate-over.ts';
export { addExact, compareExact, type Exact, fromExact, toExact } from './exact.ts';
export {
  duration as durationSchema,
  eventFields,
  eventPath as eventPathSchema,
  withinField as withinSchema,
} from './fields.ts';
export { matchesEvent } from './filter.ts';
export type { EventNeeds, Finding, World } from './finding.ts';
export type { Book, Form, Pen } from './form.ts';
export { eventWords, fieldName } from './known-names.ts';
export { BY_KEY, type Names } from './names.ts';
export { type Fact, type Leaf, never, type Sight, type Sure } from './operator.ts';
export { OPERATORS } from './operators/index.ts';
export { evenPages, itemsByPage, layOnPages, type Pages, type Place, valueAt, withValue } from './pages.ts';
export { readKeys, readPath, splitPath } from './read-path.ts';
export { withoutRoom } from './room.ts';
export { exceptionWords, pathWords, testWords, valuesWords } from './say.ts';
export { conditionSchema, configSchema } from './schema.ts';
export { inOrder, type Seen, toSeen } from './seen.ts';
export { SEGMENT_PREFIX, segmentKey, segmentOf } from './segment-key.ts';
export { shownReason } from './shown-reason.ts';
export { lastsForEver, partsOf, type SameAs, sureOf } from './sure.ts';
