import type { Change } from '../../../shared/profile/index.ts';
import type { Row } from '../tables/index.ts';
import { textIn } from './body.ts';
import { CHANGES, changesSk, customerOf, EVENT } from './keys.ts';

/** What was told of a customer in one row. */
export interface Told {
  readonly customer: string;
  /** Names these changes: the same for every delivery. The key under which her history has them. */
  readonly key: string;
  /** Of the state that made them. */
  readonly version: number;
  readonly changes: readonly Change[];
  /** All are history that was brought in, or none is; undefined: those are that come of new rules. */
  readonly quiet: boolean | undefined;
  /** Of changes in an event's own row: the row in which her history has them, longer than events are kept. */
  readonly copy?: Row;
}

/**
 * The changes in a row: one of changes, or an event that caused some. None in a copy of the latter, and in rows that moved
 * here from another id: those were told when they first came.
 */
export function toldIn(row: Row): Told | undefined {
  if (row['from'] !== undefined) return undefined;
  if (row.sk.startsWith(CHANGES)) return row['copied'] === true ? undefined : told(row, row.sk, row['body']);
  if (!row.sk.startsWith(EVENT) || row['changes'] === undefined) return undefined;
  const { pk, changes: body, version, quiet } = row;
  const sk = besideEventSk(row.sk, version as number);
  const copy: Row = { pk, sk, body, version, copied: true, ...(quiet === undefined ? {} : { quiet }) };
  return { ...told(row, sk, body), copy };
}

const told = (row: Row, key: string, body: unknown): Told => ({
  customer: customerOf(row.pk),
  key,
  version: row['version'] as number,
  changes: JSON.parse(textIn(body)) as Change[],
  quiet: row['quiet'] as boolean | undefined,
});

/** Where history has the changes that are told in this event's row (`e#<at>#<messageId>`). */
export function besideEventSk(eventSk: string, version: number): string {
  const rest = eventSk.slice(EVENT.length);
  const end = rest.indexOf('#');
  return `${changesSk(rest.slice(0, end), version)}${rest.slice(end)}`;
}
