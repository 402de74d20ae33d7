import { Hono } from 'hono';
import { z } from 'zod';
import { namesOfPerson, OUTCOMES, TASK_OUTCOMES } from '../../shared/tasks/index.ts';
import { now } from '../ports/clock/index.ts';
import { personOf } from '../ports/enrolments/index.ts';
import { loadState, loadStates } from '../ports/profiles/index.ts';
import { readTask, saveTask, type Task, tasksFor, tasksIn, tasksOf } from '../ports/tasks/index.ts';
import { listed } from './customer-search.ts';
import { ApiError, notFound } from './errors.ts';
import { maskWritten } from './mask-written.ts';
import { pageSchema } from './page.ts';
import { readBody, readQuery } from './read.ts';
import { allow, type Env, type Person, seesPersonal } from './roles.ts';

/** What members of staff have to do, and how it came out. */
export const tasks = new Hono<Env>();

const listSchema = pageSchema.extend({
  state: z.enum(['open', 'closed']).default('open'),
  /** `me`: given to who asks, or to nobody or one of her teams, so that she may take it. */
  assignee: z.string().min(1).max(200).optional(),
  customer: z.string().min(1).optional(),
});

tasks.get('/api/tasks', async (context) => {
  const { state, assignee, customer, cursor, limit } = readQuery(context, listSchema);
  const person = context.get('person');
  if (customer !== undefined) {
    const { customer: own } = await loadState(customer);
    const { ids } = await personOf(own);
    return context.json({ items: await shownTo(person, await tasksOf([own, ...ids])) });
  }
  if (assignee !== undefined && state === 'open') {
    const { items, more } = await tasksFor(listsOf(assignee, person), limit);
    return context.json({ items: await shownTo(person, items), more });
  }
  const page = await tasksIn(state, { limit, ...(cursor !== undefined && { cursor }) });
  const names = assignee === undefined ? undefined : assignee === 'me' ? namesOfPerson(person.id) : [assignee];
  const items = names === undefined ? page.items : page.items.filter((task) => isOf(task, names));
  return context.json({ items: await shownTo(person, items), cursor: page.cursor });
});

const isOf = (task: Task, names: readonly string[]): boolean =>
  [task.person, task.by].some((one) => one !== undefined && names.includes(one));

const listsOf = (assignee: string, { id, teams }: Person) =>
  assignee === 'me'
    ? [...namesOfPerson(id).map((person) => ({ person })), ...teams.map((team) => ({ team })), {}]
    : [{ person: assignee }, { team: assignee }];

const NAME = z.string().trim().min(1).max(200);

tasks.post('/api/tasks/:customer/:id/take', allow('staff'), async (context) => {
  const person = context.get('person');
  return context.json({ task: await change(context.req.param(), person, () => ({ person: person.id })) });
});

/** To a person or a team; to neither: whoever takes it. */
tasks.post('/api/tasks/:customer/:id/assign', allow('staff'), async (context) => {
  const to = await readBody(context, z.strictObject({ person: NAME, team: NAME }).partial());
  const given = { person: to.person, team: to.person === undefined ? to.team : undefined };
  return context.json({ task: await change(context.req.param(), context.get('person'), () => given) });
});

tasks.post('/api/tasks/:customer/:id/finish', allow('staff'), async (context) => {
  const { outcome, note } = await readBody(
    context,
    z.object({ outcome: z.enum(OUTCOMES), note: z.string().trim().max(2000).default('') }),
  );
  const person = context.get('person');
  const finished = (task: Task) => {
    const at = now();
    // The machine goes on by itself at this moment; the sweep closes the task within a minute.
    if (at >= task.limitAt) throw over('overdue');
    return { state: outcome, endedAt: at, by: person.id, ...(note !== '' && { note }) };
  };
  return context.json({ task: await change(context.req.param(), person, finished) });
});

async function change(
  { customer, id }: { customer: string; id: string },
  person: Person,
  to: (task: Task) => Partial<Task>,
): Promise<unknown> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const task = await readTask(customer, id);
    if (task === undefined) throw notFound({ zh: '这个任务', en: 'This task' });
    if (task.state !== 'open') throw over(task.state);
    const wanted = to(task);
    if (await saveTask(task, wanted)) return (await shownTo(person, [{ ...task, ...wanted, rev: task.rev + 1 }]))[0];
  }
  throw new Error(`Task ${id} was written by others ${ATTEMPTS} times in a row`);
}

const ATTEMPTS = 5;

/** Somebody was quicker, or nobody needs it any more. */
const over = (state: Task['state']): ApiError => {
  const [zh, en] = {
    open: ['还开着', 'is still open'],
    overdue: ['已经超时，旅程走下去了', 'is overdue; the journey has gone on'],
    withdrawn: ['已经撤回', 'was withdrawn'],
    ...(Object.fromEntries(
      OUTCOMES.map((one) => [
        one,
        [`别人已经办完：${TASK_OUTCOMES[one].zh}`, `was finished: ${TASK_OUTCOMES[one].en}`],
      ]),
    ) as Record<(typeof OUTCOMES)[number], [string, string]>),
  }[state];
  return new ApiError(409, {
    code: 'task-closed',
    message: { zh: `这个任务${zh}。`, en: `This task ${en}.` },
    next: { zh: '刷新待办列表。', en: 'Look at the list again.' },
  });
};

/** With the customer as she is now: name (masked where it must be), stage, tags. */
async function shownTo(person: Person, items: readonly Task[]) {
  const personal = seesPersonal(person);
  const states = await loadStates([...new Set(items.map(({ customer }) => customer))]);
  return items.map((task) => {
    const { rev: _rev, ...rest } = task;
    const loaded = states.get(task.customer);
    const { id: _id, ...about } = loaded === undefined ? { id: '', tags: [] } : listed(personal)(loaded);
    return { ...(personal ? rest : maskWritten(rest, loaded?.state.traits ?? {})), about };
  });
}
