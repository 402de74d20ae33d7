import { area } from '../area.ts';

export const inbox = area(
  {
    lead: '旅程写给客户的每一条消息，和它在手机上的样子。',
    emptyTitle: '还没有消息',
    emptyText: '客户走到「发消息」节点时，写给她的话会出现在这里。发布一条旅程，就可以等第一条了。',
    reading: '消息在手机上的样子',
    noBody: '没有写出正文。',
    to: '写给',
    from: '来自旅程',
    channel: '渠道',
    channels: { inbox: '站内信箱' },
  },
  {
    lead: 'Every message that journeys wrote to customers, and how it reads on a phone.',
    emptyTitle: 'No messages yet',
    emptyText:
      'When a customer reaches a message node, what was written to her shows here. Publish a journey and wait for the first.',
    reading: 'The message as it reads on a phone',
    noBody: 'No text was written.',
    to: 'To',
    from: 'From the journey',
    channel: 'Channel',
    channels: { inbox: 'Inbox' },
  },
);
