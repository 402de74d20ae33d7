import { checkedMs } from '../../../shared/duration.ts';
import { isoOf, msOf } from '../../../shared/instants.ts';
import { overLimits, render, TEMPLATE_KINDS } from '../../../shared/messages/index.ts';
import { ownerOf, type TaskFor } from '../../../shared/tasks/index.ts';
import { type Task, taskId, taskItem } from '../../ports/tasks/index.ts';
import type { Planner } from './effect.ts';
import { wordsOf } from './words-of.ts';

/** As much as a person reads before a call. */
const LIMITS = { title: 200, body: 10_000 };

/**
 * A task for a member of staff. A text that cannot be written does not stop it: somebody is to call her all the same,
 * and is told what went wrong with the text.
 */
export const task: Planner<'task'> = (effect, situation) => {
  const { payload, facts, profile, enrolment, version } = situation;
  const { customer, journey, node, visit, limitAt } = payload;
  const write = (body: string) =>
    render({ body }, wordsOf(situation), { now: facts.now, zone: facts.zone }, { limits: { body: LIMITS.body } });
  const title = write(effect.title);
  const body = effect.body === undefined ? undefined : write(effect.body);
  const over =
    body?.ok === true && effect.kind !== undefined ? overLimits(body.body, TEMPLATE_KINDS[effect.kind]) : undefined;
  const unwritten = [title, body].find((one) => one?.ok === false);
  const fault = unwritten?.ok === false ? unwritten.words : over;
  const later = (duration: string) => isoOf(msOf(facts.now) + checkedMs(duration));
  const named = version.graph.node(node)?.node.title;
  const it: Task = {
    id: taskId(payload.enrolment, node, visit),
    customer,
    way: effect.way,
    title: (title.ok ? title.body : named || effect.title).slice(0, LIMITS.title),
    ...(body?.ok && { body: body.body }),
    ...(effect.kind !== undefined && { kind: effect.kind }),
    ...(fault !== undefined && { fault }),
    ...(version.document.priority !== undefined && { priority: version.document.priority }),
    state: 'open',
    at: facts.now,
    due: later(effect.due),
    limitAt: limitAt ?? later(effect.limit),
    ...whom(effect.assign, profile.state.traits),
    journey,
    version: payload.version,
    enrolment: payload.enrolment,
    node,
    visit,
    because: { type: enrolment.cause.type, name: enrolment.cause.name },
    rev: 1,
  };
  return { outcome: { type: 'task', outcome: 'done' }, writes: [taskItem(it)] };
};

function whom(
  { to, who }: { readonly to: 'owner' | 'person' | 'team' | 'anyone'; readonly who?: string },
  traits: Readonly<Record<string, unknown>>,
): TaskFor {
  const person = { owner: ownerOf(traits) ?? who, person: who, team: undefined, anyone: undefined }[to];
  if (person !== undefined) return { person };
  return to === 'team' && who !== undefined ? { team: who } : {};
}
