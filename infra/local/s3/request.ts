import type { IncomingHttpHeaders } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import type { Body, Incoming } from '../endpoint/service.ts';

/** What a request asks for, by its method and by which of these stand in its query string. */
const ON_BUCKET: Readonly<Record<string, readonly (readonly [sign: string, operation: string])[]>> = {
  GET: [
    ['location', 'GetBucketLocation'],
    ['list-type', 'ListObjectsV2'],
    ['', 'ListObjects'],
  ],
  PUT: [['', 'CreateBucket']],
  HEAD: [['', 'HeadBucket']],
  DELETE: [['', 'DeleteBucket']],
  POST: [['delete', 'DeleteObjects']],
};
const ON_OBJECT: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};
/** Parts of S3 that are named by the query string, and are not here. */
const ELSEWHERE =
  /^(uploads?|uploadId|tagging|acl|versioning|versions|policy|cors|lifecycle|notification|encryption|website|logging|replication|object-lock|retention|legal-hold|attributes|select|restore|accelerate|requestPayment|publicAccessBlock|ownershipControls|inventory|analytics|metrics|intelligent-tiering)$/;

const QUERY: Readonly<Record<string, string>> = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  marker: 'Marker',
  'max-keys': 'MaxKeys',
  'start-after': 'StartAfter',
  'continuation-token': 'ContinuationToken',
  'encoding-type': 'EncodingType',
};
const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-language': 'ContentLanguage',
  expires: 'Expires',
  range: 'Range',
  'if-match': 'IfMatch',
  'if-none-match': 'IfNoneMatch',
  'x-amz-checksum-mode': 'ChecksumMode',
  'x-amz-copy-source': 'CopySource',
  'x-amz-metadata-directive': 'MetadataDirective',
};

/** Bucket and key, path style: `/bucket/a/key`. */
function placeOf(url: URL): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(url.pathname) ?? [];
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
}

/** Undefined for a request to another service. S3's say so in what they were signed for. */
export function operationOf({ request, url }: Incoming): string | undefined {
  const signed = String(request.headers.authorization ?? url.searchParams.get('X-Amz-Credential') ?? '');
  if (!/\/s3\/aws4_request/.test(signed)) return undefined;
  const { bucket, key } = placeOf(url);
  const method = request.method ?? '';
  const elsewhere = [...url.searchParams.keys()].find((name) => ELSEWHERE.test(name));
  if (elsewhere !== undefined) return `${method} ?${elsewhere}`;
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : `${method} /`;
  if (key !== '') {
    if (method === 'PUT' && request.headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
    return ON_OBJECT[method] ?? `${method} object`;
  }
  const found = (ON_BUCKET[method] ?? []).find(([sign]) => sign === '' || url.searchParams.has(sign));
  return found?.[1] ?? `${method} bucket`;
}

const xml = new XMLParser({ isArray: (name) => name === 'Object', parseTagValue: false });

/** The members of a request. */
export function membersOf({ request, url, body }: Incoming): Body {
  const { bucket, key } = placeOf(url);
  const members: Body = {};
  if (bucket !== '') members['Bucket'] = bucket;
  if (key !== '') members['Key'] = key;
  for (const [name, member] of Object.entries(QUERY)) {
    const value = url.searchParams.get(name);
    if (value !== null) members[member] = value;
  }
  for (const [name, member] of Object.entries(HEADERS)) {
    if (request.headers[name] !== undefined) members[member] = request.headers[name];
  }
  const metadata = metadataOf(request.headers);
  if (Object.keys(metadata).length > 0) members['Metadata'] = metadata;
  const encoding = String(request.headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  if (encoding.length > 0) members['ContentEncoding'] = encoding.join(',');
  if (request.method === 'PUT') members['Body'] = isChunked(request.headers) ? unchunked(body) : body;
  if (request.method === 'POST') members['Delete'] = deletions(body);
  return members;
}

function metadataOf(headers: IncomingHttpHeaders): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = String(value);
  }
  return metadata;
}

function deletions(body: Buffer): Body {
  const { Delete: asked = {} } = xml.parse(body.toString()) as { Delete?: { Object?: Body[]; Quiet?: string } };
  return { Objects: asked.Object ?? [], Quiet: asked.Quiet };
}

function isChunked(headers: IncomingHttpHeaders): boolean {
  return String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
}

/** AWS's own chunks: `<length in hex>[;…]\r\n<bytes>\r\n`, the last of length 0, then trailers, which are not looked at. */
function unchunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.toString('latin1', at, end < 0 ? body.length : end), 16);
    if (end < 0 || !(length > 0)) break;
    chunks.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(chunks);
}
