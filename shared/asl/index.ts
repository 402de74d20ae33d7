/** Amazon States Language: a pure interpreter of Standard workflows. The one face of this part. */

export { DefinitionError } from './definition.ts';
export { type CallAnswer, type Driven, type DriveOptions, drive } from './drive.ts';
export type { Json, JsonObject } from './json.ts';
export { exceedsPayloadLimit, isObject, MAX_PAYLOAD_BYTES } from './json.ts';
export { jsonProblem, sourceLocation } from './json-problem.ts';
export { compileMachine, type Machine } from './machine.ts';
export type { PartChanges } from './part-changes.ts';
export { MAX_EVENTS } from './run.ts';
export type { ItemSource, ResultTarget } from './states/map/io.ts';
export { nextDue, openCalls, type StartOptions, type StepOptions, start, step } from './step.ts';
export { parseResource, type TaskResource } from './tasks/resource.ts';
export {
  type Bounds,
  contextProblem,
  type FieldValidationMode,
  findState,
  mockResultProblem,
  type Shape,
  StateTest,
} from './test-state/index.ts';
export { formatTimestamp, parseTimestamp } from './time.ts';
export { readTaskToken, taskToken } from './token.ts';
export type {
  ChildFacts,
  Effect,
  ExecutionState,
  ExecutionStatus,
  Frame,
  HistoryEvent,
  MapRunFacts,
  StepResult,
  Stimulus,
} from './types.ts';
export { checkDefinition, type DefinitionDiagnostic, validateDefinition } from './validate/index.ts';
export { variableReferences } from './validate/variable-references.ts';
