import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environment } from '../environment.ts';
import { LEAN, lean } from '../sdk/index.ts';
import { attributesOf } from './attributes.ts';

export type TableName = 'profiles' | 'tags' | 'segments' | 'journeys' | 'enrolments' | 'messages' | 'tasks' | 'metrics';

let client: DynamoDBClient | undefined;
let documents: DynamoDBDocumentClient | undefined;

/** The one DynamoDB client of this process; where it connects is said by the SDK's standard configuration. */
export function database(): DynamoDBClient {
  client ??= lean(new DynamoDBClient(LEAN));
  return client;
}

/** The same client, for plain values. What runs for every event (transact, batchGet, query, put, update) does without its detour. */
export function tables(): DynamoDBDocumentClient {
  documents ??= DynamoDBDocumentClient.from(database(), { marshallOptions: { removeUndefinedValues: true } });
  return documents;
}

/** An item or its values as DynamoDB writes them; undefined members are left out. */
export const marshall = (values: Record<string, unknown>): Record<string, AttributeValue> => attributesOf(values);

type Values = Record<string, unknown>;
interface Plain {
  readonly Item?: Values | undefined;
  readonly Key?: Values | undefined;
  readonly ExpressionAttributeValues?: Values | undefined;
}

/** The input of a write with its values as DynamoDB writes them. */
export function withAttributes<T extends Plain>(input: T) {
  const { Item, Key, ExpressionAttributeValues, ...rest } = input;
  return {
    ...rest,
    ...(Item && { Item: marshall(Item) }),
    ...(Key && { Key: marshall(Key) }),
    ...(ExpressionAttributeValues && { ExpressionAttributeValues: marshall(ExpressionAttributeValues) }),
  } as never;
}

/** The physical name of a table. */
export const tableName = (table: TableName): string => environment(`TABLE_${table.toUpperCase()}`);
