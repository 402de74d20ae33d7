import { describe, expect, it } from 'vitest';
import { type Facts, isDone, stepsOf } from './steps.ts';

const nothing: Facts = { customers: 0, peopled: 0, segmentsWithGoal: 0, liveJourneys: 0, entered: 0, messages: 0 };
const done = (facts: Facts) => stepsOf(facts)?.map((step) => [step.key, isDone(step)]);

describe('the three steps of beginning', () => {
  it('are open in an empty account', () => {
    expect(done(nothing)).toEqual([
      ['tag', false],
      ['plan', false],
      ['review', false],
    ]);
  });

  it('with the pack installed the plan is there, and nobody to carry it out on', () => {
    expect(done({ ...nothing, segmentsWithGoal: 5, liveJourneys: 2 })).toEqual([
      ['tag', false],
      ['plan', true],
      ['review', false],
    ]);
  });

  it('a step is done when all of it is: customers in no segment are not known yet', () => {
    expect(done({ ...nothing, customers: 40 })?.[0]).toEqual(['tag', false]);
    expect(done({ ...nothing, customers: 40, peopled: 3 })?.[0]).toEqual(['tag', true]);
  });

  it('say nothing while something is not known', () => {
    expect(stepsOf({ ...nothing, messages: undefined })).toBeUndefined();
  });
});
