/**
 * The functions that Step Functions adds to JSONata (AWS, "Transforming data with JSONata in Step Functions"), and the
 * ones that must not draw on the machine's own randomness. `$eval` is not there on AWS. What they do with arguments that
 * the guide says nothing of, and the words of their errors, are as others have measured them on AWS.
 */

import { partitionOf } from '../intrinsics/functions.ts';
import { HASH_ALGORITHMS, type HashAlgorithm, hashText } from '../intrinsics/hash.ts';
import { JavaRandom } from '../java-random.ts';
import type { Json } from '../json.ts';
import { jsonProblem } from '../json-problem.ts';
import { nextRandom, type RandomState, randomUuid } from '../random.ts';
import { outOfMemory } from './jsonata-sync.generated.js';

/** A value that the function does not take: told as JSONata tells what `$error` was given. */
function wrong(message: string): never {
  throw { code: 'D3137', message };
}

/** An argument of a type that the function does not take, or one too many: JSONata makes its own sentence of it. */
function mismatch(name: string, at: number): never {
  throw { code: 'T0410', token: name, index: at + 1 };
}

/** At most so many arguments. */
function atMost(given: readonly unknown[], most: number, name: string): void {
  if (given.length > most && given[most] !== undefined) mismatch(name, most);
}

/** A number without its fraction. */
function whole(value: unknown, name: string, at: number): number {
  return typeof value === 'number' ? Math.trunc(value) + 0 : mismatch(name, at);
}

const MAY_BE_TOO_LARGE = /\d[eE]\+?\d{3}|\d{300}/;

/** Whether all numbers in it are ones that JSON can write. */
function allFinite(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(allFinite);
}

/** A list of so many numbers is more than an expression may hold (see generate.ts). */
const MOST_NUMBERS = 873_782;

/**
 * What is bound beside JSONata's own functions. `random` gives the generator to draw from. A bound name shadows the
 * built-in one even when its value is undefined: $eval is no function here.
 */
export function stepFunctionsBindings(random: () => RandomState): Record<string, unknown> {
  return {
    eval: undefined,
    /** Of no list, an empty one and parts of no length there are no parts. */
    partition: (...given: unknown[]) => {
      atMost(given, 2, 'partition');
      const [items, size] = given;
      if (items === undefined) return undefined;
      // The words are JSONata's, which lack what the list should be of.
      if (!Array.isArray(items)) throw { code: 'T0412', token: 'partition', index: 1, type: undefined };
      if (items.length === 0) return undefined;
      if (size === undefined) return [items];
      const length = whole(size, 'partition', 1);
      if (length < 0) wrong('Second argument must be zero or greater');
      return length === 0 ? undefined : partitionOf(items, length);
    },
    /** One number alone stands for itself; none, or a step that leads away from the end, is nothing. */
    range: (...given: unknown[]) => {
      atMost(given, 3, 'range');
      const start = whole(given[0], 'range', 0);
      const end = whole(given[1], 'range', 1);
      if (given[2] === undefined) return undefined;
      const step = whole(given[2], 'range', 2);
      const length = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
      if (length <= 0) return undefined;
      if (length > MOST_NUMBERS) throw outOfMemory();
      return length === 1 ? start : Array.from({ length }, (_, i) => start + i * step);
    },
    hash: (...given: unknown[]) => {
      atMost(given, 2, 'hash');
      const [text, algorithm] = given;
      if (typeof text !== 'string') return mismatch('hash', 0);
      if (algorithm === undefined) return undefined;
      if (typeof algorithm !== 'string') return mismatch('hash', 1);
      if (!HASH_ALGORITHMS.includes(algorithm as HashAlgorithm))
        return wrong(`Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
      return hashText(text, algorithm as HashAlgorithm);
    },
    random: (...given: unknown[]) => {
      atMost(given, 1, 'random');
      const [seed] = given;
      return seed === undefined ? nextRandom(random()) : new JavaRandom(whole(seed, 'random', 0)).double();
    },
    shuffle: (items: Json[] | undefined) => {
      if (items === undefined) return undefined;
      const result = [...items];
      for (let i = result.length - 1; i > 0; i--) {
        const j = Math.floor(nextRandom(random()) * (i + 1));
        [result[i], result[j]] = [result[j] as Json, result[i] as Json];
      }
      return result;
    },
    uuid: (...given: unknown[]) => {
      atMost(given, 0, 'uuid');
      return randomUuid(random());
    },
    parse: (...given: unknown[]) => {
      atMost(given, 1, 'parse');
      const [text] = given;
      if (text === undefined) return undefined;
      if (typeof text !== 'string') return mismatch('parse', 0);
      // A name that stands twice in an object is refused, and so is a number that is none.
      if (jsonProblem(text, { unique: true })) wrong('Invalid JSON');
      const value = JSON.parse(text) as Json;
      return MAY_BE_TOO_LARGE.test(text) && !allFinite(value) ? wrong('Invalid JSON') : value;
    },
  };
}
