import { checkedMs } from '../../../shared/duration.ts';
import { isoOf, msOf } from '../../../shared/instants.ts';
import type { Priority } from '../../../shared/journey/index.ts';
import { type Prepared, prepareSend, tryAgainAt } from '../../../shared/messages/index.ts';
import { type Message, messageId, messageItem, sentItems, waitingItems, wasSent } from '../../ports/messages/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import { waitingAhead } from '../ahead.ts';
import { sendFacts } from '../send-facts.ts';
import type { Situation } from '../situation.ts';
import type { Plan, Planner } from './effect.ts';
import { wordsOf } from './words-of.ts';

/**
 * One message: all stops, then the words, then the row in the ledger, which for the inbox is the delivery itself. Not
 * sent is kept as well, with its reason, unless a cap holds it and it may wait. What is sent and no cap exempts is counted
 * in the same transaction. A channel that hands over to somebody else needs a claim before and a record
 * after; it comes as a planner of its own beside `deliveredByRow`.
 */
export const send: Planner<'send'> = async (effect, situation, index) => {
  const { payload, facts, profile, enrolment, sent, version } = situation;
  if (sent === undefined) throw new Error('The kind of this node does not say that it sends');
  const { traits, tags } = profile.state;
  const customer = { id: payload.customer, traits, tags };
  const idIn = (passage: string): string => messageId(passage, payload.node, payload.visit, index);
  const others = (enrolment.absorbed ?? []).map((one) => ({ customer: one.customer, id: idIn(one.id) }));
  const { name } = version.document;
  const priority: Priority = version.document.priority ?? 'normal';
  const [sentBefore, { ruleset }, ahead] = await Promise.all([
    others.length > 0 && wasSent(others),
    currentRules(),
    effect.transactional ? [] : waitingAhead(sent, priority),
  ]);
  const passage = { status: enrolment.status, sentBefore };
  const stops = await sendFacts(
    effect,
    facts,
    customer,
    profile,
    sent,
    passage,
    ruleset,
    ahead.map(({ journey }) => journey),
  );
  const { now } = facts;
  const { channel: through, transactional } = stops;
  const prepared = prepareSend(stops, effect.template, wordsOf(situation));
  const later = patience(prepared, effect.waitAtMost, situation);
  const passing = { enrolment: payload.enrolment, node: payload.node, visit: payload.visit };
  if (later !== undefined) {
    const waits = { ...passing, customer: payload.customer, priority, journey: name };
    return {
      outcome: { type: 'send', outcome: 'skipped', reason: later.reason },
      later,
      // Nobody leaves a place to those that are last.
      ...(priority !== 'low' && { bases: waitingItems(sent, waits) }),
    };
  }
  const message: Message = {
    id: idIn(payload.enrolment),
    customer: customer.id,
    channel: through.id,
    at: now,
    journey: payload.journey,
    version: payload.version,
    node: payload.node,
    enrolment: payload.enrolment,
    template: effect.template.id,
    ...(prepared.ok
      ? { status: 'sent', title: prepared.title, body: prepared.body }
      : { status: 'suppressed', reason: prepared.reason, why: prepared.words }),
  };
  return {
    outcome: prepared.ok
      ? { type: 'send', outcome: 'done' }
      : { type: 'send', outcome: 'skipped', reason: prepared.reason },
    writes: [messageItem(message)],
    ...(prepared.ok && !transactional && { bases: sentItems(sent, now, passing) }),
  };
};

/** Held by a cap that will let it go in time: when it is tried again. Its time counts from when it was held first. */
function patience(
  prepared: Prepared,
  atMost: string | undefined,
  { payload: { node, visit }, enrolment: { held }, facts: { now } }: Situation,
): Plan['later'] {
  if (prepared.ok || prepared.cap === undefined || atMost === undefined) return undefined;
  const since = held?.node === node && held.visit === visit ? held.since : now;
  const until = tryAgainAt(prepared.cap, now, isoOf(msOf(since) + checkedMs(atMost)));
  return until === undefined ? undefined : { since, until, reason: prepared.reason, why: prepared.words };
}
