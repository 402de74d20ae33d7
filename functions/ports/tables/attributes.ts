import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * Plain values as DynamoDB writes them, whatever an app has sent: rows hold parts of events, and one that could not be
 * written would hold up all that come after it in a stream. So what DynamoDB (or the SDK that reads it back) does not
 * take is kept as something near it: numbers beyond what JavaScript counts exactly, such as ids of 64 bits, as their
 * text; infinity as null, as in JSON; what lies deeper than DynamoDB's 32 levels as a text of JSON. Members that are
 * undefined, or functions, are left out.
 */
export const attributesOf = (values: Readonly<Record<string, unknown>>): Record<string, AttributeValue> =>
  members(values, LEVELS);

/** Of DynamoDB's 32, with room for the item itself. */
const LEVELS = 30;

function members(values: object, left: number): Record<string, AttributeValue> {
  const all: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || typeof value === 'function' || name === '__proto__') continue;
    all[name] = attributeOf(value, left);
  }
  return all;
}

function attributeOf(value: unknown, left: number): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'bigint') return { N: String(value) };
  if (value === null || value === undefined) return { NULL: true };
  if (value instanceof Uint8Array) return { B: value };
  if (left === 0) return { S: JSON.stringify(value) };
  if (Array.isArray(value)) return { L: value.map((item) => attributeOf(item, left - 1)) };
  return { M: members(value as object, left - 1) };
}

/** The least that DynamoDB's numbers hold. */
const LEAST = 1e-130;

function numberOf(value: number): AttributeValue {
  if (!Number.isFinite(value)) return { NULL: true };
  const size = Math.abs(value);
  return size > Number.MAX_SAFE_INTEGER || (size < LEAST && size > 0) ? { S: String(value) } : { N: String(value) };
}
