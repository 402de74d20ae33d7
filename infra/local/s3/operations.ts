import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Body } from '../endpoint/service.ts';
import { AwsError, type Clock } from '../time-source.ts';
import { listObjects } from './listing.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/**
 * The operations of S3 on the members that the API reference names; bodies of objects are bytes. How they come in and go
 * out (XML and headers, or the JSON of state machines) is not known here.
 */
export type S3Operation = (members: Body) => Body;

const MOST_KEYS = 1_000;
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Given back as they were given. */
const KEPT_HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'Expires'];

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

export function s3Operations(store: ObjectStore, clock: Clock, region: string): Readonly<Record<string, S3Operation>> {
  const bucketOf = (members: Body): string => {
    const name = text(members['Bucket']);
    if (!store.bucket(name))
      throw s3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    return name;
  };
  const objectOf = (members: Body): { bucket: string; object: StoredObject } => {
    const bucket = bucketOf(members);
    const key = text(members['Key']);
    const object = store.get(bucket, key);
    if (!object) throw s3Error('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    const wanted = members['IfMatch'];
    if (wanted !== undefined && text(wanted) !== object.etag) throw preconditionFailed('If-Match');
    return { bucket, object };
  };
  const keep = (bucket: string, members: Body, body: Buffer, like?: StoredObject): StoredObject => {
    const headers = Object.fromEntries(
      KEPT_HEADERS.filter((name) => members[name] !== undefined).map((name) => [name, text(members[name])]),
    );
    const object: StoredObject = {
      key: text(members['Key']),
      size: body.length,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      modified: clock.now(),
      type: text(members['ContentType'] ?? like?.type ?? 'binary/octet-stream'),
      metadata: (members['Metadata'] as Record<string, string> | undefined) ?? like?.metadata ?? {},
      headers: like ? { ...like.headers, ...headers } : headers,
    };
    if (Buffer.byteLength(object.key) > 1024) throw s3Error('KeyTooLongError', 'Your key is too long', 400);
    store.put(bucket, object, body);
    return object;
  };

  return {
    ListBuckets: () => ({
      Buckets: store.buckets().map(({ name, created }) => ({ Name: name, CreationDate: new Date(created) })),
      Owner: { ID: 'local' },
    }),
    CreateBucket(members) {
      const name = text(members['Bucket']);
      if (!BUCKET_NAME.test(name)) throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', 400);
      // In this region AWS answers like the first time when it is one's own.
      if (!store.bucket(name)) store.addBucket({ name, created: clock.now() });
      return { Location: `/${name}` };
    },
    HeadBucket(members) {
      bucketOf(members);
      return { BucketRegion: region };
    },
    GetBucketLocation(members) {
      bucketOf(members);
      return { LocationConstraint: region === 'us-east-1' ? '' : region };
    },
    DeleteBucket(members) {
      const bucket = bucketOf(members);
      if (store.list(bucket, '', '', 1).length > 0)
        throw s3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
      store.removeBucket(bucket);
      return {};
    },
    PutObject(members) {
      const bucket = bucketOf(members);
      const body = bytesOf(members['Body']);
      if (members['IfNoneMatch'] === '*' && store.get(bucket, text(members['Key'])))
        throw preconditionFailed('If-None-Match');
      const { etag } = keep(bucket, members, body);
      return {
        ...checksumOf(body),
        ETag: etag,
        ServerSideEncryption: 'AES256',
      };
    },
    CopyObject(members) {
      const bucket = bucketOf(members);
      const [from = '', ...key] = decodeURIComponent(text(members['CopySource'])).replace(/^\//, '').split('/');
      const source = objectOf({ Bucket: from, Key: key.join('/') });
      const like = members['MetadataDirective'] === 'REPLACE' ? undefined : source.object;
      const copy = keep(bucket, members, store.body(source.bucket, source.object.key), like);
      return { CopyObjectResult: { ETag: copy.etag, LastModified: new Date(copy.modified) } };
    },
    GetObject(members) {
      const { bucket, object } = objectOf(members);
      const whole = store.body(bucket, object.key);
      const range = rangeOf(text(members['Range']), whole.length);
      const body = range ? whole.subarray(range.from, range.to + 1) : whole;
      return {
        ...described(object, body.length),
        ...(members['ChecksumMode'] === 'ENABLED' && !range && checksumOf(body)),
        ...(range && { ContentRange: `bytes ${range.from}-${range.to}/${whole.length}` }),
        Body: body,
      };
    },
    HeadObject(members) {
      const { object } = objectOf(members);
      return described(object, object.size);
    },
    DeleteObject(members) {
      store.remove(bucketOf(members), text(members['Key']));
      return {};
    },
    DeleteObjects(members) {
      const bucket = bucketOf(members);
      const { Objects: objects = [], Quiet: quiet } = (members['Delete'] ?? {}) as {
        Objects?: Body[];
        Quiet?: unknown;
      };
      for (const { Key: key } of objects) store.remove(bucket, text(key));
      return { Deleted: quiet === true || quiet === 'true' ? [] : objects.map(({ Key }) => ({ Key })) };
    },
    ListObjectsV2(members) {
      const after = members['ContinuationToken'];
      const start = after === undefined ? text(members['StartAfter']) : Buffer.from(text(after), 'base64').toString();
      const { shown, next } = page(members, start);
      const { Contents, CommonPrefixes } = shown as { Contents?: unknown[]; CommonPrefixes?: unknown[] };
      return {
        ...shown,
        KeyCount: (Contents?.length ?? 0) + (CommonPrefixes?.length ?? 0),
        ...(members['StartAfter'] !== undefined && { StartAfter: text(members['StartAfter']) }),
        ...(after !== undefined && { ContinuationToken: text(after) }),
        ...(next !== undefined && { NextContinuationToken: Buffer.from(next).toString('base64') }),
      };
    },
    ListObjects(members) {
      const { shown, next } = page(members, text(members['Marker']));
      return {
        ...shown,
        Marker: text(members['Marker']),
        ...(next !== undefined && shown['Delimiter'] !== undefined && { NextMarker: next }),
      };
    },
  };

  /** What both ways of listing have in common. */
  function page(members: Body, after: string): { shown: Body; next: string | undefined } {
    const bucket = bucketOf(members);
    const prefix = text(members['Prefix']);
    const delimiter = text(members['Delimiter']);
    const most = Math.min(Number(members['MaxKeys'] ?? MOST_KEYS), MOST_KEYS);
    const { objects, prefixes, next } = listObjects(store, { bucket, prefix, delimiter, after, most });
    const encoded = members['EncodingType'] === 'url' ? encodeKey : (key: string) => key;
    const shown = {
      IsTruncated: next !== undefined,
      ...(objects.length > 0 && {
        Contents: objects.map(({ key, etag, size, modified }) => ({
          Key: encoded(key),
          LastModified: new Date(modified),
          ETag: etag,
          Size: size,
          StorageClass: 'STANDARD',
        })),
      }),
      Name: bucket,
      Prefix: encoded(prefix),
      ...(delimiter && { Delimiter: encoded(delimiter) }),
      MaxKeys: most,
      ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((one) => ({ Prefix: encoded(one) })) }),
      ...(members['EncodingType'] !== undefined && { EncodingType: 'url' }),
    };
    return { shown, next };
  }
}

function checksumOf(body: Buffer): Body {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return { ChecksumCRC32: checksum.toString('base64'), ChecksumType: 'FULL_OBJECT' };
}

function described({ etag, modified, type, metadata, headers }: StoredObject, length: number): Body {
  return {
    AcceptRanges: 'bytes',
    ContentLength: length,
    ContentType: type,
    ETag: etag,
    LastModified: new Date(modified),
    Metadata: metadata,
    ServerSideEncryption: 'AES256',
    ...headers,
  };
}

/** State machines give any JSON: a text is itself, all else is written as JSON. */
function bytesOf(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** `bytes=0-9`, `bytes=5-`, `bytes=-3`; undefined when none is asked for. Both ends are part of it. */
function rangeOf(text: string, size: number): { from: number; to: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw s3Error('InvalidRange', 'The requested range is not satisfiable', 416);
  return { from, to };
}

const encodeKey = (key: string) => encodeURIComponent(key).replaceAll('%2F', '/');

const preconditionFailed = (condition: string) =>
  s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });

/** S3 names a second id of each request that failed. */
function s3Error(code: string, message: string, status: number, more: Record<string, unknown> = {}): AwsError {
  return new AwsError(code, message, status, { ...more, HostId: randomUUID() });
}
