import type { Facts } from './facts.ts';

/** Facts about an ordinary customer, for samples and tests; a sample says only what matters to it. */
export function sampleFacts(given: Partial<Facts> = {}): Facts {
  return {
    now: '2026-03-02T02:00:00.000Z',
    zone: 'Asia/Shanghai',
    customer: { id: 'u-1001', traits: {}, tags: {}, segments: {} },
    enrolment: {
      id: 'sample-u1001-1',
      journey: 'sample',
      version: 1,
      enteredAt: '2026-03-01T02:00:00.000Z',
      cause: { type: 'event', name: 'Contact Added', messageId: 'm-1', at: '2026-03-01T02:00:00.000Z', properties: {} },
    },
    nodeEnteredAt: '2026-03-02T02:00:00.000Z',
    nodeId: 'node-1',
    events: [],
    ...given,
  };
}
