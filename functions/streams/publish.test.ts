import { describe, expect, it } from 'vitest';
import { announce } from './announce/index.ts';

const cause = { by: 'event', messageId: 'm1', eventName: 'Order', depth: 2 };
const change = {
  type: 'tag',
  op: 'added',
  key: 'vip',
  at: '2026-03-01T00:00:00.000Z',
  rule: 3,
  evidence: ['m1'],
  why: { zh: '', en: '' },
  cause,
};
const row = (more: object) => ({ pk: 'c#li', sk: 'h#2026-03-01T00:00:00.000Z#7', ...more });
const enrolment = {
  pk: 'c#li',
  sk: 'n#welcome#000001',
  id: 'welcome-x-1',
  journey: 'welcome',
  version: 2,
  customer: 'li',
  status: 'active',
  enteredAt: '2026-03-01T00:00:00.000Z',
  cause: {
    type: 'event',
    name: 'Contact Added',
    messageId: 'm0',
    at: '2026-03-01T00:00:00.000Z',
    properties: { phone: '138' },
  },
  depth: 1,
  rev: 1,
};

describe('what the bus is told', () => {
  it('every change of a row, with cause and depth, under the same id however often', () => {
    const stage = { type: 'stage', to: 'loyalty', at: change.at, cause };
    const told = announce({ row: row({ body: JSON.stringify([change, stage]) }) });
    expect(told.map(({ detailType, source }) => `${source} ${detailType}`)).toEqual([
      'pergola tag.added',
      'pergola stage.changed',
    ]);
    expect(told[0]?.detail).toMatchObject({
      schema: 1,
      customer: 'li',
      tag: 'vip',
      rule: 3,
      evidence: ['m1'],
      depth: 2,
    });
    expect(new Set(told.map(({ detail }) => (detail as { id: string }).id)).size).toBe(2);
    expect(announce({ row: row({ body: JSON.stringify([change, stage]) }) })).toEqual(told);
  });

  it('entering and ending a journey, without what the event carried', () => {
    const [entered] = announce({ row: enrolment });
    expect(entered).toMatchObject({ detailType: 'journey.entered', detail: { enrolment: 'welcome-x-1', version: 2 } });
    expect(JSON.stringify(entered)).not.toContain('138');
    const ended = { ...enrolment, rev: 4, endedAt: '2026-03-02T00:00:00.000Z' };
    const goal = { ...ended, status: 'goal', end: { outcome: 'goal', reason: '首单' } };
    expect(announce({ row: goal, before: enrolment })).toMatchObject([
      { detailType: 'journey.goal', detail: { reason: '首单' } },
    ]);
    const done = { ...ended, status: 'completed', end: { outcome: 'completed', reason: 'completed' } };
    expect(announce({ row: done, before: enrolment })).toMatchObject([
      { detailType: 'journey.exited', detail: { outcome: 'completed' } },
    ]);
    expect(announce({ row: { ...enrolment, rev: 2 }, before: enrolment })).toEqual([]);
    expect(announce({ row: done, before: done })).toEqual([]);
  });

  it('what became of a message, without its text', () => {
    const message = {
      pk: 'c#li',
      sk: 'm#1',
      id: 'welcome-x-1#hello#1',
      customer: 'li',
      channel: 'inbox',
      at: change.at,
      body: '你好',
      journey: 'welcome',
      version: 2,
      node: 'hello',
      enrolment: 'welcome-x-1',
    };
    const [sent] = announce({ row: { ...message, status: 'sent' } });
    expect(sent).toMatchObject({ detailType: 'message.sent', detail: { message: 'welcome-x-1#hello#1' } });
    expect(JSON.stringify(sent)).not.toContain('你好');
    expect(announce({ row: { ...message, status: 'claimed' } })).toEqual([]);
    expect(announce({ row: { ...message, status: 'suppressed', reason: 'unsubscribed' } })).toMatchObject([
      { detailType: 'message.suppressed', detail: { reason: 'unsubscribed' } },
    ]);
  });

  it('nothing about events, states and rows that DynamoDB deletes', () => {
    expect(announce({ row: { pk: 'c#li', sk: 'e#2026-03-01T00:00:00.000Z#m1', body: '{}' } })).toEqual([]);
    expect(announce({ row: { pk: 'c#li', sk: 'state', body: '{}' } })).toEqual([]);
    expect(announce({ before: enrolment })).toEqual([]);
  });
});
