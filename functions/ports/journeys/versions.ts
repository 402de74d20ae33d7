import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CompileMap } from '../../../shared/compiler/index.ts';
import { type Graph, graphOf, type Journey } from '../../../shared/journey/index.ts';
import { pack, unpack } from '../packed.ts';
import { tableName, tables, transact } from '../tables/index.ts';
import { liveJourneysChanged, type PublishedVersion } from './directory.ts';
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

/** A version by number; undefined when there is none. Read once per process. */
export async function journeyVersion(journey: string, version: number): Promise<JourneyVersion | undefined> {
  const key = `${process.env['AWS_ENDPOINT_URL'] ?? ''}|${tableName('journeys')}|${journey}|${version}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const { Item } = await tables().send(
    new GetCommand({
      TableName: tableName('journeys'),
      Key: { pk: journeyPk(journey), sk: versionSk(version) },
      ConsistentRead: true,
    }),
  );
  if (Item === undefined) return undefined;
  const stored = unpack<Stored>(Item['body']);
  const loaded = { version, ...stored, graph: graphOf(stored.document) };
  cache.set(key, loaded);
  return loaded;
}

export interface VersionToStore extends Stored, PublishedVersion {
  readonly journey: string;
  readonly machineArn: string;
  /** All versions so far. */
  readonly earlier: readonly PublishedVersion[];
}

/** Stores a version and lets new customers start on it, in one. False when somebody else published meanwhile. */
export async function storeVersion(next: VersionToStore): Promise<boolean> {
  const { journey, version, arn, publishedAt, document, asl, map, machineArn, earlier } = next;
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
          ':versions': [...earlier, { version, arn, publishedAt }],
          ...(before === undefined ? {} : { ':before': before }),
        },
      },
    },
  ]);
  liveJourneysChanged();
  return answer.done;
}
