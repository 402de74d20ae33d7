import { defineStateKind } from './define-state-kind.ts';

/** Succeed: ends its machine well. */
export const succeed = defineStateKind({
  type: 'Succeed',
  flow: 'end',
  fields: ['InputPath', 'OutputPath', 'Output'],
  inspected: () => ['afterInputPath'],
  begin: (run, frame, state) => run.leave(frame, state, undefined),
});
