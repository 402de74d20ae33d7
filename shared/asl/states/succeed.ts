import type { StateKind } from './define-state-kind.ts';

/** Succeed: ends its machine well. */
export const succeed: StateKind = {
  type: 'Succeed',
  flow: 'end',
  fields: ['InputPath', 'OutputPath', 'Output'],
  inspected: () => ['afterInputPath'],
  begin(run, frame, state) {
    const scope = run.scope(frame, state);
    run.finish(frame, state, state.query.outcome(scope, state.query.input(scope), undefined), undefined);
  },
};
