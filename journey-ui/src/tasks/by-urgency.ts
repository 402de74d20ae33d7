import { goesBefore, type Priority } from '../../../shared/journey/index.ts';
import type { TaskItem } from '../api/tasks.ts';

const DAY = 86_400_000;
const ORDER = ['late', 'today', 'later', 'done'] as const;
export type Urgency = (typeof ORDER)[number];

const urgencyOf = (task: TaskItem, now: number): Urgency => {
  if (task.state !== 'open') return 'done';
  const left = Date.parse(task.due) - now;
  return left < 0 ? 'late' : left < DAY ? 'today' : 'later';
};

/**
 * Tasks by urgency, the most urgent first; of equally urgent ones those of more important journeys, then as they came
 * (by when they are due).
 *
 * @param now ms since the epoch
 */
export function byUrgency(
  items: readonly TaskItem[],
  now: number,
): readonly (readonly [Urgency, readonly TaskItem[]])[] {
  const groups = Map.groupBy(items, (task) => urgencyOf(task, now));
  return ORDER.flatMap((urgency) => {
    const tasks = groups.get(urgency);
    if (tasks === undefined) return [];
    return [[urgency, urgency === 'done' ? tasks : tasks.toSorted(byImportance)] as const];
  });
}

function byImportance(one: TaskItem, other: TaskItem): number {
  const [a, b] = [priorityOf(one), priorityOf(other)];
  return goesBefore(a, b) ? -1 : goesBefore(b, a) ? 1 : 0;
}

const priorityOf = ({ priority }: TaskItem): Priority => priority ?? 'normal';
