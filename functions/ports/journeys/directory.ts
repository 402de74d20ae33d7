import type { Stage } from '../../../shared/stages.ts';
import { forget, fresh } from '../fresh.ts';
import { get, query, type Row, tableName } from '../tables/index.ts';
import { DIRECTORY } from './keys.ts';

export interface PublishedVersion {
  readonly version: number;
  /** The state machine version that customers are started on. */
  readonly arn: string;
  readonly publishedAt: string;
  /** Who published it; unknown of versions from before this was kept. */
  readonly author?: string;
  readonly note?: string;
  /** The version that it brought back. */
  readonly of?: number;
}

/** What there is to know of a journey without opening it. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly stage?: Stage;
  /** Of the draft. */
  readonly revision: number;
  readonly updatedAt: string;
  readonly liveVersion?: number;
  /** The state machine, without version; absent until first published. */
  readonly machineArn?: string;
  readonly versions: readonly PublishedVersion[];
  /** No new customers come in; those inside go on. */
  readonly paused: boolean;
}

/** All journeys but those that were withdrawn, consistently. */
export async function listJourneys(): Promise<DirectoryEntry[]> {
  const rows = await query('journeys', { pk: DIRECTORY, prefix: '', consistent: true });
  return rows.filter((row) => row['withdrawn'] !== true).map(entryFrom);
}

/** The same, at most half a second old (see fresh.ts). */
export const liveJourneys = (): Promise<DirectoryEntry[]> => fresh(freshKey(), listJourneys);

/** After a change of what is live. */
export const liveJourneysChanged = (): void => forget(freshKey());

const freshKey = (): string => `live ${tableName('journeys')}`;

export async function journeyEntry(id: string): Promise<DirectoryEntry | undefined> {
  const row = await get('journeys', { pk: DIRECTORY, sk: id });
  return row && entryFrom(row);
}

const entryFrom = (row: Row): DirectoryEntry => ({
  id: row.sk,
  name: row['label'] as string,
  stage: (row['stage'] as Stage | null) ?? undefined,
  revision: row['revision'] as number,
  updatedAt: row['updatedAt'] as string,
  liveVersion: row['liveVersion'] as number | undefined,
  machineArn: row['machineArn'] as string | undefined,
  versions: (row['versions'] as PublishedVersion[] | undefined) ?? [],
  paused: row['paused'] === true,
});
