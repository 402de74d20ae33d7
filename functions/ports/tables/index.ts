export { type TableName, tableName, tables } from './client.ts';
export { batchGet, count, type Key, query, type RangeQuery, type Row } from './read.ts';
export { hash32, LIST_SHARDS, mergeShards, shardOf } from './shards.ts';
export { MAX_TRANSACTION, type TransactItem, transact } from './transact.ts';
export { put, update, writeAll } from './write.ts';
