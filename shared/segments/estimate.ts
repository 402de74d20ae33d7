/** How many, and how sure that is. */
export type Estimate =
  | { readonly count: number; readonly exact: true }
  | {
      /** The best guess. */
      readonly count: number;
      readonly exact: false;
      /** In 95 of 100 such samples the true number lies between these, both included. */
      readonly low: number;
      readonly high: number;
      /** So many customers were looked at, chosen as if by lot. */
      readonly sampled: number;
    };

/** Standard deviations on either side that hold 95 of 100. */
const Z = 1.959964;

/**
 * What a sample says of everybody: Wilson's interval, which keeps its promise for few hits and for none, narrowed by how
 * much of everybody was looked at.
 *
 * @param hits customers of the sample who match
 * @param sampled customers looked at
 * @param customers all there are, at least `sampled`
 */
export function estimated(hits: number, sampled: number, customers: number): Estimate {
  if (sampled >= customers) return { count: hits, exact: true };
  if (sampled === 0) return { count: 0, exact: false, low: 0, high: customers, sampled };
  const share = hits / sampled;
  const left = (customers - sampled) / (customers - 1);
  const z2 = Z * Z * left;
  const middle = (share + z2 / (2 * sampled)) / (1 + z2 / sampled);
  const half =
    (Math.sqrt(z2) * Math.sqrt((share * (1 - share)) / sampled + z2 / (4 * sampled ** 2))) / (1 + z2 / sampled);
  // What was seen is certain: at least the hits, at most all but those who were seen not to match.
  const least = hits;
  const most = customers - (sampled - hits);
  const within = (n: number): number => Math.min(most, Math.max(least, n));
  return {
    count: within(Math.round(share * customers)),
    exact: false,
    low: within(Math.floor((middle - half) * customers)),
    high: within(Math.ceil((middle + half) * customers)),
    sampled,
  };
}
