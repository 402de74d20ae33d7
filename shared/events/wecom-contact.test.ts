import { describe, expect, test } from 'vitest';
import { parseEvent } from './index.ts';
import { contactMessages, type KnownFollow, type WeComFollow, weComContactSchema } from './wecom-contact.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const tag = (tag_name: string, type = 1) => ({
  group_name: '等级',
  tag_name,
  ...(type === 2 ? {} : { tag_id: `et-${tag_name}` }),
  type,
});
const follow = (...tags: ReturnType<typeof tag>[]) => ({ userid: 'zhangsan', remark: '李薇', tags });
const read = (...follows: object[]) => {
  const { external_contact: person, follow_user } = weComContactSchema.parse({
    external_contact: { external_userid: 'wmA', name: 'Wei', gender: 2 },
    follow_user: follows,
  });
  return { person, follows: follow_user };
};
const known = (rev: number, ...tags: ReturnType<typeof tag>[]): KnownFollow => ({
  rev,
  follow: read(follow(...tags)).follows[0] as WeComFollow,
});
const by = (at = NOW, added = false) => ({ corp: 'ww1', member: 'zhangsan', at, added });
const ids = (messages: ReturnType<typeof contactMessages>) =>
  messages.filter(({ type }) => type === 'track').map(({ messageId }) => messageId);

describe('a look at a contact', () => {
  test('tells her traits and what the relation has gained and lost', () => {
    const messages = contactMessages(
      by(),
      read(follow(tag('VIP'), tag('星标', 2)), { userid: 'lisi', tags: [tag('老客')] }),
      known(4, tag('新客')),
    );
    expect(
      messages.map(({ type, event, properties, traits }) => event ?? type + JSON.stringify(traits ?? properties)),
    ).toEqual([
      'identify{"name":"李薇","nickname":"Wei","gender":"female","remark":"李薇","wecom_members":["zhangsan","lisi"],"wecom_tags":["VIP","星标","老客"]}',
      'WeCom Tag Removed',
      'WeCom Tag Added',
      'WeCom Tag Added',
    ]);
    for (const message of messages) expect(parseEvent(message, { time: NOW }, NOW).ok).toBe(true);
  });

  test('told again after a crash has the same ids, whichever callback made us look; what came in between has its own', () => {
    const first = contactMessages(by(), read(follow(tag('VIP'))), known(4));
    const again = contactMessages(by('2026-11-20T08:59:00.000Z'), read(follow(tag('VIP'), tag('老客'))), known(4));
    expect(ids(again)).toEqual([...ids(first), 'wecom:wmA:zhangsan:4:added:et-老客']);
    expect(ids(contactMessages(by(), read(follow()), known(5, tag('VIP'))))).not.toEqual(ids(first));
  });

  test('at an old contact is quiet about tags of unknown age; at one just added it is not', () => {
    const quiet = (added: boolean) =>
      contactMessages(by(NOW, added), read(follow(tag('VIP'))), undefined).map(
        ({ context }) => (context as { quiet?: true }).quiet,
      );
    expect([quiet(false), quiet(true)]).toEqual([
      [undefined, true],
      [undefined, undefined],
    ]);
  });

  test('by a member who follows her no more tells her traits only', () => {
    expect(contactMessages(by(), read({ userid: 'lisi' }), known(1, tag('VIP')))).toHaveLength(1);
  });
});
