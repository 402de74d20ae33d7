import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { database, withAttributes } from './client.ts';

/** Writes one row, given in plain values. Throws ConditionalCheckFailedException. */
export const put = async (row: PutCommandInput): Promise<void> => {
  await database().send(new PutItemCommand(withAttributes(row)));
};

/** Changes one row, given in plain values. Throws ConditionalCheckFailedException. */
export const update = async (row: UpdateCommandInput): Promise<void> => {
  await database().send(new UpdateItemCommand(withAttributes(row)));
};
