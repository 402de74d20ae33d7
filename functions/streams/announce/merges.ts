import { customerOf, mergedIn } from '../../ports/profiles/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/**
 * `customer.merged`: from now on what is told of the one is told of the other. `customer.separated`: an id that was joined
 * by mistake (`from`) is another customer's, with all that came under it.
 */
export const merges: Announcer = ({ row, before }) => {
  const merged = before === undefined ? mergedIn(row) : undefined;
  if (merged === undefined) return [];
  const customer = customerOf(row.pk);
  const { id, rule, at, messageId, event, quiet, was, by } = merged;
  if (was !== undefined) {
    const detail = { customer, separated: id, from: was, cause: { by: 'manual', ref: by, depth: 0 }, depth: 0 };
    return [announcement('customer.separated', `${customer}/${row.sk}`, at, detail)];
  }
  const cause = { by: 'event', messageId, eventName: event, depth: 0 };
  const detail = { customer, merged: id, rule, cause, depth: 0, ...(quiet ? { quiet } : {}) };
  return [announcement('customer.merged', `${customer}/${row.sk}`, at, detail)];
};
