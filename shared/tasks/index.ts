/** Tasks for members of staff: what they are asked to do, how it can come out, and whom it can be given to. */
import type { Words } from '../words.ts';

/** What somebody is asked to do. `visit` and whatever else a shop has are said in the task's own words. */
export const TASK_WAYS = {
  call: { zh: '打电话', en: 'Call' },
  write: { zh: '一对一联系', en: 'Write in person' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Record<string, Words>;
export type TaskWay = keyof typeof TASK_WAYS;

/** How staff say it came out; each is an outlet of the node. */
export const TASK_OUTCOMES = {
  done: { zh: '已完成', en: 'Done' },
  'not-reached': { zh: '没联系上', en: 'Not reached' },
  declined: { zh: '客户婉拒', en: 'Declined' },
} as const satisfies Record<string, Words>;
export type TaskOutcome = keyof typeof TASK_OUTCOMES;
export const OUTCOMES = Object.keys(TASK_OUTCOMES) as TaskOutcome[];

/** Besides the outcomes: still to be done, not done within its limit, or not needed any more. */
export const TASK_STATES = {
  open: { zh: '待办', en: 'Open' },
  ...TASK_OUTCOMES,
  overdue: { zh: '超时未办', en: 'Overdue' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
} as const satisfies Record<string, Words>;
export type TaskState = keyof typeof TASK_STATES;

export const isOutcome = (state: string): state is TaskOutcome => state in TASK_OUTCOMES;

/** Who is to do it, as data; absent: whoever takes it. */
export interface TaskFor {
  /** As the person signs in. */
  readonly person?: string;
  /** A group of people, by its name in the sign-in. */
  readonly team?: string;
}

/**
 * Who looks after a customer: the trait `owner`, else the member of WeCom she was added by first, as far as traits say.
 */
export function ownerOf(traits: Readonly<Record<string, unknown>>): string | undefined {
  const { owner, wecom_members: members } = traits;
  if (typeof owner === 'string' && owner.trim() !== '') return owner.trim();
  const first = Array.isArray(members) ? members[0] : undefined;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/**
 * The names under which tasks may be given to a person: the address of the sign-in, and what stands before its @, which
 * is how members are commonly named in WeCom.
 */
export const namesOfPerson = (id: string): readonly string[] => {
  const [local = ''] = id.split('@');
  return local === '' || local === id ? [id] : [id, local];
};
