/** Running one state by itself (the TestState API). */
export { contextProblem } from './context.ts';
export { findState } from './find-state.ts';
export { type Bounds, type FieldValidationMode, mockResultProblem, type Shape } from './mock-result.ts';
export { StateTest } from './state-test.ts';
