/** From a journey to a state machine. See ARCHITECTURE.md. */
export { type CheckOptions, check } from './check.ts';
export { compile, MAX_DEFINITION_BYTES } from './compile.ts';
export { drawLot } from './lot.ts';
export type { AwaitAnswer, ExecutionInput, Failure, Passed, StepAnswer, StepPayload } from './payload.ts';
export { END_NODE, ENDED_ERROR, FAILED_ERROR } from './payload.ts';
export type {
  AslState,
  Compiled,
  CompileMap,
  CompileOptions,
  Estimate,
  PathEstimate,
  StateMachine,
  StepFunctions,
} from './program.ts';
export { assertSound, problemsOf } from './verify.ts';
export { standsAt } from './whereabouts.ts';
