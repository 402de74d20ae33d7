import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { exit } from './index.ts';

test('leaving for a reason is not the same as walking to the end', () => {
  expect(exit.decide!({}, sampleFacts())).toMatchObject({ effects: [{ outcome: 'completed' }] });
  expect(exit.decide!({ reason: '已是会员' }, sampleFacts())).toMatchObject({
    effects: [{ outcome: 'exit', reason: '已是会员' }],
  });
});
