import { expect, test } from 'vitest';
import { matchesTrigger } from '../../journey/triggers/index.ts';
import { enterSegment } from './index.ts';

test('coming into the segment lets her in; leaving it, or a tag of that name, does not', () => {
  const trigger = enterSegment.entry!({ op: 'entered', segment: 'dormant' });
  expect(matchesTrigger(trigger, { type: 'segment', op: 'entered', segment: 'dormant' })).toBe(true);
  expect(matchesTrigger(trigger, { type: 'segment', op: 'left', segment: 'dormant' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'segment', op: 'entered', segment: 'prospects' })).toBe(false);
  expect(matchesTrigger(trigger, { type: 'tag', op: 'added', key: 'dormant' })).toBe(false);
});
