/**
 * How values of many customers are distributed, counted one by one in bounded room. Exact while there are few different
 * values; beyond that values are counted in steps of 1 %, and a threshold is at most that much too low.
 */
export interface Distribution {
  readonly customers: number;
  /** How often each value, or with `steps` each step, ascending: [value, count] */
  readonly counts: readonly (readonly [number, number])[];
  readonly steps?: true;
}

export const NO_DISTRIBUTION: Distribution = { customers: 0, counts: [] };

/** More different values than this are counted in steps; there are some 2,000 steps from a cent to a billion. */
const MOST_VALUES = 2000;

export function withValues(
  distribution: Distribution,
  values: readonly number[],
  most: number = MOST_VALUES,
): Distribution {
  const { steps } = distribution;
  const counts = new Map(distribution.counts);
  for (const value of values) {
    const at = steps ? stepOf(value) : value;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const next = { ...distribution, customers: distribution.customers + values.length, counts: sorted(counts) };
  return steps || counts.size <= most ? next : inSteps(next);
}

/**
 * The value from which on a customer is above `percent` of all: the nearest rank, so that it is a value that somebody
 * has; equal values are all above or all below. Undefined without customers.
 */
export function valueAt({ customers, counts, steps }: Distribution, percent: number): number | undefined {
  const rank = Math.min(customers - 1, Math.floor((percent / 100) * customers));
  let before = 0;
  for (const [at, count] of counts) {
    before += count;
    if (before > rank) return steps ? startOf(at) : at;
  }
  return undefined;
}

const STEP = Math.log(1.01);
/** What is nearer to nought is nought. */
const LEAST = 0.01;

/** Steps are numbered away from nought: 1, 2, … above, -1, -2, … below. */
function stepOf(value: number): number {
  const size = Math.abs(value);
  return size < LEAST ? 0 : Math.sign(value) * (Math.floor(Math.log(size / LEAST) / STEP + 1e-9) + 1);
}

/** The lowest value of a step, to millionths; of what is nearly nought, nought. */
function startOf(step: number): number {
  const size = LEAST * Math.exp((step > 0 ? step - 1 : -step) * STEP);
  return Math.floor(Math.sign(step) * size * 1e6) / 1e6;
}

function inSteps({ counts, ...rest }: Distribution): Distribution {
  const steps = new Map<number, number>();
  for (const [value, count] of counts) steps.set(stepOf(value), (steps.get(stepOf(value)) ?? 0) + count);
  return { ...rest, counts: sorted(steps), steps: true };
}

const sorted = (counts: ReadonlyMap<number, number>): [number, number][] => [...counts].sort(([a], [b]) => a - b);
