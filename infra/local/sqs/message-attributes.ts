import { createHash } from 'node:crypto';
import type { Body } from '../endpoint/service.ts';
import { invalidParameter } from './errors.ts';

/** A typed value beside a message's body. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** base64 */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex');

/** The attributes of a request. Throws AwsError. */
export function readAttributes(given: unknown): MessageAttributes | undefined {
  if (typeof given !== 'object' || given === null || Object.keys(given).length === 0) return undefined;
  if (Object.keys(given).length > 10)
    throw invalidParameter(
      `Number of message attributes [${Object.keys(given).length}] exceeds the allowed maximum [10].`,
    );
  const read = Object.entries(given as Record<string, Body>).map(([name, value]) => [name, readOne(name, value)]);
  return Object.fromEntries(read) as MessageAttributes;
}

function readOne(name: string, { DataType, StringValue, BinaryValue }: Body): MessageAttribute {
  const type = String(DataType ?? '');
  const base = type.split('.')[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(base))
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  const value = base === 'Binary' ? BinaryValue : StringValue;
  if (typeof value !== 'string' || value === '')
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${base === 'Number' ? 'String' : base}'.`,
    );
  if (base === 'Number' && !Number.isFinite(Number(value)))
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  return base === 'Binary' ? { DataType: type, BinaryValue: value } : { DataType: type, StringValue: value };
}

/** Bytes that count towards the size of a message. */
export const sizeOf = (attributes: MessageAttributes = {}) =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (StringValue === undefined ? Buffer.from(BinaryValue ?? '', 'base64').length : Buffer.byteLength(StringValue)),
    0,
  );

/**
 * The digest by which clients check attributes: of each in the order of names, length and bytes of its name, its type and
 * its value, with a byte that says text (1) or bytes (2).
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function digest(attributes: MessageAttributes | undefined): string | undefined {
  if (!attributes || Object.keys(attributes).length === 0) return undefined;
  const measured = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  };
  const parts = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { DataType, StringValue, BinaryValue }]) => {
      const value = StringValue === undefined ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue);
      const kind = Buffer.from([StringValue === undefined ? 2 : 1]);
      return [...measured(Buffer.from(name)), ...measured(Buffer.from(DataType)), kind, ...measured(value)];
    });
  return md5(Buffer.concat(parts));
}

/** Those that a receiver asked for: `All`, names, or beginnings like `order.*`. */
export function wanted(
  attributes: MessageAttributes | undefined,
  names: readonly string[],
): MessageAttributes | undefined {
  if (!attributes || names.length === 0) return undefined;
  const isWanted = (name: string) =>
    names.some((one) =>
      one === 'All' || one === '.*' ? true : one.endsWith('.*') ? name.startsWith(one.slice(0, -2)) : name === one,
    );
  const found = Object.entries(attributes).filter(([name]) => isWanted(name));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
