import type { AsyncInvocations } from '../lambda/async-invocations.ts';
import { noResource, type TargetKind } from './define-target.ts';

/** A function is called asynchronously: how it fares after that is Lambda's business, not the rule's. */
export const functionTarget = (invocations: AsyncInvocations): TargetKind => ({
  service: 'lambda',
  called: 'a function',
  usedBy: ['rules', 'schedules'],
  hand: {
    when: 'now',
    deliver({ arn, input }) {
      if (!invocations.take(arn, input)) throw noResource(`Function not found: ${arn}`);
    },
  },
});
