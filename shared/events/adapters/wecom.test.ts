import { describe, expect, test } from 'vitest';
import { eventsOf, fixture, problemOf } from '../../../test/support/event-fixtures.ts';

describe('企业微信 WeCom', () => {
  test('a contact added is the external contact’s, with the door she came in by', () => {
    expect(eventsOf(fixture('wecom-add-external-contact'))).toEqual([
      {
        id: 'wecom:ww55ca070cb9b7eb22:1795163398:add_external_contact:zhangsan:woAJ2GCAAAXtWyujaWJHDDGi0mAAAA',
        customer: 'wecom:woAJ2GCAAAXtWyujaWJHDDGi0mAAAA',
        name: 'Contact Added',
        type: 'track',
        at: '2026-11-20T08:29:58.000Z',
        received: '2026-11-26T00:00:00.000Z',
        properties: { channel: '公众号引流', state: '公众号引流', member: 'zhangsan' },
        context: { source: 'wecom', channel: 'wecom' },
      },
    ]);
  });

  test.each([
    ['del_follow_user', 'Contact Deleted'],
    ['del_external_contact', 'Contact Removed'],
    ['add_half_external_contact', 'Contact Requested'],
    ['transfer_fail', 'Contact Transfer Failed'],
    ['something_new', 'something_new'],
  ])('%s is %s', (ChangeType, name) => {
    const changed = fixture('wecom-del-follow-user', (callback) => Object.assign(callback, { ChangeType }));
    expect(eventsOf(changed)[0]?.name).toBe(name);
  });

  test('of those who joined a group the customers are told, each once, not our own members', () => {
    const joined = eventsOf(fixture('wecom-chat-add-member'));
    expect(joined.map(({ name, customer }) => [name, customer])).toEqual([
      ['Group Joined', 'wecom:wmOgQhDgAAuXFJGwbve4g4iXknfOAAAA'],
      ['Group Joined', 'wecom:wmOgQhDgAAuXFJGwbve4g4iXknfOBBBB'],
    ]);
    expect(joined[0]?.properties).toEqual({ chat_id: 'wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA', join_scene: '3' });
    expect(new Set(joined.map(({ id }) => id)).size).toBe(2);
  });

  test('a list of one is no list in XML, and some write it with commas', () => {
    const one = fixture('wecom-chat-add-member', (callback) =>
      Object.assign(callback, { MemChangeList: { Item: 'wmA' }, UpdateDetail: 'del_member' }),
    );
    expect(eventsOf(one).map(({ name, customer }) => [name, customer])).toEqual([['Group Left', 'wecom:wmA']]);
    const commas = fixture('wecom-chat-add-member', (callback) =>
      Object.assign(callback, { MemChangeList: 'wmA,woB' }),
    );
    expect(eventsOf(commas)).toHaveLength(2);
  });

  test('changes of the tag library are not about customers', () => {
    expect(problemOf(fixture('wecom-change-external-tag')).code).toBe('source-not-about-customers');
  });
});
