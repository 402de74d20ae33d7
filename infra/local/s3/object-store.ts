import type { Store } from '../store.ts';

/** An object as it is kept. `etag`: MD5 of the body, in quotes; instants in ms on the stack's clock. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  readonly type: string;
  /** The user's own metadata, names in small letters. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Headers of HTTP that are given back as they came: Content-Encoding, Cache-Control… by their members' names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Bucket {
  readonly name: string;
  readonly created: number;
}

/** Buckets and objects in the stack's file. Keys are in the order of their bytes, as S3 lists them. */
export interface ObjectStore {
  addBucket(bucket: Bucket): void;
  bucket(name: string): Bucket | undefined;
  buckets(): Bucket[];
  removeBucket(name: string): void;
  put(bucket: string, object: StoredObject, body: Buffer): void;
  get(bucket: string, key: string): StoredObject | undefined;
  body(bucket: string, key: string): Buffer;
  remove(bucket: string, key: string): void;
  /** Objects whose key begins with `prefix` and comes after `after`. */
  list(bucket: string, prefix: string, after: string, limit: number): StoredObject[];
}

export function openObjectStore({ db, prepare }: Store): ObjectStore {
  db.exec(`CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS s3_objects (bucket TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (bucket, key)) STRICT`);
  const insertBucket = prepare('INSERT INTO s3_buckets VALUES (?, ?)');
  const oneBucket = prepare('SELECT * FROM s3_buckets WHERE name = ?');
  const allBuckets = prepare('SELECT * FROM s3_buckets ORDER BY name');
  const deleteBucket = prepare('DELETE FROM s3_buckets WHERE name = ?');
  const insert = prepare(`INSERT INTO s3_objects VALUES (?, ?, ?, ?)
    ON CONFLICT (bucket, key) DO UPDATE SET json = excluded.json, body = excluded.body`);
  const one = prepare('SELECT json FROM s3_objects WHERE bucket = ? AND key = ?');
  const bodyOf = prepare('SELECT body FROM s3_objects WHERE bucket = ? AND key = ?');
  const erase = prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?');
  const page = prepare(`SELECT json FROM s3_objects WHERE bucket = ?1 AND key >= ?2 AND key > ?3
    AND substr(key, 1, length(?2)) = ?2 ORDER BY key LIMIT ?4`);
  const read = ({ json }: Record<string, unknown>) => JSON.parse(String(json)) as StoredObject;
  return {
    addBucket: ({ name, created }) => void insertBucket.run(name, created),
    bucket: (name) => oneBucket.get(name) as Bucket | undefined,
    buckets: () => allBuckets.all() as unknown as Bucket[],
    removeBucket: (name) => void deleteBucket.run(name),
    put: (bucket, object, body) => void insert.run(bucket, object.key, JSON.stringify(object), body),
    get(bucket, key) {
      const row = one.get(bucket, key);
      return row && read(row);
    },
    body: (bucket, key) => Buffer.from(bodyOf.get(bucket, key)?.['body'] as Uint8Array),
    remove: (bucket, key) => void erase.run(bucket, key),
    list: (bucket, prefix, after, limit) => page.all(bucket, prefix, after, limit).map(read),
  };
}
