/**
 * The intrinsic functions of the JSONPath query language, one entry each.
 * Source: AWS, "Intrinsics for JSONPath states in Step Functions". A wrong argument fails with
 * States.IntrinsicFailure, which a state may catch.
 */
import { StateFailure } from '../failure.ts';
import { JavaRandom } from '../java-random.ts';
import { equalJson, isObject, type Json, type JsonObject } from '../json.ts';
import { nextRandom, type RandomState, randomUuid } from '../random.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { HASH_ALGORITHMS, type HashAlgorithm, hashText } from './hash.ts';

type Intrinsic = (args: Json[], random: RandomState) => Json;

function fail(cause: string): never {
  throw new StateFailure({ error: 'States.IntrinsicFailure', cause }, true);
}

function text(args: Json[], at: number, name: string): string {
  const value = args[at];
  return typeof value === 'string' ? value : fail(`Invalid arguments in ${name}`);
}

function list(args: Json[], at: number, name: string): Json[] {
  const value = args[at];
  return Array.isArray(value) ? value : fail(`Invalid arguments in ${name}`);
}

/** Numbers are rounded to the nearest whole number, halves upwards, as AWS does. */
function whole(args: Json[], at: number, name: string): number {
  const value = args[at];
  return typeof value === 'number' ? Math.round(value) + 0 : fail(`Invalid arguments in ${name}`);
}

function count(args: Json[], least: number, most: number, name: string): void {
  if (args.length < least || args.length > most) fail(`Invalid number of arguments for ${name}`);
}

/** AWS limit: arrays made by ranges hold at most 1,000 items. */
const MAX_RANGE = 1_000;

/** start, start+step, … up to and with end. */
function rangeOf(start: number, end: number, step: number): number[] | undefined {
  if (step === 0) return undefined;
  const items: number[] = [];
  for (let n = start; step > 0 ? n <= end : n >= end; n += step) {
    if (items.push(n) > MAX_RANGE) return undefined;
  }
  return items;
}

/** Cuts an array into parts of `size`. Shared with $partition. */
export function partitionOf(items: Json[], size: number): Json[] {
  const parts: Json[] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'States.Format': (args) => {
    const template = text(args, 0, 'States.Format');
    let next = 1;
    const result = template.replace(/\\([{}])|\{\}/g, (_, escaped: string | undefined) => {
      if (escaped) return escaped;
      if (next >= args.length) fail('Invalid arguments in States.Format: the number of {} and arguments differ');
      return asText(args[next++] as Json);
    });
    if (next !== args.length) fail('Invalid arguments in States.Format: the number of {} and arguments differ');
    return result;
  },
  'States.StringToJson': (args) => {
    count(args, 1, 1, 'States.StringToJson');
    const value = text(args, 0, 'States.StringToJson');
    if (value.trim() === '') return null;
    try {
      return JSON.parse(value, (_, v: Json) => (Object.is(v, -0) ? 0 : v)) as Json;
    } catch {
      return fail('Invalid arguments in States.StringToJson: the text is not JSON');
    }
  },
  'States.JsonToString': (args) => {
    count(args, 1, 1, 'States.JsonToString');
    return JSON.stringify(args[0]);
  },
  'States.Array': (args) => args,
  'States.ArrayPartition': (args) => {
    count(args, 2, 2, 'States.ArrayPartition');
    const size = whole(args, 1, 'States.ArrayPartition');
    if (size <= 0) fail('Invalid arguments in States.ArrayPartition: the size must be positive');
    return partitionOf(list(args, 0, 'States.ArrayPartition'), size);
  },
  'States.ArrayContains': (args) => {
    count(args, 2, 2, 'States.ArrayContains');
    return list(args, 0, 'States.ArrayContains').some((item) => equalJson(item, args[1]));
  },
  'States.ArrayRange': (args) => {
    count(args, 3, 3, 'States.ArrayRange');
    const name = 'States.ArrayRange';
    return (
      rangeOf(whole(args, 0, name), whole(args, 1, name), whole(args, 2, name)) ?? fail(`Invalid arguments in ${name}`)
    );
  },
  'States.ArrayGetItem': (args) => {
    count(args, 2, 2, 'States.ArrayGetItem');
    const item = list(args, 0, 'States.ArrayGetItem')[whole(args, 1, 'States.ArrayGetItem')];
    return item === undefined ? fail('Invalid arguments in States.ArrayGetItem: no item at that index') : item;
  },
  'States.ArrayLength': (args) => {
    count(args, 1, 1, 'States.ArrayLength');
    return list(args, 0, 'States.ArrayLength').length;
  },
  'States.ArrayUnique': (args) => {
    count(args, 1, 1, 'States.ArrayUnique');
    const unique: Json[] = [];
    for (const item of list(args, 0, 'States.ArrayUnique'))
      if (!unique.some((u) => equalJson(u, item))) unique.push(item);
    return unique;
  },
  'States.Base64Encode': (args) => {
    count(args, 1, 1, 'States.Base64Encode');
    return encodeBase64(text(args, 0, 'States.Base64Encode'));
  },
  'States.Base64Decode': (args) => {
    count(args, 1, 1, 'States.Base64Decode');
    return decodeBase64(text(args, 0, 'States.Base64Decode')) ?? fail('Invalid arguments in States.Base64Decode');
  },
  'States.Hash': (args) => {
    count(args, 2, 2, 'States.Hash');
    const algorithm = text(args, 1, 'States.Hash');
    if (!HASH_ALGORITHMS.includes(algorithm as HashAlgorithm)) fail(`Invalid arguments in States.Hash: ${algorithm}`);
    return hashText(asText(args[0] as Json), algorithm as HashAlgorithm);
  },
  'States.JsonMerge': (args) => {
    count(args, 3, 3, 'States.JsonMerge');
    const [a, b, deep] = args;
    if (!isObject(a) || !isObject(b)) fail('Invalid arguments in States.JsonMerge: only objects can be merged');
    if (deep !== false) fail('Invalid arguments in States.JsonMerge: only shallow merging is supported');
    return { ...(a as JsonObject), ...(b as JsonObject) };
  },
  'States.MathRandom': (args, random) => {
    count(args, 2, 3, 'States.MathRandom');
    const start = whole(args, 0, 'States.MathRandom');
    const end = whole(args, 1, 'States.MathRandom');
    if (end <= start) fail('Invalid arguments in States.MathRandom: the end must be greater than the start');
    const span = end - start;
    if (args.length === 2) return start + Math.floor(nextRandom(random) * span);
    const seeded = new JavaRandom(whole(args, 2, 'States.MathRandom'));
    return start + (span < 2 ** 31 ? seeded.below(span) : Math.floor(seeded.double() * span));
  },
  'States.MathAdd': (args) => {
    count(args, 2, 2, 'States.MathAdd');
    return whole(args, 0, 'States.MathAdd') + whole(args, 1, 'States.MathAdd');
  },
  // AWS drops the empty parts, and takes each sign of the second text as a separator.
  'States.StringSplit': (args) => {
    count(args, 2, 2, 'States.StringSplit');
    const signs = new Set(text(args, 1, 'States.StringSplit'));
    const parts: string[] = [];
    let part = '';
    for (const sign of text(args, 0, 'States.StringSplit')) {
      if (!signs.has(sign)) part += sign;
      else {
        if (part) parts.push(part);
        part = '';
      }
    }
    if (part) parts.push(part);
    return parts;
  },
  'States.UUID': (args, random) => {
    count(args, 0, 0, 'States.UUID');
    return randomUuid(random);
  },
};
