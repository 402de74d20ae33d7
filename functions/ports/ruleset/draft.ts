import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { now } from '../clock/index.ts';
import { get, type TransactItem, tableName, tables } from '../tables/index.ts';

/** The rules as somebody is changing them; one for all, as there is one ruleset. */
export interface RulesetDraft {
  /** As it was saved; it may well not parse yet. */
  readonly ruleset: unknown;
  /** The version it began from. */
  readonly baseVersion: number;
  /** Grows by one with each save. */
  readonly revision: number;
  readonly author: string;
  readonly updatedAt: string;
}

const KEY = { pk: 'ruleset', sk: 'draft' };
type DraftRow = Omit<RulesetDraft, 'ruleset'> & { readonly body: string };

export async function readRulesetDraft(): Promise<RulesetDraft | undefined> {
  const row = await get('tags', KEY);
  if (row === undefined) return undefined;
  const { body, baseVersion, revision, author, updatedAt } = row as unknown as DraftRow;
  return { ruleset: JSON.parse(body), baseVersion, revision, author, updatedAt };
}

/** Saves the next revision; undefined when somebody else saved since `revision` (0: there was none) was read. */
export async function saveRulesetDraft(
  draft: Pick<RulesetDraft, 'ruleset' | 'baseVersion' | 'revision' | 'author'>,
): Promise<number | undefined> {
  const { ruleset, revision, ...rest } = draft;
  const Item = { ...KEY, ...rest, body: JSON.stringify(ruleset), revision: revision + 1, updatedAt: now() };
  return conditionally(() =>
    tables().send(new PutCommand({ TableName: tableName('tags'), Item, ...asRead(revision) })),
  ).then((done) => (done ? revision + 1 : undefined));
}

/** False when somebody saved since. */
export const deleteRulesetDraft = (revision: number): Promise<boolean> =>
  conditionally(() =>
    tables().send(new DeleteCommand({ TableName: tableName('tags'), Key: KEY, ...asRead(revision) })),
  );

/** The draft goes as its version comes. */
export const draftGone = (revision: number): TransactItem => ({
  Delete: { TableName: tableName('tags'), Key: KEY, ...asRead(revision) },
});

const asRead = (revision: number) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#revision = :revision',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':revision': revision },
      };

async function conditionally(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
