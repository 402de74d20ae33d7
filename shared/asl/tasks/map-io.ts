/**
 * What a distributed Map reads (ItemReader) and writes (ResultWriter): calls made for its Map Run. The execution's
 * history shows only that the run failed by one.
 */
import type { TaskFamily } from './define-task-family.ts';

export const mapIo: TaskFamily = {
  unbounded: true,
  label: (task) => task.resource.arn,
  failed: { type: 'MapRunFailed', name: 'mapRunFailedEventDetails', details: (_, failure) => ({ ...failure }) },
};
