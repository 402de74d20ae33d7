import { expect, test } from 'vitest';
import { matchesTrigger } from '../../journey/triggers/index.ts';
import { enterTag } from './index.ts';

test('the tag coming lets her in, the tag going does not', () => {
  const trigger = enterTag.entry!({ op: 'added', key: '沉默7天' });
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: '沉默7天' })).toBe(true);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'removed', key: '沉默7天' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: '沉默15天' })).toBe(false);
});
