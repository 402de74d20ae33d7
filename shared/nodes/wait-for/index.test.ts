import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { waitFor } from './index.ts';

const event = (id: string, at: string) => ({
  id,
  customer: 'u-1001',
  name: 'Contact Added',
  type: 'track' as const,
  at,
  received: at,
  properties: {},
});
const again = {
  for: [{ id: 'again', on: { type: 'event' as const, event: 'Contact Added' } }],
  limit: 'P1D',
  since: 'entry' as const,
};

test('the event that brought her in is not the one that is awaited', () => {
  const facts = sampleFacts();
  const entry = event(facts.enrolment.cause.messageId!, facts.enrolment.cause.at);
  expect(waitFor.decide!(again, { ...facts, events: [entry] }).type).toBe('await');
  const second = event('m-2', facts.enrolment.cause.at);
  expect(waitFor.decide!(again, { ...facts, events: [entry, second] })).toEqual({ type: 'go', outlet: 'again' });
});

test('what happened before she entered does not count', () => {
  const facts = sampleFacts();
  expect(waitFor.decide!(again, { ...facts, events: [event('m-0', '2026-02-01T00:00:00.000Z')] }).type).toBe('await');
});

test('a tag she has does not wait, and neither does the removal of a tag she has not', () => {
  const config = (type: 'tagAdded' | 'tagRemoved') => ({
    for: [{ id: 'x', on: { type, key: '老客' } }],
    limit: 'P1D',
    since: 'entry' as const,
  });
  const held = { 老客: { since: '2026-01-01T00:00:00.000Z', rule: 1, evidence: [] } };
  const plain = sampleFacts();
  const tagged = sampleFacts({ customer: { ...plain.customer, tags: held } });
  expect(waitFor.decide!(config('tagAdded'), tagged).type).toBe('go');
  expect(waitFor.decide!(config('tagAdded'), plain).type).toBe('await');
  expect(waitFor.decide!(config('tagRemoved'), tagged).type).toBe('await');
  expect(waitFor.decide!(config('tagRemoved'), plain).type).toBe('go');
});

test('it asks for exactly the events that it looks at', () => {
  expect(waitFor.eventNeeds!(again)).toEqual({ names: ['Contact Added'] });
  expect(waitFor.eventNeeds!({ ...again, for: [{ id: 'x', on: { type: 'tagAdded', key: 'a' } }] })).toBeUndefined();
});

test('two ways out of the same name are refused', () => {
  expect(waitFor.config.safeParse({ ...again, for: [...again.for, ...again.for] }).success).toBe(false);
});
