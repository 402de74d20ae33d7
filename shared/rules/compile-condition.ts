import type { Condition } from './condition.ts';
import { open } from './look-up.ts';
import type { Build, Check, Leaf, Sight } from './operator.ts';
import type { Place } from './pages.ts';

/** A condition made ready for folding events one by one, with all that it looks at. */
export interface CompiledCondition extends Check {
  readonly leaves: readonly Leaf[];
  readonly traits: readonly string[];
  readonly tags: readonly string[];
  /** A finding that holds may carry a value. */
  readonly findsValue: boolean;
  readonly measures: readonly Measure[];
}

/** A value by which customers are compared. */
export interface Measure {
  /** The same for the same value, across versions of the ruleset. */
  readonly id: string;
  readonly read: (sight: Sight) => number | undefined;
}

/**
 * @param scope keeps apart the memories of equal leaves that must not be shared (families); part of the leaf ids
 * @param zone IANA zone of the tenant: decides calendar days; no matter when only what it looks at is asked
 */
export function compileCondition(condition: Condition, scope = '', zone = 'UTC'): CompiledCondition {
  const leaves = new Map<string, Leaf>();
  const traits = new Set<string>();
  const tags = new Set<string>();
  const measures = new Map<string, Measure>();
  let findsValue = false;
  const build: Build = {
    zone,
    compile: (part) => {
      const { operator, config } = open(part);
      return operator.compile(config, build);
    },
    leaf: (operator, config, leaf) => {
      const id = shortHash(canonical([scope, operator, config]));
      // Twice the same within a condition is one object, since it is given its slot but once.
      const known = leaves.get(id) ?? formed(id, leaf);
      leaves.set(id, known);
      return known;
    },
    readsTrait: (path) => traits.add(path),
    readsTag: (key) => tags.add(key),
    findsValue: () => {
      findsValue = true;
    },
    measures: (what, read) => {
      const id = shortHash(canonical(what));
      measures.set(id, { id, read });
    },
  };
  const check = build.compile(condition);
  const { holds, next, find } = check;
  return {
    holds,
    next,
    find,
    leaves: [...leaves.values()],
    traits: [...traits],
    tags: [...tags],
    findsValue,
    measures: [...measures.values()],
  };
}

/** All of one form, whatever the order in which an operator names its parts: they are looked at for every event. */
const formed = (id: string, { listens, paths, fold, counts, form }: Omit<Leaf, 'id' | 'slot' | keyof Place>): Leaf => ({
  page: -1,
  cell: -1,
  slot: -1,
  id,
  listens,
  paths,
  fold,
  counts,
  form,
});

/** JSON with sorted keys and without undefined: equal configurations give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 36 bits by two multiplicative hashes; short, since it is a key in every customer's record. */
export function shortHash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a, a >>> 6, a >>> 12, b, b >>> 6, b >>> 12].map((bits) => DIGITS[bits & 63]).join('');
}
