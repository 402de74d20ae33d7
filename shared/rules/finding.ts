import type { CustomerEvent } from '../events/index.ts';
import type { Words } from '../words.ts';
import type { Duration } from './condition.ts';

/** Which kept events evaluateOver must be given; without `within`: all of them. */
export interface EventNeeds {
  readonly names: readonly string[] | '*';
  readonly within?: Duration;
}

/** All that a condition may look at when it is evaluated over a list of kept events. */
export interface World {
  readonly traits: Readonly<Record<string, unknown>>;
  /** Tags held: a record of them, or their keys. */
  readonly tags: Readonly<Record<string, unknown>> | readonly string[];
  /** Segments she is in, likewise; none when absent. */
  readonly segments?: Readonly<Record<string, unknown>> | readonly string[];
  /** In any order; events after `now` are not seen. */
  readonly events: readonly CustomerEvent[];
  /** ISO 8601, UTC. */
  readonly now: string;
  /** IANA zone. */
  readonly zone: string;
}

export interface Finding {
  readonly holds: boolean;
  /** messageIds, at most MAX_EVIDENCE. */
  readonly evidence: readonly string[];
  /** What was found, in words: "「Order Completed」 3 次" */
  readonly why: Words;
  /** The value that matched, where the operator finds one (`did … by`). */
  readonly value?: unknown;
}

/** More than this nobody reads, and every customer's record would carry it. */
const MAX_EVIDENCE = 5;

/** The ids of several findings, each once, the latest kept. */
export function gather(findings: readonly Finding[]): readonly string[] {
  const [only, another] = findings;
  if (only !== undefined && another === undefined) return only.evidence;
  const ids: string[] = [];
  for (const { evidence } of findings) for (const id of evidence) if (!ids.includes(id)) ids.push(id);
  return ids.length > MAX_EVIDENCE ? ids.slice(-MAX_EVIDENCE) : ids;
}
