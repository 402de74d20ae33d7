import { expect, it } from 'vitest';
import { journeyStep } from './journey-step.ts';

it('reads which step of which journey made a change', () => {
  expect(journeyStep('new-customer-3k9x2m1p0q-2/say-hello')).toEqual({
    enrolment: 'new-customer-3k9x2m1p0q-2',
    journey: 'new-customer',
    node: 'say-hello',
  });
});

it('takes people and other things for what they are', () => {
  for (const other of ['local@localhost', 'anna@example.com', '', '7', 'new-customer/say-hello', 'a-b-1/x/y']) {
    expect(journeyStep(other)).toBeUndefined();
  }
});
