import { type FunctionSpec, STEP_ALIAS } from '../../topology.ts';
import { functionFullName, tableFullName } from '../names.ts';
import { createSchedule, type Schedule, type ScheduleOptions } from './schedule.ts';

/** The schedules of the topology. Where a table carries due moments, they are in its `due` index under `dueAt`, by `duePk`. */
export function createSchedules(
  functions: Readonly<Record<string, FunctionSpec>>,
  shared: Pick<ScheduleOptions, 'client' | 'lambda' | 'clock' | 'arns' | 'warn'>,
  streamsCaughtUp: () => boolean,
): Schedule[] {
  return Object.entries(functions).flatMap(([name, { trigger }]) =>
    trigger.type === 'schedule'
      ? [
          createSchedule({
            ...shared,
            functionName: functionFullName(name),
            functionArn: shared.arns.fn(functionFullName(name), STEP_ALIAS),
            ruleName: functionFullName(name),
            everySeconds: trigger.everySeconds,
            ready: trigger.afterStreams ? streamsCaughtUp : () => true,
            ...(trigger.dueTable
              ? {
                  due: {
                    table: tableFullName(trigger.dueTable),
                    index: 'due',
                    attribute: 'dueAt',
                    partition: 'duePk',
                    prefix: trigger.duePrefix ?? '',
                  },
                }
              : {}),
          }),
        ]
      : [],
  );
}
