/** A cursor that knows of which list it is. */
export const writeCursor = (list: string, at: unknown): string =>
  Buffer.from(JSON.stringify([list, at])).toString('base64url');

/** @throws CursorUnknown for one of another list */
export function readCursor(list: string, cursor: string): unknown {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new CursorUnknown();
  }
  if (!Array.isArray(read) || read.length !== 2 || read[0] !== list) throw new CursorUnknown();
  return read[1];
}

/** A cursor that this list did not give: of another list, or made up. Going on from it would leave out or repeat rows. */
export class CursorUnknown extends Error {
  readonly code = 'cursor-unknown';
  constructor() {
    super('The cursor is not one that this list gave');
    this.name = 'CursorUnknown';
  }
}
