import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { xmlText } from '../endpoint/answers.ts';
import type { Body } from '../endpoint/service.ts';
import { AwsError } from '../time-source.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Answers that are a document, and what its first element is called. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBucketsResult',
  ListObjectsV2: 'ListBucketResult',
  ListObjects: 'ListBucketResult',
  DeleteObjects: 'DeleteResult',
  CopyObject: 'CopyObjectResult',
  GetBucketLocation: 'LocationConstraint',
};
/** Lists whose items stand within an element of their own. */
const WRAPPED: Readonly<Record<string, string>> = { Buckets: 'Bucket' };

const HEADERS: Readonly<Record<string, string>> = {
  AcceptRanges: 'accept-ranges',
  BucketRegion: 'x-amz-bucket-region',
  ChecksumCRC32: 'x-amz-checksum-crc32',
  ChecksumType: 'x-amz-checksum-type',
  CacheControl: 'cache-control',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  ContentRange: 'content-range',
  ContentType: 'content-type',
  ETag: 'etag',
  Expires: 'expires',
  LastModified: 'last-modified',
  Location: 'location',
  ServerSideEncryption: 'x-amz-server-side-encryption',
};

/** Writes an operation's answer as S3's REST protocol has it. */
export function answerS3(response: ServerResponse, operation: string, answer: Body): void {
  const root = DOCUMENTS[operation];
  if (root !== undefined) {
    send(
      response,
      200,
      { 'content-type': 'application/xml' },
      Buffer.from(document(root, contentOf(operation, answer))),
    );
    return;
  }
  const headers: Record<string, string> = {};
  for (const [member, header] of Object.entries(HEADERS)) {
    const value = answer[member];
    if (value !== undefined) headers[header] = value instanceof Date ? value.toUTCString() : String(value);
  }
  for (const [name, value] of Object.entries((answer['Metadata'] ?? {}) as Record<string, string>))
    headers[`x-amz-meta-${name}`] = value;
  if (operation === 'HeadObject') {
    // The length of what a GET would give; there is nothing here.
    response.writeHead(200, { ...ids(), ...headers, 'content-length': String(answer['ContentLength']) });
    response.end();
    return;
  }
  const status = operation.startsWith('Delete') ? 204 : answer['ContentRange'] === undefined ? 200 : 206;
  send(response, status, headers, (answer['Body'] as Buffer | undefined) ?? Buffer.alloc(0));
}

export function answerS3Error(response: ServerResponse, error: unknown): void {
  if (!(error instanceof AwsError)) console.error(error);
  const known =
    error instanceof AwsError
      ? error
      : new AwsError('InternalError', 'The local stack failed; its log says where.', 500);
  const content = element('Code', known.code) + element('Message', known.message) + elements(known.extra);
  send(response, known.status, { 'content-type': 'application/xml' }, Buffer.from(document('Error', content, '')));
}

function contentOf(operation: string, answer: Body): string {
  if (operation === 'GetBucketLocation') return xmlText(String(answer['LocationConstraint']));
  return elements(operation === 'CopyObject' ? (answer['CopyObjectResult'] as Body) : answer);
}

function elements(members: Body): string {
  return Object.entries(members)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) {
    const item = WRAPPED[name];
    const items = value.map((one) => element(item ?? name, one)).join('');
    return item ? `<${name}>${items}</${name}>` : items;
  }
  const content =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object' && value !== null
        ? elements(value as Body)
        : xmlText(String(value));
  return `<${name}>${content}</${name}>`;
}

const document = (root: string, content: string, namespace = ` xmlns="${NAMESPACE}"`) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${content}</${root}>`;

const ids = () => ({ 'x-amz-request-id': randomUUID(), 'x-amz-id-2': randomUUID() });

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: Buffer): void {
  response.writeHead(status, {
    ...ids(),
    ...headers,
    ...(status !== 204 && { 'content-length': String(body.length) }),
  });
  response.end(status === 204 || response.req.method === 'HEAD' ? undefined : body);
}
