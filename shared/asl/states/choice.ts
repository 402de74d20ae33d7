import { runtimeFailure } from '../failure.ts';
import type { JsonObject } from '../json.ts';
import { defineStateKind } from './define-state-kind.ts';

/** Choice: the first rule that matches says where to go; its own Output and Assign count. */
export const choice = defineStateKind({
  type: 'Choice',
  flow: 'own',
  fields: ['Choices', 'Default', 'InputPath', 'OutputPath', 'Output', 'Assign'],
  required: { any: ['Choices'] },
  inspected: () => ['afterInputPath'],
  begin(run, frame, state) {
    const scope = run.scope(frame, state);
    const input = state.query.input(scope);
    for (const rule of state.raw.Choices as JsonObject[]) {
      if (!state.query.matches(scope, input, rule)) continue;
      run.finish(frame, state, state.query.ruleOutcome(scope, input, rule), rule.Next as string);
      return;
    }
    if (typeof state.raw.Default !== 'string') {
      // AWS's guide calls this States.NoChoiceMatched; AWS does not (as others have measured it).
      throw runtimeFailure('Failed to transition out of the state. The state does not point to a next state.');
    }
    run.finish(frame, state, state.query.outcome(scope, input, undefined), state.raw.Default);
  },
});
