import { expect, it } from 'vitest';
import { compareAudiences } from './compare-audiences.ts';

const passage = (tags: string[], reachedGoal: boolean, segments: string[] = []) => ({
  reachedGoal,
  had: { tags, segments },
});
const PASSAGES = [
  passage(['老客', '高客单'], true, ['regulars']),
  passage(['老客', '高客单'], true),
  passage(['老客', '高客单'], false),
  passage(['老客'], true),
  passage(['老客'], false),
  passage(['高客单'], false),
  passage([], false),
];

it('counts who had all of it beside who had each part, and everybody', () => {
  const { everybody, parts, stack } = compareAudiences(PASSAGES, ['tag:老客', 'tag:高客单']);
  expect(everybody).toEqual({ entered: 7, goal: 3 });
  expect(parts).toEqual([
    { of: 'tag:老客', entered: 5, goal: 3 },
    { of: 'tag:高客单', entered: 4, goal: 2 },
  ]);
  expect(stack).toEqual({ entered: 3, goal: 2 });
  expect(compareAudiences(PASSAGES, ['tag:老客', 'segment:regulars']).stack).toEqual({ entered: 1, goal: 1 });
  expect(compareAudiences(PASSAGES, ['tag:老客'])).not.toHaveProperty('stack');
  expect(compareAudiences(PASSAGES, ['tag:nobody']).parts).toEqual([{ of: 'tag:nobody', entered: 0, goal: 0 }]);
});

it('offers what customers had, the most frequent first', () => {
  expect(compareAudiences(PASSAGES, []).offered).toEqual([
    { of: 'tag:老客', entered: 5 },
    { of: 'tag:高客单', entered: 4 },
    { of: 'segment:regulars', entered: 1 },
  ]);
});
