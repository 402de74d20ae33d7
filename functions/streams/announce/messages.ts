import { messageFrom } from '../../ports/messages/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `message.sent`, `message.suppressed`, `message.failed`; ids and reason only, never the text. */
export const messages: Announcer = ({ row, before }) => {
  if (!row.sk.startsWith('m#')) return [];
  const { id, customer, channel, status, reason, at, journey, version, node, enrolment, template } = messageFrom(row);
  if (status === 'claimed' || status === before?.['status']) return [];
  const detail = { message: id, customer, channel, template, reason, journey, version, node, enrolment };
  return [announcement(`message.${status}`, `${id}/${status}`, at, detail)];
};
