import { readCursor, writeCursor } from '../ports/tables/index.ts';

/** Anything that is listed by the instant of its coming. */
interface Listed {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly enteredAt: string;
}

/** Up to where a list was given: the instant of the last one, and the ids given of that instant. */
export interface Mark {
  readonly at: string;
  readonly ids: readonly string[];
}

/** Is it still to be given? What came in meanwhile, ahead of the mark, is not. */
export const isBehind = ({ id, enteredAt }: Listed, mark: Mark | undefined): boolean =>
  mark === undefined || enteredAt < mark.at || (enteredAt === mark.at && !mark.ids.includes(id));

/** One page of a list of which all candidates are at hand, the newest first; each comes exactly once. */
export function newestFirst<T extends Listed>(
  candidates: readonly T[],
  mark: Mark | undefined,
  limit: number,
): { items: T[]; cursor?: string } {
  const rest = candidates
    .filter((one) => isBehind(one, mark))
    .sort((a, b) => (a.enteredAt === b.enteredAt ? (a.id < b.id ? -1 : 1) : a.enteredAt < b.enteredAt ? 1 : -1));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || rest.length <= limit) return { items };
  const ids = items.filter(({ enteredAt }) => enteredAt === last.enteredAt).map(({ id }) => id);
  const before = mark?.at === last.enteredAt ? mark.ids : [];
  return { items, cursor: writeMark({ at: last.enteredAt, ids: [...before, ...ids] }) };
}

const NEWEST = 'newest';
const writeMark = (mark: Mark): string => writeCursor(NEWEST, mark);

/** @throws CursorUnknown for one that no such list gave */
export function readMark(cursor: string | undefined): Mark | undefined {
  if (cursor === undefined) return undefined;
  const mark = readCursor(NEWEST, cursor) as Mark;
  return mark;
}
