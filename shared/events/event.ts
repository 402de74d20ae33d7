/** Message types of the Segment spec (segment.com/docs/connections/spec) that Pergola understands. */
export const MESSAGE_TYPES = ['track', 'identify', 'group', 'page', 'screen', 'alias'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** One thing a customer did, parsed: the form used everywhere inside. */
export interface CustomerEvent {
  /** messageId: the idempotency key. */
  readonly id: string;
  readonly customer: string;
  /** The id it came under, where that is not the customer's own: see docs/identity.md. */
  readonly as?: string;
  /** The track event's name; for other types `$identify`, `$page`, `$screen`, `$group`, `$alias`. */
  readonly name: string;
  readonly type: MessageType;
  /** When it happened: ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** When we saw it: ISO 8601, UTC. */
  readonly received: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Its sender says `context.quiet: true`: this tells of the past, as an import does. It counts for tags as any other;
   * it lets nobody into a journey, and neither do the tag changes that come of it.
   */
  readonly quiet?: true;
}

/** Which events are meant: one name, several, or `*` for any; `except` takes names out again. */
export interface EventFilter {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
  readonly where?: readonly PropertyFilter[];
}

/** A comparison of one value of the event, by path: "properties.total", "context.channel". */
export interface PropertyFilter {
  readonly path: string;
  readonly op: ComparisonName;
  readonly value?: unknown;
}

export const COMPARISONS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'prefix', 'exists'] as const;
export type ComparisonName = (typeof COMPARISONS)[number];
