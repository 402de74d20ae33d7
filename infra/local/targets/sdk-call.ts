import { AwsError } from '../time-source.ts';
import { fromTarget, noResource, type TargetKind } from './define-target.ts';

/** Scheduler's universal target: any operation of a service of the endpoint, `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`. */
export const sdkCallTarget = (
  call: (service: string, operation: string, parameters: Record<string, unknown>) => Promise<unknown>,
): TargetKind => ({
  service: 'scheduler',
  called: 'an operation of an SDK',
  usedBy: ['schedules'],
  hand: {
    when: 'later',
    async deliver({ arn, input }) {
      const [, service = '', action = ''] = /:aws-sdk:([^:]+):([^:]+)$/.exec(arn) ?? [];
      try {
        await call(service, `${action.charAt(0).toUpperCase()}${action.slice(1)}`, JSON.parse(input || '{}'));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw error.status === 501 ? noResource(error.message) : fromTarget(`${error.code}: ${error.message}`);
      }
    },
  },
});
