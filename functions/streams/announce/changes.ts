import { toldByBus } from '../../../shared/profile/index.ts';
import { toldIn } from '../../ports/profiles/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `tag.added`, `tag.removed`, `segment.entered`, `segment.left`, `stage.changed`, each with its cause and depth. */
export const changes: Announcer = ({ row, before }) => {
  const told = before === undefined ? toldIn(row) : undefined;
  if (told === undefined) return [];
  const { customer, key, changes: list } = told;
  const quiet = told.quiet === true ? { quiet: true } : {};
  return list.map((change, index) => {
    const id = `${customer}/${key}/${index}`;
    const { at, cause } = change;
    const { name, detail } = toldByBus(change);
    return announcement(name, id, at, { customer, ...detail, cause, depth: cause.depth, ...quiet });
  });
};
