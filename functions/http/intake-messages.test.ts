import { describe, expect, it } from 'vitest';
import { readMessages } from './intake-messages.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const track = (more: object) => ({ type: 'track', userId: 'li', event: 'X', ...more });

describe('the messages of a request', () => {
  it('are taken beside one that nothing could bear, which is kept with its reason', () => {
    const list = JSON.parse(`${'['.repeat(15_000)}${']'.repeat(15_000)}`) as unknown;
    const sent = [track({ messageId: 'good' }), track({ messageId: 'deep', properties: { list } })];
    const { events, problems, oversized } = readMessages(
      sent.map((message, i) => ({ message, place: `batch.${i}` })),
      undefined,
      NOW,
    );
    expect(oversized).toBe(false);
    expect(events.map(({ detailType }) => detailType)).toEqual(['track', 'refused']);
    expect(JSON.stringify(events[1]?.detail)).toContain('"messageId":"deep"');
    expect(problems).toMatchObject([{ code: 'event-too-deep', field: 'batch.1.properties.list.0.0.…' }]);
  });

  it('keep a time that a wrong clock would move out of the calendar', () => {
    const one = (timestamp: string, sentAt: string) =>
      readMessages([{ message: track({ messageId: 'm', timestamp, sentAt }), place: '' }], undefined, NOW);
    expect(one('9999-12-31T23:00:00Z', '1970-01-01T00:00:00Z').problems).toEqual([]);
    expect(one('2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z').events[0]?.detail).toMatchObject({
      timestamp: '2026-03-01T11:00:00.000Z',
    });
  });
});
