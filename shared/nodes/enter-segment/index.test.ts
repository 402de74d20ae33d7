import { expect, test } from 'vitest';
import { matchesTrigger } from '../../journey/triggers/index.ts';
import { BY_KEY } from '../../rules/index.ts';
import { enterSegment } from './index.ts';

test('coming into the segment lets her in; leaving it, or a tag of that name, does not', () => {
  const trigger = enterSegment.entry!({ op: 'entered', segment: 'dormant' });
  expect(matchesTrigger(trigger, { type: 'segment', op: 'entered', segment: 'dormant' })).toBe(true);
  expect(matchesTrigger(trigger, { type: 'segment', op: 'left', segment: 'dormant' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'segment', op: 'entered', segment: 'prospects' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: 'dormant' })).toBe(false);
});

test('the card calls the segment as people named it, not by its id', () => {
  const names = { ...BY_KEY, segment: () => ({ zh: '沉默群体', en: 'Dormant customers' }) };
  const config = { op: 'entered', segment: 'dormant' } as const;
  expect(enterSegment.face.summary(config, 'zh', names)).toBe('进入人群「沉默群体」时');
  expect(enterSegment.face.summary(config, 'en', names)).toBe('when she enters “Dormant customers”');
});
