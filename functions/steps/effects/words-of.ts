import { foundBy, type MessageContext } from '../../../shared/messages/index.ts';
import type { Situation } from '../situation.ts';

/** What a text that is written at a step can speak of. */
export function wordsOf({ payload, profile, enrolment: { cause }, version }: Situation): MessageContext {
  const { traits, tags } = profile.state;
  return {
    user: { ...traits, id: payload.customer, tags: Object.keys(tags), found: foundBy(tags) },
    ...(cause.type === 'event' && { event: { name: cause.name, at: cause.at, properties: cause.properties ?? {} } }),
    journey: { id: payload.journey, name: version.document.name },
  };
}
