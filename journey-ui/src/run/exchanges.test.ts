import { describe, expect, it } from 'vitest';
import { exchangesOf } from './exchanges.ts';

const entered = (name: string) => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name, input: '{}' } });
const scheduled = (Payload: unknown) => ({
  type: 'TaskScheduled',
  taskScheduledEventDetails: { parameters: JSON.stringify({ FunctionName: 'f', Payload }) },
});
const succeeded = (output: unknown) => ({
  type: 'TaskSucceeded',
  taskSucceededEventDetails: { output: JSON.stringify(output) },
});

describe('what a step was sent and what it answered', () => {
  it('is read from the history, state by state', () => {
    const history = [
      { type: 'ExecutionStarted' },
      entered('hello'),
      scheduled({ node: 'hello', visit: 1 }),
      succeeded({ StatusCode: 200, Payload: { outlet: 'sent' } }),
      { type: 'WaitStateEntered', stateEnteredEventDetails: { name: 'a day' } },
      entered('wait for'),
      scheduled({ node: 'w', token: '***' }),
      succeeded({ outlet: 'happened', at: '2026-01-01T00:00:00.000Z' }),
    ];
    expect(exchangesOf(history)).toEqual([
      { sent: { node: 'hello', visit: 1 }, answered: { outlet: 'sent' } },
      {},
      { sent: { node: 'w', token: '***' }, answered: { outlet: 'happened', at: '2026-01-01T00:00:00.000Z' } },
    ]);
  });

  it('is the last of several tries; a step that never answered has no answer', () => {
    const history = [entered('hello'), scheduled({ n: 1 }), { type: 'TaskFailed' }, scheduled({ n: 2 })];
    expect(exchangesOf(history)).toEqual([{ sent: { n: 2 } }]);
    expect(exchangesOf([])).toEqual([]);
  });
});
