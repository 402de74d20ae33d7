import { contextOf, type MessageContext } from '../../../shared/messages/index.ts';
import type { Situation } from '../situation.ts';

/** What a template of a step can speak of. */
export function wordsOf({ payload, profile, enrolment, version }: Situation): MessageContext {
  const { traits, tags } = profile.state;
  const journey = { id: payload.journey, name: version.document.name };
  return contextOf({ id: payload.customer, traits, tags }, enrolment.cause, journey);
}
