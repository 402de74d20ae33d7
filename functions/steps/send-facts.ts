import {
  capsFor,
  channel,
  type SendFacts,
  STOP_EVENTS,
  type StopEvent,
  segmentsOfHers,
} from '../../shared/messages/index.ts';
import type { Facts, Send } from '../../shared/nodes/index.ts';
import { guardsOf, type Ruleset } from '../../shared/tags/index.ts';
import type { SentLog } from '../ports/messages/index.ts';
import { keptEvents, type Loaded, type RememberedStops } from '../ports/profiles/index.ts';

/** What the stops look at before a message: of her profile, of what was sent to her, of the rules in force. */
export async function sendFacts(
  effect: Pick<Send, 'channel' | 'transactional' | 'template'>,
  { now, zone }: Pick<Facts, 'now' | 'zone'>,
  customer: SendFacts['customer'],
  { customer: id, state: { tags, segments }, stops }: Loaded,
  { sent }: SentLog,
  enrolment: SendFacts['enrolment'],
  ruleset: Ruleset,
  ahead: readonly string[] = [],
): Promise<SendFacts> {
  const through = channel(effect.channel);
  if (through === undefined) throw new Error(`There is no channel ${effect.channel}`);
  const { topics } = effect.template;
  const transactional = effect.transactional === true;
  return {
    now,
    zone,
    enrolment,
    customer,
    channel: through,
    events: await stopEvents(id, stops),
    topics,
    guards: topics === undefined ? [] : guardsOf(ruleset),
    transactional,
    caps: transactional ? [] : capsFor(ruleset, { tags, segments }),
    planned: transactional ? [] : segmentsOfHers(ruleset, { tags, segments }),
    sent,
    ahead: transactional ? [] : ahead,
  };
}

/** Those remembered with the state; names that a later release has added are searched for. */
async function stopEvents(customer: string, { names, events }: RememberedStops): Promise<StopEvent[]> {
  const others = STOP_EVENTS.filter((name) => !names.includes(name));
  return [...Object.values(events), ...(others.length === 0 ? [] : await keptEvents(customer, others))];
}
