import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { environment } from '../environment.ts';
import { lean } from '../lean.ts';

export type TableName = 'profiles' | 'tags' | 'journeys' | 'enrolments' | 'messages' | 'metrics';

let client: DynamoDBDocumentClient | undefined;

/** The one DynamoDB client of this process; where it connects is said by the SDK's standard configuration. */
export function tables(): DynamoDBDocumentClient {
  client ??= DynamoDBDocumentClient.from(lean(new DynamoDBClient({})), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return client;
}

/** The physical name of a table. */
export const tableName = (table: TableName): string => environment(`TABLE_${table.toUpperCase()}`);
