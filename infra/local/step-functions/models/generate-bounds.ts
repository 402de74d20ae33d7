/**
 * Reads how long the texts and how large the numbers in services' answers may be from AWS's models as botocore carries
 * them (Apache-2.0); the clients of the JavaScript SDK leave that out of theirs.
 *
 * `UPDATE_GENERATED=1 BOTOCORE=<its folder "data"> npx vitest run infra/local/step-functions/models` writes the file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bounds } from '../../../../shared/asl/index.ts';

/** The clients that are installed (`@aws-sdk/client-…`), each with botocore's name of its service. */
const SERVICES: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  dynamodb: 'dynamodb',
  'dynamodb-streams': 'dynamodbstreams',
  eventbridge: 'events',
  kms: 'kms',
  lambda: 'lambda',
  s3: 's3',
  scheduler: 'scheduler',
  sesv2: 'sesv2',
  sfn: 'stepfunctions',
  ssm: 'ssm',
  sts: 'sts',
};

interface Shape {
  type: string;
  min?: number;
  max?: number;
  enum?: string[];
  members?: Record<string, Reference>;
  member?: Reference;
  value?: Reference;
}

interface Reference {
  shape: string;
}

interface Model {
  shapes: Record<string, Shape>;
  operations: Record<string, { output?: Reference }>;
}

/** By client, then by `Structure.Member`. */
export function readBounds(data: string): Record<string, Record<string, Bounds>> {
  return Object.fromEntries(Object.entries(SERVICES).map(([client, name]) => [client, boundsOf(modelIn(data, name))]));
}

/** The newest model of a service. */
function modelIn(data: string, service: string): Model {
  const versions = readdirSync(join(data, service)).sort();
  const file = join(data, service, versions.at(-1) as string, 'service-2.json');
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
  return JSON.parse(text.toString()) as Model;
}

function boundsOf({ shapes, operations }: Model): Record<string, Bounds> {
  const found: Record<string, Bounds> = {};
  const seen = new Set<string>();
  const walk = ({ shape: name }: Reference): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const { members, member, value } = shapes[name] as Shape;
    for (const [key, reference] of Object.entries(members ?? {})) {
      const bounds = boundsAt(shapes, reference);
      if (bounds) found[`${name}.${key}`] = bounds;
      walk(reference);
    }
    for (const inner of [member, value]) if (inner) walk(inner);
  };
  for (const { output } of Object.values(operations)) if (output) walk(output);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of a member's value; of a list's or map's, what holds for each value in it. */
function boundsAt(shapes: Model['shapes'], { shape: name }: Reference, depth = 0): Bounds | undefined {
  const { type, min, max, enum: values, member, value } = shapes[name] as Shape;
  const inner = type === 'list' ? member : type === 'map' ? value : undefined;
  if (inner) return depth < 5 ? boundsAt(shapes, inner, depth + 1) : undefined;
  if (values || type === 'structure') return undefined;
  // Of bytes a state sees the text that stands for them, which is longer.
  const most = type === 'blob' ? undefined : max;
  if (!(min && min !== 0) && most === undefined) return undefined;
  return { ...(min !== undefined && { min }), ...(most !== undefined && { max: most }) };
}
