import { maskTraits } from '../../shared/personal/index.ts';
import { shownReason } from '../../shared/rules/index.ts';
import { namesIn } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import { type HeldMessage, personOf, refusalsOf } from '../ports/enrolments/index.ts';
import { messagesOf } from '../ports/messages/index.ts';
import { identityOf, loadState, recentHistory } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { tasksOf } from '../ports/tasks/index.ts';
import { maskWritten, type Written } from './mask-written.ts';
import { shownRefusals } from './shown-refusals.ts';

const waitingOf = ({ node, reason, why, until }: HeldMessage) => ({ node, reason, why, until });

type Item = { readonly at: string; readonly type: string; readonly [field: string]: unknown };

/**
 * All that happened to a customer, the newest first. The cursor is the instant of the last item: what else happened at
 * that very instant is part of the same page.
 */
export async function timeline(asked: string, cursor: string | undefined, limit: number, personal: boolean) {
  const { customer, state } = await loadState(asked);
  const { ids, enrolments } = await personOf(customer);
  const [{ events, changes }, { merged, apart }, refusals, messages, tasks, { ruleset }] = await Promise.all([
    recentHistory(customer, cursor, limit + 1),
    identityOf(customer),
    refusalsOf([customer, ...ids]),
    messagesOf([customer, ...ids]),
    tasksOf([customer, ...ids]),
    currentRules(),
  ]);
  const names = namesIn(ruleset);
  const shown = (why: Words | undefined) => (why === undefined ? {} : { why: shownReason(why, names) });
  const written = <T extends Written>(one: T): T => (personal ? one : maskWritten(one, state.traits));
  const items: Item[] = [
    ...events.map(({ at, id, name, as, properties }) => ({
      at,
      type: 'event',
      id,
      name,
      as,
      properties: personal ? properties : maskTraits(properties),
    })),
    ...changes.map(({ type, ...change }) => ({ ...change, ...('why' in change && shown(change.why)), type })),
    ...merged.map(({ at, id, rule, messageId, event, was, by }) =>
      was === undefined
        ? { at, type: 'merge', id, rule, cause: { messageId, name: event } }
        : { at, type: 'separation', id, from: was, to: customer, by },
    ),
    ...apart.flatMap(({ at, id, owner, by }) =>
      by === undefined ? [] : [{ at, type: 'separation', id, from: customer, to: owner, by }],
    ),
    ...enrolments.flatMap(({ enteredAt, endedAt, end, id, journey, version, status }) => {
      const common = { type: 'enrolment', enrolment: id, journey, version };
      const entered = { ...common, at: enteredAt, what: 'entered' };
      return endedAt === undefined
        ? [entered]
        : [entered, { ...common, at: endedAt, what: status, reason: end?.reason }];
    }),
    ...enrolments.flatMap(({ status, held, journey, version, id }) =>
      status !== 'active' || held === undefined
        ? []
        : [{ type: 'message', status: 'waiting', at: held.since, ...waitingOf(held), journey, version, enrolment: id }],
    ),
    ...(await shownRefusals(refusals, ruleset)).map(({ at, journey, reason, why, cause }) => {
      const { type, name, messageId } = cause;
      return { at, type: 'refusal', journey, reason, ...(why && { why }), cause: { type, name, messageId } };
    }),
    ...messages.map((message) => ({ ...written(message), type: 'message' })),
    ...tasks.flatMap((task) => {
      const {
        at,
        endedAt,
        state: what,
        by,
        note,
        late,
        title,
        way,
        due,
        person,
        team,
        journey,
        enrolment,
      } = written(task);
      const common = { type: 'task', title, way, due, person, team, journey, enrolment };
      const put = { ...common, at, state: 'open' };
      return endedAt === undefined ? [put] : [put, { ...common, at: endedAt, state: what, by, note, late }];
    }),
  ];
  const before = items.filter(({ at }) => cursor === undefined || at < cursor).sort((a, b) => (a.at < b.at ? 1 : -1));
  const last = before[limit - 1]?.at;
  const page = last === undefined ? before : before.filter(({ at }) => at >= last);
  return { items: page, cursor: page.length < before.length ? last : undefined };
}
