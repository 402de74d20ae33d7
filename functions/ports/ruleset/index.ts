import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type CompiledRuleset, compileRuleset, type Ruleset, takesValues } from '../../../shared/tags/index.ts';
import { now } from '../clock/index.ts';
import { environment } from '../environment.ts';
import { forget, fresh } from '../fresh.ts';
import { tableName, tables, transact } from '../tables/index.ts';

/** The rules in force, ready for use. `families` are the keys of the tags that take values. */
export interface Rules {
  readonly ruleset: Ruleset;
  readonly compiled: CompiledRuleset;
  readonly families: readonly string[];
}

const PK = 'ruleset';
const CURRENT = 'current';
const versionSk = (version: number): string => `v#${String(version).padStart(6, '0')}`;

/** Bodies never change, so they are read once per process (and per table, since tests have many). */
const cache = new Map<string, Rules>();

/** The ruleset in force, at most half a second old (see fresh.ts): no call, or one, or two when its version is new. */
export const currentRules = (): Promise<Rules> => fresh(freshKey(), rulesInForce);

const freshKey = (): string => `rules ${tableName('tags')}`;

async function rulesInForce(): Promise<Rules> {
  const pointer = await get(CURRENT);
  return pointer === undefined ? prepared(emptyRuleset()) : rulesOf(pointer['version'] as number);
}

async function rulesOf(version: number): Promise<Rules> {
  const key = `${environment('AWS_REGION')}|${process.env['AWS_ENDPOINT_URL']}|${tableName('tags')}|${version}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const row = await get(versionSk(version));
  if (row === undefined) throw new Error(`Ruleset version ${version} is in force but was never stored`);
  const rules = prepared(JSON.parse(row['body'] as string) as Ruleset);
  cache.set(key, rules);
  return rules;
}

const prepared = (ruleset: Ruleset): Rules => ({
  ruleset,
  compiled: compileRuleset(ruleset),
  families: ruleset.tags.filter(takesValues).map(({ key }) => key),
});

const emptyRuleset = (): Ruleset => ({ version: 0, zone: environment('TENANT_ZONE'), groups: [], tags: [] });

/**
 * Stores the next version and puts it in force. False when `baseVersion` is no longer the one in force: somebody else
 * was quicker. Its `version` field is set here.
 */
export async function putRuleset(
  ruleset: Ruleset,
  baseVersion: number,
): Promise<{ ok: true; version: number } | { ok: false }> {
  const version = baseVersion + 1;
  const body = JSON.stringify({ ...ruleset, version });
  const answer = await transact([
    {
      Put: {
        TableName: tableName('tags'),
        Item: { pk: PK, sk: CURRENT, version },
        ConditionExpression: baseVersion === 0 ? 'attribute_not_exists(pk)' : '#version = :base',
        ExpressionAttributeNames: baseVersion === 0 ? undefined : { '#version': 'version' },
        ExpressionAttributeValues: baseVersion === 0 ? undefined : { ':base': baseVersion },
      },
    },
    { Put: { TableName: tableName('tags'), Item: { pk: PK, sk: versionSk(version), body, createdAt: now() } } },
  ]);
  forget(freshKey());
  return answer.done ? { ok: true, version } : { ok: false };
}

/** What is known of a pack's last install; empty when there was none. */
export interface InstalledPack {
  readonly installedAt?: string;
  readonly version?: number;
  /** Fingerprints of what it brought, by id: to tell what people have changed since. */
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
  readonly segments: Readonly<Record<string, string>>;
  readonly segmentFamilies?: Readonly<Record<string, string>>;
  readonly journeys: Readonly<Record<string, string>>;
}

export async function installedPack(id: string): Promise<InstalledPack> {
  const row = await get(id, 'packs');
  return row === undefined
    ? { tags: {}, groups: {}, segments: {}, journeys: {} }
    : (JSON.parse(row['body'] as string) as InstalledPack);
}

export async function markInstalled(id: string, pack: InstalledPack): Promise<void> {
  const body = JSON.stringify({ ...pack, installedAt: now() });
  await tables().send(new PutCommand({ TableName: tableName('tags'), Item: { pk: 'packs', sk: id, body } }));
}

export async function forgetInstalled(id: string): Promise<void> {
  await tables().send(new DeleteCommand({ TableName: tableName('tags'), Key: { pk: 'packs', sk: id } }));
}

async function get(sk: string, pk: string = PK): Promise<Record<string, unknown> | undefined> {
  const answer = await tables().send(
    new GetCommand({ TableName: tableName('tags'), Key: { pk, sk }, ConsistentRead: true }),
  );
  return answer.Item;
}
