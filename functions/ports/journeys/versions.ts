import type { CompileMap } from '../../../shared/compiler/index.ts';
import { type Graph, graphOf, type Journey } from '../../../shared/journey/index.ts';
import { pack, unpack } from '../packed.ts';
import { batchGet, get, type TransactItem, tableName, transact } from '../tables/index.ts';
import { type DirectoryEntry, liveJourneysChanged, type PublishedVersion } from './directory.ts';
import { DIRECTORY, journeyPk, versionSk } from './keys.ts';

/** A published version, as it will be for ever. */
export interface JourneyVersion {
  readonly version: number;
  readonly document: Journey;
  readonly asl: unknown;
  readonly map: CompileMap;
  /** Built from the document once per process. */
  readonly graph: Graph;
}

interface Stored {
  readonly document: Journey;
  readonly asl: unknown;
  readonly map: CompileMap;
}

const cache = new Map<string, JourneyVersion>();

const cacheKey = (journey: string, version: number): string =>
  `${process.env['AWS_ENDPOINT_URL'] ?? ''}|${tableName('journeys')}|${journey}|${version}`;
const keyOf = (journey: string, version: number) => ({ pk: journeyPk(journey), sk: versionSk(version) });

/** A version by number; undefined when there is none. Read once per process. */
export async function journeyVersion(journey: string, version: number): Promise<JourneyVersion | undefined> {
  const known = cache.get(cacheKey(journey, version));
  if (known !== undefined) return known;
  const row = await get('journeys', keyOf(journey, version));
  return row && keep(journey, version, row['body']);
}

/** The live versions of these journeys, each under its id; those that this process has read cost nothing, the others one call a hundred. */
export async function liveVersions(entries: readonly DirectoryEntry[]): Promise<Map<string, JourneyVersion>> {
  const live = entries.flatMap(({ id, liveVersion }) => (liveVersion === undefined ? [] : [{ id, liveVersion }]));
  const missing = live.filter(({ id, liveVersion }) => !cache.has(cacheKey(id, liveVersion)));
  const row = await batchGet({ journeys: missing.map(({ id, liveVersion }) => keyOf(id, liveVersion)) });
  for (const { id, liveVersion } of missing) {
    const found = row('journeys', keyOf(id, liveVersion));
    if (found !== undefined) keep(id, liveVersion, found['body']);
  }
  const versions = live.map(({ id, liveVersion }) => [id, cache.get(cacheKey(id, liveVersion))] as const);
  return new Map(versions.filter((one): one is [string, JourneyVersion] => one[1] !== undefined));
}

function keep(journey: string, version: number, body: unknown): JourneyVersion {
  const stored = unpack<Stored>(body);
  const loaded = { version, ...stored, graph: graphOf(stored.document) };
  cache.set(cacheKey(journey, version), loaded);
  return loaded;
}

export interface VersionToStore extends Stored, PublishedVersion {
  readonly journey: string;
  readonly machineArn: string;
  /** Written in the same transaction. */
  readonly with?: readonly TransactItem[];
  /** All versions so far. */
  readonly earlier: readonly PublishedVersion[];
}

/** Stores a version and lets new customers start on it, in one. False when somebody else published meanwhile. */
export async function storeVersion(next: VersionToStore): Promise<boolean> {
  const { journey, version, arn, publishedAt, author, note, of, document, asl, map, machineArn, earlier } = next;
  const before = earlier.at(-1)?.version;
  const answer = await transact([
    {
      Put: {
        TableName: tableName('journeys'),
        Item: {
          pk: journeyPk(journey),
          sk: versionSk(version),
          body: pack({ document, asl, map }),
          versionArn: arn,
          publishedAt,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: tableName('journeys'),
        Key: { pk: DIRECTORY, sk: journey },
        UpdateExpression: 'SET #live = :version, #machine = :machine, #versions = :versions',
        ConditionExpression:
          before === undefined ? 'attribute_not_exists(#live)' : '#live = :before OR attribute_not_exists(#live)',
        ExpressionAttributeNames: { '#live': 'liveVersion', '#machine': 'machineArn', '#versions': 'versions' },
        ExpressionAttributeValues: {
          ':version': version,
          ':machine': machineArn,
          ':versions': [...earlier, { version, arn, publishedAt, author, note, of }],
          ...(before === undefined ? {} : { ':before': before }),
        },
      },
    },
    ...(next.with ?? []),
  ]);
  liveJourneysChanged();
  return answer.done;
}
