import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { expiresIn } from '../clock/index.ts';
import { query, tableName, tables } from '../tables/index.ts';
import { REJECTED } from './keys.ts';

const DAYS = 30;

/** An event that could not be understood, kept with the reason. */
export interface RejectedEvent {
  /** The envelope's time. */
  readonly at: string;
  /** The envelope's id: a repetition overwrites itself. */
  readonly envelope: string;
  readonly id?: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

export async function keepRejected(events: readonly RejectedEvent[]): Promise<void> {
  const rows = new Map<string, Record<string, unknown>>();
  for (const event of events) {
    const day = event.at.slice(0, 10);
    const pk = `${REJECTED}#${day}`;
    const sk = `${event.at}#${event.envelope}`;
    rows.set(`${pk}|${sk}`, { pk, sk, body: bodyOf(event), expiresAt: expiresIn(DAYS) });
    rows.set(day, { pk: REJECTED, sk: day, expiresAt: expiresIn(DAYS) });
  }
  const requests = [...rows.values()].map((Item) => ({ PutRequest: { Item } }));
  for (let i = 0; i < requests.length; i += 25) {
    const table = tableName('profiles');
    const answer = await tables().send(new BatchWriteCommand({ RequestItems: { [table]: requests.slice(i, i + 25) } }));
    const left = answer.UnprocessedItems?.[table]?.length ?? 0;
    if (left > 0) throw new Error(`${left} rejected events could not be kept yet`);
  }
}

/** A row holds 400 KB, an event on the bus may have a megabyte: of such a one the beginning is kept, as a text. */
const MAX_BODY = 300_000;
const BEGINNING = 20_000;

function bodyOf(event: RejectedEvent): string {
  const body = JSON.stringify(event);
  if (Buffer.byteLength(body) <= MAX_BODY) return body;
  return JSON.stringify({ ...event, detail: JSON.stringify(event.detail).slice(0, BEGINNING) });
}

/** The newest first. `cursor` is what the page before gave. */
export async function listRejected(
  cursor: string | undefined,
  limit: number,
): Promise<{ items: RejectedEvent[]; cursor?: string }> {
  const days = await query('profiles', {
    pk: REJECTED,
    ...(cursor === undefined ? { prefix: '' } : { to: cursor.slice(0, 10) }),
    backwards: true,
  });
  const rows = [];
  for (const day of days) {
    const pk = `${REJECTED}#${day.sk}`;
    const before = cursor === undefined ? { prefix: '' } : { to: cursor };
    rows.push(...(await query('profiles', { pk, ...before, backwards: true, limit: limit + 2 })));
    if (rows.length > limit + 1) break;
  }
  const page = rows.filter((row) => row.sk !== cursor);
  const items = page.slice(0, limit).map((row) => JSON.parse(row['body'] as string) as RejectedEvent);
  return page.length > limit ? { items, cursor: page[limit - 1]!.sk } : { items };
}
