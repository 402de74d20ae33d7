import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Row } from '../ports/tables/index.ts';

/** The row after and before a write, from a stream record. */
export function images(record: DynamoDBRecord): { row?: Row; before?: Row } {
  const { NewImage, OldImage } = record.dynamodb ?? {};
  return { row: NewImage && (fields(NewImage) as Row), before: OldImage && (fields(OldImage) as Row) };
}

const fields = (image: Record<string, AttributeValue>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));

/** DynamoDB's JSON to plain values: the types that our own rows use. */
function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.B !== undefined) return Buffer.from(value.B, 'base64');
  if (value.M !== undefined) return fields(value.M);
  if (value.L !== undefined) return value.L.map(plain);
  if (value.NULL !== undefined) return null;
  throw new Error(`A stream record holds a value of a type that no row of ours has: ${Object.keys(value).join()}`);
}
