import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Stage } from '../../../shared/stages.ts';
import { pack, unpack } from '../packed.ts';
import { batchGet, get, tableName, tables, transact } from '../tables/index.ts';
import { type DirectoryEntry, liveJourneysChanged } from './directory.ts';
import { DIRECTORY, DRAFT, journeyPk } from './keys.ts';

export interface Draft {
  /** As the console saved it; it may well not parse yet. */
  readonly document: unknown;
  readonly revision: number;
  readonly updatedAt: string;
}

export interface DraftToSave {
  readonly id: string;
  readonly name: string;
  readonly stage?: Stage;
  readonly document: unknown;
  /** The revision that was read; 0 for a new journey. */
  readonly base: number;
  readonly now: string;
}

export async function readDraft(id: string): Promise<Draft | undefined> {
  const row = await get('journeys', { pk: journeyPk(id), sk: DRAFT });
  return row && draftFrom(row);
}

/** What this process read last of each draft, by its row. */
const read = new Map<string, Draft>();
/** Those of journeys that were deleted would stay for ever. */
const MOST_READ = 1000;

/**
 * The drafts of these journeys, each under its id, as new as the entries are: those that have not changed since this
 * process read them cost nothing, the others one call a hundred.
 */
export async function draftsOf(entries: readonly DirectoryEntry[]): Promise<Map<string, Draft>> {
  const keyOf = ({ id }: DirectoryEntry) => ({ pk: journeyPk(id), sk: DRAFT });
  const nameOf = ({ id }: DirectoryEntry): string =>
    `${process.env['AWS_ENDPOINT_URL'] ?? ''}|${tableName('journeys')}|${id}`;
  // The number alone would not do: one that was deleted and begun again counts from 1.
  const isKnown = (entry: DirectoryEntry): boolean => {
    const known = read.get(nameOf(entry));
    return known?.revision === entry.revision && known.updatedAt === entry.updatedAt;
  };
  if (read.size > MOST_READ) read.clear();
  const stale = entries.filter((entry) => !isKnown(entry));
  const row = await batchGet({ journeys: stale.map(keyOf) });
  for (const entry of stale) {
    const found = row('journeys', keyOf(entry));
    if (found === undefined) read.delete(nameOf(entry));
    else read.set(nameOf(entry), draftFrom(found));
  }
  const drafts = entries.map((entry) => [entry.id, read.get(nameOf(entry))] as const);
  return new Map(drafts.filter((one): one is [string, Draft] => one[1] !== undefined));
}

const draftFrom = (row: Record<string, unknown>): Draft => ({
  document: unpack(row['body']),
  revision: row['revision'] as number,
  updatedAt: row['updatedAt'] as string,
});

/** Saves the next revision; undefined when somebody else saved since `base` was read (or the id is taken). */
export async function saveDraft(draft: DraftToSave): Promise<number | undefined> {
  const revision = draft.base + 1;
  const answer = await transact([
    {
      Put: {
        TableName: tableName('journeys'),
        Item: { pk: journeyPk(draft.id), sk: DRAFT, body: pack(draft.document), revision, updatedAt: draft.now },
        ConditionExpression: draft.base === 0 ? 'attribute_not_exists(pk)' : '#revision = :base',
        ExpressionAttributeNames: draft.base === 0 ? undefined : { '#revision': 'revision' },
        ExpressionAttributeValues: draft.base === 0 ? undefined : { ':base': draft.base },
      },
    },
    {
      Update: {
        TableName: tableName('journeys'),
        Key: { pk: DIRECTORY, sk: draft.id },
        UpdateExpression:
          'SET #label = :label, #revision = :revision, #updatedAt = :now, #stage = :stage REMOVE #withdrawn',
        ExpressionAttributeNames: {
          '#label': 'label',
          '#revision': 'revision',
          '#updatedAt': 'updatedAt',
          '#stage': 'stage',
          '#withdrawn': 'withdrawn',
        },
        ExpressionAttributeValues: {
          ':label': draft.name,
          ':revision': revision,
          ':now': draft.now,
          ':stage': draft.stage ?? null,
        },
      },
    },
  ]);
  return answer.done ? revision : undefined;
}

/** Deletes a journey that was never published; false when it was (its history would lose its picture). */
export async function deleteDraft(id: string): Promise<boolean> {
  const answer = await transact([
    { Delete: { TableName: tableName('journeys'), Key: { pk: journeyPk(id), sk: DRAFT } } },
    {
      Delete: {
        TableName: tableName('journeys'),
        Key: { pk: DIRECTORY, sk: id },
        ConditionExpression: 'attribute_not_exists(liveVersion)',
      },
    },
  ]);
  return answer.done;
}

/**
 * Takes a journey away whose passages are over: draft and live version go. Its versions stay, so that the past can be
 * drawn; it is listed no more, and goes on counting versions should it come back.
 */
export async function withdrawJourney(id: string): Promise<void> {
  await transact([
    { Delete: { TableName: tableName('journeys'), Key: { pk: journeyPk(id), sk: DRAFT } } },
    {
      Update: {
        TableName: tableName('journeys'),
        Key: { pk: DIRECTORY, sk: id },
        UpdateExpression: 'SET #withdrawn = :true REMOVE #live, #paused',
        ExpressionAttributeNames: { '#withdrawn': 'withdrawn', '#live': 'liveVersion', '#paused': 'paused' },
        ExpressionAttributeValues: { ':true': true },
      },
    },
  ]);
  liveJourneysChanged();
}

/** Lets no new customers in, or lets them in again. */
export async function setPaused(id: string, paused: boolean): Promise<void> {
  await tables().send(
    new UpdateCommand({
      TableName: tableName('journeys'),
      Key: { pk: DIRECTORY, sk: id },
      UpdateExpression: 'SET #paused = :paused',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#paused': 'paused' },
      ExpressionAttributeValues: { ':paused': paused },
    }),
  );
  liveJourneysChanged();
}
