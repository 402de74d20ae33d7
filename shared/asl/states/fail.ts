import { StateFailure } from '../failure.ts';
import { defineStateKind } from './define-state-kind.ts';

/** Fail: ends its machine badly, with an error name and a cause of its own. */
export const fail = defineStateKind({
  type: 'Fail',
  flow: 'end',
  fields: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  inspected: () => ['afterInputPath'],
  begin(run, frame, state) {
    const scope = run.scope(frame, state);
    const input = state.query.input(scope);
    const error = state.query.text(scope, input, 'Error');
    const cause = state.query.text(scope, input, 'Cause');
    throw new StateFailure({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  },
});
