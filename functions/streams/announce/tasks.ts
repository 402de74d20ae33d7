import { TASKS, taskFrom } from '../../ports/tasks/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `task.opened`, then `task.closed` with its state; ids only, never the text: who wants to tell staff listens here. */
export const tasks: Announcer = ({ row, before }) => {
  if (!row.sk.startsWith(TASKS)) return [];
  const task = taskFrom(row);
  const { id, customer, state, at, due, limitAt, endedAt, journey, version, enrolment, node, rev, person, team } = task;
  const was = before && taskFrom(before).state;
  if (state === was) return [];
  const detail = { task: id, customer, state, due, limitAt, person, team, journey, version, enrolment, node };
  return state === 'open'
    ? [announcement('task.opened', `${id}/opened/${rev}`, at, detail)]
    : [announcement('task.closed', `${id}/closed/${rev}`, endedAt ?? at, detail)];
};
