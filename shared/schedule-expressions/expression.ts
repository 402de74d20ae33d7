/** When something is to happen, again and again or once. Instants in ms since the epoch. */
export interface Occurrences {
  /** The first moment after `after`, or undefined when there is none. `since`: what a rate counts from. */
  next(after: number, since: number): number | undefined;
  /** True when there is only one. */
  readonly once: boolean;
}

/** A kind of expression: `name(text)`. One file per kind; the registry is index.ts. */
export interface ExpressionKind {
  readonly name: string;
  /** Undefined for a text that AWS refuses. `zone`: the IANA time zone of the clock on the wall. */
  parse(text: string, zone: string): Occurrences | undefined;
}
