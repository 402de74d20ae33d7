import type { CustomerEvent } from '../../../shared/events/index.ts';
import { channel, foundBy, prepareSend, STOP_EVENTS } from '../../../shared/messages/index.ts';
import { guardsOf } from '../../../shared/tags/index.ts';
import { type Message, messageId, messageItem, wasSent } from '../../ports/messages/index.ts';
import { keptEvents, type RememberedStops } from '../../ports/profiles/index.ts';
import { currentRules } from '../../ports/ruleset/index.ts';
import type { Planner } from './effect.ts';

/**
 * One message: all stops, then the words, then the row in the ledger, which for the inbox is the delivery itself. Not
 * sent is kept as well, with its reason. A channel that hands over to somebody else needs a claim before and a record
 * after; it comes as a planner of its own beside `deliveredByRow`.
 */
export const send: Planner<'send'> = async (effect, situation, index) => {
  const { payload, facts, profile, enrolment, version } = situation;
  const through = channel(effect.channel);
  if (through === undefined) throw new Error(`There is no channel ${effect.channel}`);
  const { traits, tags } = profile.state;
  const customer = { id: payload.customer, traits, tags };
  const { now, zone } = facts;
  const idIn = (passage: string): string => messageId(passage, payload.node, payload.visit, index);
  const others = (enrolment.absorbed ?? []).map((one) => ({ customer: one.customer, id: idIn(one.id) }));
  const [events, sentBefore] = await Promise.all([
    stopEvents(profile.customer, profile.stops),
    others.length > 0 && wasSent(others),
  ]);
  const { cause } = enrolment;
  const context = {
    user: { ...traits, id: customer.id, tags: Object.keys(tags), found: foundBy(tags) },
    ...(cause.type === 'event' && { event: { name: cause.name, at: cause.at, properties: cause.properties ?? {} } }),
    journey: { id: payload.journey, name: version.document.name },
  };
  const { topics } = effect.template;
  const guards = topics === undefined ? [] : guardsOf((await currentRules()).ruleset);
  const passage = { status: enrolment.status, sentBefore };
  const send = { now, zone, enrolment: passage, customer, channel: through, events, topics, guards };
  const prepared = prepareSend(send, effect.template, context);
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
  };
};

/** Those remembered with the state; names that a later release has added are searched for. */
async function stopEvents(customer: string, { names, events }: RememberedStops): Promise<CustomerEvent[]> {
  const others = STOP_EVENTS.filter((name) => !names.includes(name));
  return [...Object.values(events), ...(others.length === 0 ? [] : await keptEvents(customer, others))];
}
