import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';

/** AWS keeps stream records for a day. */
const KEPT_SECONDS = 24 * 3600;

/**
 * Takes away stream records that are older than a day and that every function has passed: dynoxide never does, and its
 * file would only grow. The newest record of a table stays, since dynoxide numbers on from it.
 *
 * Only while dynoxide is not running. `nowSeconds` is of the machine's clock, as the records' times are.
 */
export function trimStreams(databaseFile: string, store: Store, nowSeconds: number): void {
  if (!existsSync(databaseFile)) return;
  const passed = new Map<string, number>();
  const hasCheckpoints = store.prepare("SELECT 1 FROM sqlite_master WHERE name = 'stream_checkpoint'").get();
  const checkpoints = hasCheckpoints ? store.prepare('SELECT stream, sequence FROM stream_checkpoint').all() : [];
  for (const row of checkpoints) {
    const table = /:table\/([^/]+)\/stream\//.exec(String(row['stream']))?.[1];
    if (!table) continue;
    passed.set(table, Math.min(passed.get(table) ?? Number.POSITIVE_INFINITY, Number(row['sequence'])));
  }
  const db = new DatabaseSync(databaseFile);
  try {
    if (!db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get()) return;
    const remove = db.prepare(
      `DELETE FROM _stream_records WHERE table_name = ?1 AND created_at < ?2 AND CAST(sequence_number AS INTEGER) <= ?3
       AND CAST(sequence_number AS INTEGER) < (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?1)`,
    );
    for (const [table, sequence] of passed) remove.run(table, nowSeconds - KEPT_SECONDS, sequence);
  } finally {
    db.close();
  }
}
