import { DynamoDBClient, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

let client: DynamoDBClient | undefined;
/** Made anew when a test's next stack has its database elsewhere. */
let madeFor: string | undefined;
const dynamodb = () => {
  if (!client || madeFor !== process.env['AWS_ENDPOINT_URL_DYNAMODB']) {
    madeFor = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
    client = new DynamoDBClient({});
  }
  return client;
};
const table = (name: string) => process.env[`TABLE_${name.toUpperCase()}`];

export async function put(
  name: string,
  pk: string,
  sk: string,
  attributes: Record<string, string> = {},
): Promise<void> {
  const rest = Object.entries(attributes).map(([key, value]) => [key, { S: value }]);
  await dynamodb().send(
    new PutItemCommand({ TableName: table(name), Item: { pk: { S: pk }, sk: { S: sk }, ...Object.fromEntries(rest) } }),
  );
}

/** Counts one up and gives the count. */
export async function count(name: string, pk: string, sk: string): Promise<number> {
  const { Attributes } = await dynamodb().send(
    new UpdateItemCommand({
      TableName: table(name),
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'ADD times :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.['times']?.N);
}

/** The items of the `due` index up to a moment: their keys. */
export async function due(shard: string, until: string): Promise<{ pk: string; sk: string; dueAt: string }[]> {
  const { Items = [] } = await dynamodb().send(
    new QueryCommand({
      TableName: table('profiles'),
      IndexName: 'due',
      KeyConditionExpression: 'duePk = :shard AND dueAt <= :until',
      ExpressionAttributeValues: { ':shard': { S: shard }, ':until': { S: until } },
    }),
  );
  return Items.map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '', dueAt: item['dueAt']?.S ?? '' }));
}
