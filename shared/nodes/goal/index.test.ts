import { expect, test } from 'vitest';
import { goal } from './index.ts';

test('a goal has a name and nothing follows it', () => {
  expect(goal.config.safeParse({ name: '' }).success).toBe(false);
  expect(goal.outlets({ name: 'x' })).toEqual([]);
});
