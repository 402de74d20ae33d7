import { expect, test } from 'vitest';
import { matchesTrigger } from '../../journey/triggers/index.ts';
import { BY_KEY } from '../../rules/index.ts';
import { enterTag } from './index.ts';

test('the tag coming lets her in, the tag going does not', () => {
  const trigger = enterTag.entry!({ op: 'added', key: '沉默7天' });
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: '沉默7天' })).toBe(true);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'removed', key: '沉默7天' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: '沉默15天' })).toBe(false);
});

test('its card calls the tag as people do', () => {
  const names = { ...BY_KEY, tag: () => ({ zh: '高价值客户', en: 'Valued customer' }) };
  expect(enterTag.face.summary({ op: 'added', key: 'VIP' }, 'en', names)).toBe('when “Valued customer” is added');
  expect(enterTag.face.summary({ op: 'added', key: 'VIP' }, 'zh', names)).toBe('打上「高价值客户」时');
});
