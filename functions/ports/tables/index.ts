export { type TableName, tableName, tables } from './client.ts';
export { CursorUnknown, readCursor, writeCursor } from './cursor.ts';
export { keyOrder, LAST, shortKey } from './keys.ts';
export { batchGet, count, get, type Key, query, type RangeQuery, type Row } from './read.ts';
export { hash32, LIST_SHARDS, mergeShards, shardOf } from './shards.ts';
export { MAX_TRANSACTION, type TransactItem, transact } from './transact.ts';
export { put, update, writeAll } from './write.ts';
