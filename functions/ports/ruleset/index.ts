import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type CompiledRuleset, compileRuleset, type Ruleset, takesValues } from '../../../shared/tags/index.ts';
import type { Language } from '../../../shared/words.ts';
import { now } from '../clock/index.ts';
import { environment } from '../environment.ts';
import { forget, fresh } from '../fresh.ts';
import { get, query, type TransactItem, tableName, tables, transact } from '../tables/index.ts';

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
  const pointer = await get('tags', { pk: PK, sk: CURRENT });
  return rulesOf(pointer === undefined ? 0 : (pointer['version'] as number));
}

/** The rules of a version that was published (0: none at all), kept in mind. */
export async function rulesOf(version: number): Promise<Rules> {
  if (version === 0) return prepared(emptyRuleset());
  const key = `${environment('AWS_REGION')}|${process.env['AWS_ENDPOINT_URL']}|${tableName('tags')}|${version}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const row = await get('tags', { pk: PK, sk: versionSk(version) });
  if (row === undefined) throw new Error(`Ruleset version ${version} is in force but was never stored`);
  const rules = prepared(JSON.parse(row['body'] as string) as Ruleset);
  cache.set(key, rules);
  return rules;
}

/** A ruleset ready for use; those of a version are at hand by rulesOf(). */
export const prepared = (ruleset: Ruleset): Rules => ({
  ruleset,
  compiled: compileRuleset(ruleset),
  families: ruleset.tags.filter(takesValues).map(({ key }) => key),
});

const emptyRuleset = (): Ruleset => ({ version: 0, zone: environment('TENANT_ZONE'), groups: [], tags: [] });

/** Whose doing a version is. */
export interface Made {
  readonly author?: string;
  readonly note?: string;
  /** The version that this one brings back. */
  readonly of?: number;
}

export interface VersionMade extends Made {
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/**
 * Stores the next version and puts it in force, with `alongside` in the same transaction. False when `baseVersion` is no
 * longer the one in force (somebody else was quicker), or a condition of `alongside` fails. Its `version` is set here.
 */
export async function putRuleset(
  ruleset: Ruleset,
  baseVersion: number,
  made: Made = {},
  alongside: readonly TransactItem[] = [],
): Promise<{ ok: true; version: number } | { ok: false }> {
  const version = baseVersion + 1;
  const body = JSON.stringify({ ...ruleset, version });
  const Item = { pk: PK, sk: versionSk(version), body, createdAt: now(), ...made };
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
    { Put: { TableName: tableName('tags'), Item } },
    ...alongside,
  ]);
  forget(freshKey());
  return answer.done ? { ok: true, version } : { ok: false };
}

/** The ruleset of a version as it was published; undefined when there was none. Version 0 is empty. */
export async function rulesetOf(version: number): Promise<Ruleset | undefined> {
  if (version === 0) return emptyRuleset();
  const row = await get('tags', { pk: PK, sk: versionSk(version) });
  return row === undefined ? undefined : (JSON.parse(row['body'] as string) as Ruleset);
}

/** Who made which version when, the newest first. */
export async function listVersions(): Promise<VersionMade[]> {
  const rows = await query('tags', { pk: PK, prefix: 'v#', backwards: true });
  return rows.map((row) => ({
    version: Number(row.sk.slice(2)),
    createdAt: row['createdAt'] as string,
    ...(row['author'] === undefined ? {} : { author: row['author'] as string }),
    ...(row['note'] === undefined ? {} : { note: row['note'] as string }),
    ...(row['of'] === undefined ? {} : { of: row['of'] as number }),
  }));
}

/** What is known of a pack's last install; empty when there was none. */
export interface InstalledPack {
  readonly installedAt?: string;
  readonly version?: number;
  /** Of its journeys; Chinese of installs from before there was a choice. */
  readonly language?: Language;
  /** Fingerprints of what it brought, by id: to tell what people have changed since. */
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
  readonly segments: Readonly<Record<string, string>>;
  readonly segmentFamilies?: Readonly<Record<string, string>>;
  readonly journeys: Readonly<Record<string, string>>;
}

export async function installedPack(id: string): Promise<InstalledPack> {
  const row = await get('tags', { pk: 'packs', sk: id });
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
