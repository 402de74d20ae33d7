import { expect, test } from 'vitest';
import { sampleFacts } from '../sample-facts.ts';
import { staffTask } from './index.ts';

const config = { ...staffTask.defaults };

test('a task is put once, and what was said of it decides the way', () => {
  expect(staffTask.decide!(config, sampleFacts())).toMatchObject({ type: 'await', effects: [{ type: 'task' }] });
  expect(staffTask.decide!(config, sampleFacts({ task: { state: 'open' } }))).toEqual({ type: 'await', for: [] });
  for (const state of ['done', 'not-reached', 'declined'] as const) {
    expect(staffTask.decide!(config, sampleFacts({ task: { state } }))).toEqual({ type: 'go', outlet: state });
  }
});

test('a run that was redriven puts the task again that was withdrawn when it failed', () => {
  expect(staffTask.decide!(config, sampleFacts({ task: { state: 'withdrawn' } }))).toMatchObject({
    type: 'await',
    effects: [{ type: 'task' }],
  });
});

test.each([
  ['waits for less than it may take', { due: 'P2D', limit: 'P1D' }, 'limit'],
  ['is for a team without a name', { assign: 'team' }, 'who'],
  ['may take no time at all', { due: 'PT0S' }, 'due'],
])('a task that %s is refused', (_, wrong, field) => {
  const parsed = staffTask.config.safeParse({ ...config, ...wrong });
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});

test('a text for a group is as long as a group takes it, and speaks to nobody in particular', () => {
  const found = (body: string, text: 'dm' | 'group') =>
    staffTask.check!({ ...config, body, text }, undefined as never, 't').map(({ code, severity }) => [code, severity]);
  expect(found('{{ user.name }}，你好', 'dm')).toEqual([]);
  expect(found('{{ user.name }}，你好', 'group')).toEqual([['text-same-for-all', 'warning']]);
  expect(found('好'.repeat(1400), 'dm')).toEqual([['text-too-long', 'error']]);
});

test('a template that cannot be read is told with its field', () => {
  const found = staffTask.check!({ ...config, body: '{{ user.name' }, undefined as never, 't');
  expect(found).toMatchObject([{ code: 'template-invalid', node: 't', field: 'config.body' }]);
});
