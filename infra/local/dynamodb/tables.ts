import type { TableSpec } from '../../topology.ts';
import { type DynamoClient, DynamoError } from './client.ts';

/** Makes a table of the topology where it is absent. Every table has string keys pk and sk, and TTL on `expiresAt`. */
export async function ensureTable(client: DynamoClient, name: string, spec: TableSpec): Promise<void> {
  const indexes = Object.entries(spec.indexes ?? {});
  const keys = new Set(['pk', 'sk', ...indexes.flatMap(([, index]) => [index.pk, index.sk])]);
  const key = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' },
    { AttributeName: sk, KeyType: 'RANGE' },
  ];
  try {
    await client.call('CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: [...keys].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ...(indexes.length > 0
        ? {
            GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
              IndexName,
              KeySchema: key(index.pk, index.sk),
              Projection: { ProjectionType: index.projection },
            })),
          }
        : {}),
      ...(spec.stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: spec.stream } } : {}),
    });
  } catch (error) {
    if (error instanceof DynamoError && error.code === 'ResourceInUseException') return;
    throw error;
  }
  await client.call('UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
}

interface Described {
  readonly LatestStreamArn?: string;
  readonly LatestStreamLabel?: string;
  readonly StreamSpecification?: { readonly StreamViewType?: string };
}

/** The stream of a table, or undefined when it has none. */
export async function streamOf(
  client: DynamoClient,
  table: string,
): Promise<{ arn: string; label: string; view: string } | undefined> {
  const { Table } = await client.call<{ Table: Described }>('DescribeTable', { TableName: table });
  const { LatestStreamArn, LatestStreamLabel, StreamSpecification } = Table;
  if (!LatestStreamArn || !LatestStreamLabel) return undefined;
  return {
    arn: LatestStreamArn,
    label: LatestStreamLabel,
    view: StreamSpecification?.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
  };
}
