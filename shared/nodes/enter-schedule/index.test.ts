import { expect, test } from 'vitest';
import { clockOf } from '../../journey/index.ts';
import { enterSchedule } from './index.ts';

test('a segment comes in on Mondays at ten, by the clock of the zone', () => {
  const trigger = enterSchedule.entry!({ on: 'cron(0 10 ? * MON *)', segment: 'regulars' });
  const clock = clockOf(trigger);
  expect(clock).toMatchObject({ of: 'audience', audience: { segment: 'regulars' } });
  if (clock?.of !== 'audience') throw new Error('no audience');
  const next = clock.next(Date.parse('2026-03-27T00:00:00Z'), 0, 'Europe/Berlin');
  // Clocks went forward on Sunday the 29th.
  expect(new Date(next!).toISOString()).toBe('2026-03-30T08:00:00.000Z');
});

test('who comes in must be said, once', () => {
  for (const more of [{}, { segment: 'a', tag: 'b' }])
    expect(enterSchedule.config.safeParse({ on: 'rate(7 days)', ...more }).success).toBe(false);
  for (const on of ['', 'soon', 'cron(0 10 * * * *)', 'rate(1 days)', 'at(2026-02-30T10:00:00)'])
    expect(enterSchedule.config.safeParse({ on, tag: 'b' }).success, on).toBe(false);
});
