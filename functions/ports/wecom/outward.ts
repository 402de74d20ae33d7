import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Outward, outwardSchema } from '../../../shared/events/index.ts';
import { batchGet, tableName, tables } from '../tables/index.ts';

const KEY = { pk: 'wecom', sk: 'outward' };

/** Which tags go to WeCom; none where nobody has said so. */
export async function readOutward(): Promise<{ readonly outward: Outward; readonly revision: number }> {
  const row = (await batchGet({ tags: [KEY] }))('tags', KEY);
  if (row === undefined) return { outward: [], revision: 0 };
  return { outward: outwardSchema.parse(JSON.parse(row['body'] as string)), revision: row['revision'] as number };
}

/** False: somebody else has saved since `revision` was read. */
export async function saveOutward(outward: Outward, revision: number): Promise<boolean> {
  try {
    await tables().send(
      new PutCommand({
        TableName: tableName('tags'),
        Item: { ...KEY, body: JSON.stringify(outward), revision: revision + 1 },
        ...(revision === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: { ':seen': revision } }),
      }),
    );
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
