import { customerOf, mergedIn } from '../../ports/profiles/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `customer.merged`: from now on what is told of the one is told of the other. */
export const merges: Announcer = ({ row, before }) => {
  const merged = before === undefined ? mergedIn(row) : undefined;
  if (merged === undefined) return [];
  const customer = customerOf(row.pk);
  const { id, rule, at, messageId, event, quiet } = merged;
  const cause = { by: 'event', messageId, eventName: event, depth: 0 };
  const detail = { customer, merged: id, rule, cause, depth: 0, ...(quiet ? { quiet } : {}) };
  return [announcement('customer.merged', `${customer}/${row.sk}`, at, detail)];
};
