import type { Change } from '../../../shared/profile/index.ts';
import { CHANGES, customerOf } from '../../ports/profiles/index.ts';
import { type Announcer, announcement } from './announcement.ts';

/** `tag.added`, `tag.removed`, `stage.changed`, each with its cause and depth. */
export const changes: Announcer = ({ row, before }) => {
  if (before !== undefined || !row.sk.startsWith(CHANGES)) return [];
  const customer = customerOf(row.pk);
  const quiet = row['quiet'] === true ? { quiet: true } : {};
  return (JSON.parse(row['body'] as string) as Change[]).map((change, index) => {
    const id = `${customer}/${row.sk}/${index}`;
    const { at, cause } = change;
    if (change.type === 'stage') {
      return announcement('stage.changed', id, at, {
        customer,
        from: change.from,
        to: change.to,
        cause,
        depth: cause.depth,
        ...quiet,
      });
    }
    const { op, key, rule, evidence, why, value } = change;
    return announcement(`tag.${op}`, id, at, {
      customer,
      tag: key,
      rule,
      evidence,
      why,
      value,
      cause,
      depth: cause.depth,
      ...quiet,
    });
  });
};
