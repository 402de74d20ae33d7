import { keepLists } from '../../functions/ports/lists/index.ts';
import { toldIn } from '../../functions/ports/profiles/index.ts';
import { images } from '../../functions/streams/images.ts';
import { insertedRows } from './hand-driven.ts';
import type { LocalTables } from './local-tables.ts';

/** All that was ever told of customers, in the order of customer and version, as the reader of the stream takes it. */
export async function everythingTold(tables: LocalTables) {
  const records = await insertedRows(tables, 'profiles');
  return records.flatMap((record) => toldIn(images(record).row!) ?? []);
}

/** The lists of members come a moment after the states, by the stream: that moment, for stories without a stream. */
export const followLists = async (tables: LocalTables): Promise<void> => keepLists(await everythingTold(tables));
