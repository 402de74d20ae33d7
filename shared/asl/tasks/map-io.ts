/**
 * What a distributed Map reads (ItemReader) and writes (ResultWriter): calls made for its Map Run. The execution's
 * history shows only that the run failed by one.
 */
import type { TaskFamily } from './define-task-family.ts';

export const mapIo: TaskFamily = {
  unbounded: true,
  label: (task) => task.resource.arn,
  scheduled: () => undefined,
  started: () => undefined,
  taken: () => undefined,
  submitted: () => undefined,
  succeeded: () => undefined,
  failed: (_, failure) => ({ type: 'MapRunFailed', mapRunFailedEventDetails: { ...failure } }),
  timedOut: () => undefined,
};
