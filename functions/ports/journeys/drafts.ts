import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Stage } from '../../../shared/stages.ts';
import { pack, unpack } from '../packed.ts';
import { tableName, tables, transact } from '../tables/index.ts';
import { liveJourneysChanged } from './directory.ts';
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
  const { Item } = await tables().send(
    new GetCommand({ TableName: tableName('journeys'), Key: { pk: journeyPk(id), sk: DRAFT }, ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  return { document: unpack(Item['body']), revision: Item['revision'], updatedAt: Item['updatedAt'] };
}

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
