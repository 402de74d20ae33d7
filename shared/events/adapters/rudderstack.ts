import type { EventAdapter } from './adapter.ts';
import { bagOf } from './reading.ts';

/**
 * RudderStack's destination "Amazon EventBridge": source `rudderstack`, the message of the Segment spec as the detail,
 * and as detail-type whatever the destination's settings say, one for all events; so it is not looked at.
 * (github.com/rudderlabs/rudder-transformer, destination eventbridge.)
 */
export const rudderstack: EventAdapter = {
  id: 'rudderstack',
  name: { zh: 'RudderStack', en: 'RudderStack' },
  recognises: ({ source }) => source === 'rudderstack',
  translate: ({ detail }) => ({ ok: true, messages: [bagOf(detail)] }),
};
