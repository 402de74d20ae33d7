/**
 * The functions that Step Functions adds to JSONata (AWS, "Transforming data with JSONata in Step Functions"), and the
 * ones that must not draw on the machine's own randomness. `$eval` is not there on AWS.
 */

import { partitionOf, rangeOf } from '../intrinsics/functions.ts';
import { HASH_ALGORITHMS, type HashAlgorithm, hashText } from '../intrinsics/hash.ts';
import { JavaRandom } from '../java-random.ts';
import type { Json } from '../json.ts';
import { nextRandom, type RandomState, randomUuid } from '../random.ts';

/** An error as JSONata's own functions throw them; the message is shown in the cause. */
function wrong(message: string): never {
  throw { code: 'D3141', message };
}

/** An argument of a type that the function does not take, in JSONata's own words. */
function mismatch(name: string, at: number): never {
  throw { code: 'T0410', message: `Argument ${at + 1} of function "${name}" does not match function signature` };
}

/**
 * What is bound beside JSONata's own functions. `random` gives the generator to draw from. A bound name shadows the
 * built-in one even when its value is undefined: $eval is no function here.
 */
export function stepFunctionsBindings(random: () => RandomState): Record<string, unknown> {
  return {
    eval: undefined,
    partition: (items: Json[] | undefined, size: number) => {
      if (items === undefined) return undefined;
      if (!Array.isArray(items)) return wrong('$partition(): the first argument must be an array');
      if (typeof size !== 'number') mismatch('partition', 1);
      const whole = Math.floor(size);
      return whole > 0 ? partitionOf(items, whole) : wrong('$partition(): the size must be a positive number');
    },
    range: (...bounds: number[]) => {
      const [start = 0, end = 0, step = 0] = bounds;
      for (let at = 0; at < 3; at++) if (typeof bounds[at] !== 'number') mismatch('range', at);
      return rangeOf(start, end, step) ?? wrong('$range(): the step must not be 0 and the range at most 1,000 items');
    },
    hash: (text: Json | undefined, algorithm: string = 'SHA-256') => {
      if (text === undefined) return undefined;
      if (!HASH_ALGORITHMS.includes(algorithm as HashAlgorithm))
        return wrong(`$hash(): unknown algorithm ${algorithm}`);
      return hashText(typeof text === 'string' ? text : JSON.stringify(text), algorithm as HashAlgorithm);
    },
    random: (seed?: number) => {
      if (seed === undefined) return nextRandom(random());
      return typeof seed === 'number' ? new JavaRandom(seed).double() : mismatch('random', 0);
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
    uuid: () => randomUuid(random()),
    parse: (text: string | undefined) => {
      if (text === undefined) return undefined;
      if (typeof text !== 'string') mismatch('parse', 0);
      try {
        return JSON.parse(text) as Json;
      } catch {
        return wrong('$parse(): the text is not JSON');
      }
    },
  };
}
