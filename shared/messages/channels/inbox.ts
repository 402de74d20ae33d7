import type { Channel } from './channel.ts';

/** Pergola's own inbox: every message can be read in the console, nothing leaves the machine. */
export const inbox: Channel = {
  id: 'inbox',
  label: { zh: '站内信箱', en: 'Inbox' },
  icon: 'InboxOutlined',
  limits: { title: 100, body: 4000 },
  address: (customer) => customer.id,
};
