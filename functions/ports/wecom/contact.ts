import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type KnownFollow,
  type WeComContact,
  type WeComFollow,
  weComContactSchema,
} from '../../../shared/events/index.ts';
import { customerPk } from '../profiles/index.ts';
import { batchGet, tableName, tables } from '../tables/index.ts';
import type { WeComClient } from './client.ts';

/** More than 500 members follow a customer in pages. */
const MAX_PAGES = 20;

/** A customer and everybody who follows her. @throws WeComBusy, WeComRefused */
export async function fetchContact(client: WeComClient, external: string): Promise<WeComContact> {
  const follows: WeComFollow[] = [];
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { external_userid: external, ...(cursor === '' ? {} : { cursor }) };
    const answer = weComContactSchema.parse(await client.get('externalcontact/get', query));
    follows.push(...answer.follow_user);
    cursor = answer.next_cursor;
    if (cursor === '') return { person: answer.external_contact, follows };
  }
  throw new Error(`A customer of WeCom is followed by more than ${MAX_PAGES} pages of members`);
}

const keyOf = (external: string, member: string) => ({ pk: customerPk(`wecom:${external}`), sk: `w#${member}` });

export async function knownFollow(external: string, member: string): Promise<KnownFollow | undefined> {
  const key = keyOf(external, member);
  const row = (await batchGet({ profiles: [key] }))('profiles', key);
  return row === undefined ? undefined : { follow: JSON.parse(row['body'] as string), rev: row['rev'] as number };
}

/** Keeps what was seen, if nobody else did meanwhile; false: look again. */
export async function keepFollow(
  external: string,
  follow: WeComFollow,
  before: KnownFollow | undefined,
): Promise<boolean> {
  try {
    await tables().send(
      new PutCommand({
        TableName: tableName('profiles'),
        Item: { ...keyOf(external, follow.userid), body: JSON.stringify(follow), rev: (before?.rev ?? 0) + 1 },
        ConditionExpression: before === undefined ? 'attribute_not_exists(pk)' : 'rev = :rev',
        ...(before === undefined ? {} : { ExpressionAttributeValues: { ':rev': before.rev } }),
      }),
    );
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

export async function forgetFollow(external: string, member: string): Promise<void> {
  await tables().send(new DeleteCommand({ TableName: tableName('profiles'), Key: keyOf(external, member) }));
}
