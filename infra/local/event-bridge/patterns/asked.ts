import type { ValueTest } from './operator.ts';

/** What a pattern asks of one path. */
export interface Condition {
  readonly path: string;
  /** What is asked for as text: two conditions of one path and one text are the same. */
  readonly text: string;
  /** One of them must hold. */
  readonly tests: readonly ValueTest[];
}

/** A condition, and where its path's values are found. */
export interface Asked {
  readonly slot: number;
  readonly tests: readonly ValueTest[];
  /** It holds when the path is not there. */
  readonly absent: boolean;
}

/** `known`: conditions asked before; the same condition of another rule is the same object, and stays at hand. */
export const ask = (
  way: readonly Condition[],
  slots: ReadonlyMap<string, number>,
  known: Map<string, Asked>,
): Asked[] =>
  way.map(({ path, text, tests }) => {
    const key = JSON.stringify([path, text]);
    let asked = known.get(key);
    if (!asked) {
      asked = { slot: slots.get(path) as number, tests, absent: tests.some((test) => test.whenAbsent === true) };
      known.set(key, asked);
    }
    return asked;
  });
