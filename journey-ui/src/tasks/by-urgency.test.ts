import { expect, it } from 'vitest';
import type { TaskItem } from '../api/tasks.ts';
import { byUrgency } from './by-urgency.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const task = (id: string, hours: number, more: Partial<TaskItem> = {}): TaskItem =>
  ({ id, state: 'open', due: new Date(NOW + hours * 3_600_000).toISOString(), ...more }) as TaskItem;

it('what is late comes first, then what is due today; of these the tasks of important journeys', () => {
  const items = [
    task('late', -2),
    task('late and important', -1, { priority: 'high' }),
    task('minor', 1, { priority: 'low' }),
    task('soon', 2),
    task('important', 3, { priority: 'high' }),
    task('important later', 48, { priority: 'high' }),
  ];
  expect(byUrgency(items, NOW).map(([urgency, tasks]) => [urgency, tasks.map(({ id }) => id)])).toEqual([
    ['late', ['late and important', 'late']],
    ['today', ['important', 'soon', 'minor']],
    ['later', ['important later']],
  ]);
});

it('what is done stays in the order in which it was done', () => {
  const done = [task('last', 1, { state: 'done' }), task('first', 1, { state: 'done', priority: 'high' })];
  expect(byUrgency(done, NOW).map(([, tasks]) => tasks.map(({ id }) => id))).toEqual([['last', 'first']]);
});
