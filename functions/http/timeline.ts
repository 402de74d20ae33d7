import { type HeldMessage, personOf, refusalsOf } from '../ports/enrolments/index.ts';
import { messagesOf } from '../ports/messages/index.ts';
import { identityOf, loadState, recentHistory } from '../ports/profiles/index.ts';

const waitingOf = ({ node, reason, why, until }: HeldMessage) => ({ node, reason, why, until });

type Item = { readonly at: string; readonly type: string; readonly [field: string]: unknown };

/**
 * All that happened to a customer, the newest first. The cursor is the instant of the last item: what else happened at
 * that very instant is part of the same page.
 */
export async function timeline(asked: string, cursor: string | undefined, limit: number) {
  const { customer } = await loadState(asked);
  const { ids, enrolments } = await personOf(customer);
  const [{ events, changes }, { merged }, refusals, messages] = await Promise.all([
    recentHistory(customer, cursor, limit + 1),
    identityOf(customer),
    refusalsOf([customer, ...ids]),
    messagesOf([customer, ...ids]),
  ]);
  const items: Item[] = [
    ...events.map(({ at, id, name, as, properties }) => ({ at, type: 'event', id, name, as, properties })),
    ...changes.map(({ type, ...change }) => ({ ...change, type })),
    ...merged.map(({ at, id, rule, messageId, event }) => ({
      at,
      type: 'merge',
      id,
      rule,
      cause: { messageId, name: event },
    })),
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
    ...refusals.map(({ at, journey, reason, why, cause }) => {
      const { type, name, messageId } = cause;
      return { at, type: 'refusal', journey, reason, why, cause: { type, name, messageId } };
    }),
    ...messages.map((message) => ({ ...message, type: 'message' })),
  ];
  const before = items.filter(({ at }) => cursor === undefined || at < cursor).sort((a, b) => (a.at < b.at ? 1 : -1));
  const last = before[limit - 1]?.at;
  const page = last === undefined ? before : before.filter(({ at }) => at >= last);
  return { items: page, cursor: page.length < before.length ? last : undefined };
}
