import type { Words } from '../../../shared/words.ts';
import { customerPk } from '../profiles/index.ts';
import { batchGet, mergeShards, query, type Row, shardOf, type TransactItem, tableName } from '../tables/index.ts';

export {
  type SentLog,
  sentInstants,
  sentItems,
  sentKey,
  sentLog,
  sentLogOf,
  type WaitingMessage,
  waitingItems,
} from './sent-log.ts';

/** A message and its entry in the send ledger: one row per enrolment, node and visit, so nothing is sent twice. */
export interface Message {
  readonly id: string;
  readonly customer: string;
  readonly channel: string;
  /** `claimed`: handed over, outcome not known (yet). */
  readonly status: 'claimed' | 'sent' | 'suppressed' | 'failed';
  /** Why it was not sent: stable code and words. */
  readonly reason?: string;
  readonly why?: Words;
  readonly title?: string;
  readonly body?: string;
  readonly template?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly journey: string;
  readonly version: number;
  readonly node: string;
  readonly enrolment: string;
}

const PREFIX = 'm#';
const timePk = (shard: number): string => `t#${shard}`;

/** The ledger key: neither attempt nor execution is in it, so neither a retry nor a redrive sends again. */
export const messageId = (enrolment: string, node: string, visit: number, index: number): string =>
  `${enrolment}#${node}#${visit}${index === 0 ? '' : `#${index}`}`;

/** Puts the row unless it is there. */
export const messageItem = (message: Message): TransactItem => ({
  Put: {
    TableName: tableName('messages'),
    Item: {
      pk: customerPk(message.customer),
      sk: `${PREFIX}${message.id}`,
      timePk: timePk(shardOf(message.customer)),
      ...message,
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** All messages to these ids, which are one customer's, the newest first. */
export async function messagesOf(ids: readonly string[]): Promise<Message[]> {
  const rows = await Promise.all(ids.map((id) => query('messages', { pk: customerPk(id), prefix: PREFIX })));
  return rows
    .flat()
    .map(messageFrom)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Did one of these passages send the message of this place (the ids that it had there)? Handed over counts as sent. */
export async function wasSent(
  messages: readonly { readonly customer: string; readonly id: string }[],
): Promise<boolean> {
  const keys = messages.map(({ customer, id }) => ({ pk: customerPk(customer), sk: `${PREFIX}${id}` }));
  const row = await batchGet({ messages: keys });
  return keys.some((key) => ['sent', 'claimed'].includes(String(row('messages', key)?.['status'])));
}

/** Everybody's messages, the newest first. */
export async function inbox(cursor: string | undefined, limit: number): Promise<{ items: Message[]; cursor?: string }> {
  const ask = (shard: number) => ({
    index: 'byTime',
    pkName: 'timePk',
    skName: 'at',
    pk: timePk(shard),
    backwards: true,
  });
  const page = await mergeShards('messages', { ask, orderOf: (row) => `${row['at']}`, limit, cursor });
  return { ...page, items: page.items.map(messageFrom) };
}

export function messageFrom(row: Row): Message {
  const { pk, sk, timePk, ...message } = row;
  return message as unknown as Message;
}
