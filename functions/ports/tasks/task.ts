import type { Journey } from '../../../shared/journey/index.ts';
import type { TemplateKindId } from '../../../shared/messages/index.ts';
import type { TaskFor, TaskState, TaskWay } from '../../../shared/tasks/index.ts';
import type { Words } from '../../../shared/words.ts';
import { customerPk } from '../profiles/index.ts';
import { type Key, type Row, shardOf } from '../tables/index.ts';

/** Something for a member of staff to do, put by a passage of a journey; one row for each node and visit. */
export interface Task extends TaskFor {
  /** `<enrolment>#<node>#<visit>`. */
  readonly id: string;
  readonly customer: string;
  readonly way: TaskWay;
  readonly title: string;
  readonly body?: string;
  /** What kind of text the body is, for who sends it. */
  readonly kind?: TemplateKindId;
  /** The text could not be written as the card says, or is too long for its kind; why. */
  readonly fault?: Words;
  /** Of the journey; a usual one says nothing. */
  readonly priority?: Journey['priority'];
  readonly state: TaskState;
  /** ISO 8601, UTC: when it was put, by when it should be done, when the journey goes on without it. */
  readonly at: string;
  readonly due: string;
  readonly limitAt: string;
  readonly journey: string;
  readonly version: number;
  readonly enrolment: string;
  readonly node: string;
  readonly visit: number;
  /** What let her into the journey. */
  readonly because: { readonly type: string; readonly name: string };
  readonly endedAt?: string;
  /** Who said how it came out, or why it was withdrawn. */
  readonly by?: string;
  readonly note?: string;
  /** The journey had gone on before the outcome was told. */
  readonly late?: true;
  /** Grows by one with every write. */
  readonly rev: number;
}

const PREFIX = 'k#';
export const TASKS = PREFIX;
export const taskId = (enrolment: string, node: string, visit: number): string => `${enrolment}#${node}#${visit}`;
export const taskKey = (customer: string, id: string): Key => ({ pk: customerPk(customer), sk: `${PREFIX}${id}` });

export const statePk = (lot: 'open' | 'closed', shard: number): string => `${lot}#${shard}`;
export const duePk = (shard: number): string => `due#${shard}`;

/** Whose list it is in while it is open. */
export const listPk = ({ person, team }: TaskFor): string =>
  person !== undefined ? `p#${person}` : team !== undefined ? `t#${team}` : 'anyone';

/** The row of a task, with the keys of the indexes that it is in. */
export function taskRow(task: Task): Row {
  const open = task.state === 'open';
  const shard = shardOf(task.customer);
  return {
    ...taskKey(task.customer, task.id),
    ...task,
    statePk: statePk(open ? 'open' : 'closed', shard),
    sortAt: open ? task.due : (task.endedAt ?? task.at),
    ...(open && { listPk: listPk(task), duePk: duePk(shard), dueAt: task.limitAt }),
  };
}

export function taskFrom(row: Row): Task {
  const { pk, sk, statePk: _state, sortAt, listPk: _list, duePk: _due, dueAt, expiresAt, ...task } = row;
  return task as unknown as Task;
}
