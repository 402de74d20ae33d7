export interface Estimate {
  readonly value: number;
  /** With 95 % confidence it lies from here … */
  readonly low: number;
  /** … to here. */
  readonly high: number;
}

/**
 * How many of `total` customers it is, when it is `count` of the `sampled` ones: Wilson's score interval, which holds
 * for small counts and for none as well, narrowed where the sample is a good part of all (finite population).
 */
export function estimate(count: number, sampled: number, total: number): Estimate {
  if (sampled === 0) return { value: 0, low: 0, high: total };
  if (sampled >= total) return { value: count, low: count, high: count };
  const z = 1.96 * Math.sqrt((total - sampled) / Math.max(1, total - 1));
  const share = count / sampled;
  const spread = z * Math.sqrt((share * (1 - share)) / sampled + (z * z) / (4 * sampled * sampled));
  const middle = share + (z * z) / (2 * sampled);
  const whole = 1 + (z * z) / sampled;
  return {
    value: Math.round(share * total),
    low: Math.max(count, Math.floor(((middle - spread) / whole) * total)),
    high: Math.min(total, Math.ceil(((middle + spread) / whole) * total)),
  };
}
