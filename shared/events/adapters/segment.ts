import type { EventAdapter } from './adapter.ts';
import { bagOf } from './reading.ts';

/**
 * Segment's destination "Amazon EventBridge": a partner source per Segment source, the message as the detail, and a
 * detail-type that the destination's mapping may have changed. (github.com/segmentio/action-destinations.)
 */
export const segment: EventAdapter = {
  id: 'segment',
  name: { zh: 'Segment', en: 'Segment' },
  recognises: ({ source }) => source.startsWith('aws.partner/segment.com'),
  translate: ({ detail }) => ({ ok: true, messages: [bagOf(detail)] }),
};
