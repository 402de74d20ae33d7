/** What the stand-in functions were called with, for the tests of the same process. */
export interface Call {
  readonly fn: string;
  /** The stack's time, ms. */
  readonly at: number;
  readonly event: unknown;
  readonly context: Readonly<Record<string, unknown>>;
}

interface Shared {
  [key: symbol]: unknown;
}

const JOURNAL = Symbol.for('pergola.test.journal');
const CLOCK = Symbol.for('pergola.clock');
const shared = globalThis as Shared;

export function journal(): Call[] {
  shared[JOURNAL] ??= [];
  return shared[JOURNAL] as Call[];
}

export const now = (): number => (shared[CLOCK] as () => number)();

export function note(fn: string, event: unknown, context: unknown): void {
  journal().push({ fn, at: now(), event, context: context as Record<string, unknown> });
}
