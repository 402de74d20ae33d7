import { noResource, type TargetKind } from './define-target.ts';

/** A log group of CloudWatch Logs takes each event as a line. */
export const logGroupTarget = (write: (arn: string, line: string) => boolean): TargetKind => ({
  service: 'logs',
  called: 'a log group',
  usedBy: ['rules'],
  hand: {
    when: 'now',
    deliver({ arn, input }) {
      if (!write(arn, input)) throw noResource(`The specified log group does not exist: ${arn}`);
    },
  },
});
