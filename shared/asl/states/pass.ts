import { defineStateKind } from './define-state-kind.ts';

/** Pass: hands its input on, or a fixed result, or what its query makes of it. */
export const pass = defineStateKind({
  type: 'Pass',
  flow: 'next-or-end',
  fields: ['InputPath', 'OutputPath', 'Parameters', 'Result', 'ResultPath', 'Output', 'Assign'],
  // ResultPath is no path to a Result.
  exclusive: [],
  inspected: (raw) =>
    raw.Result === undefined
      ? ['afterInputPath', 'afterParameters', 'afterResultSelector', 'afterResultPath']
      : ['result', 'afterResultSelector', 'afterResultPath'],
  begin(run, frame, state) {
    const { query, raw } = state;
    if (query.name === 'JSONata') run.leave(frame, state, undefined);
    else if (raw.Result !== undefined) run.leave(frame, state, raw.Result);
    else {
      const scope = run.scope(frame, state);
      const input = query.input(scope);
      run.finish(frame, state, query.outcome(scope, input, query.parameters(scope, input)), state.next);
    }
  },
});
