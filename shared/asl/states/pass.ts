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
    const scope = run.scope(frame, state);
    const input = state.query.input(scope);
    const given = state.query.name === 'JSONPath' ? state.raw.Result : undefined;
    const result =
      given === undefined && state.query.name === 'JSONPath' ? state.query.parameters(scope, input) : given;
    run.finish(frame, state, state.query.outcome(scope, input, result), state.next);
  },
});
