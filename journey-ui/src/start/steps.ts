/** What is known of an account, as far as beginning needs it; undefined while it is not known yet. */
export interface Facts {
  /** How many customers there are. */
  readonly customers: number | undefined;
  /** How many segments somebody is in. */
  readonly peopled: number | undefined;
  readonly segmentsWithGoal: number | undefined;
  readonly liveJourneys: number | undefined;
  readonly entered: number | undefined;
  readonly messages: number | undefined;
}

export interface Check {
  /** Words are under `start.<step>.<key>`. */
  readonly key: string;
  readonly done: boolean;
  /** The number that the words tell. */
  readonly n: number;
  /** Where it is done, or to be seen. */
  readonly to: string;
}

export interface Step {
  readonly key: 'tag' | 'plan' | 'review';
  readonly checks: readonly Check[];
}

/**
 * The three steps in which reaching people is built up (S88): know the customers one has by tags, plan whom to reach
 * with what, and look at what came of it. Undefined while something is not known: a step must not be shown open that is
 * done.
 */
export function stepsOf(facts: Facts): readonly Step[] | undefined {
  if (Object.values(facts).some((fact) => fact === undefined)) return undefined;
  const known = facts as { readonly [K in keyof Facts]: number };
  const check = (key: keyof Facts, seen: string, begun = seen): Check => {
    const n = known[key];
    return n > 0 ? { key, done: true, n, to: seen } : { key, done: false, n, to: begun };
  };
  return [
    { key: 'tag', checks: [check('customers', '/customers', '/imports'), check('peopled', '/segments')] },
    { key: 'plan', checks: [check('segmentsWithGoal', '/segments'), check('liveJourneys', '/journeys')] },
    { key: 'review', checks: [check('entered', '/executions'), check('messages', '/inbox')] },
  ];
}

export const isDone = ({ checks }: Step): boolean => checks.every(({ done }) => done);
