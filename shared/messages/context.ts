import type { EntryCause } from '../nodes/facts.ts';

/** What a template can speak of; each name is a namespace in Liquid. */
export interface MessageContext {
  /** The customer's traits, with her id, the keys of her tags, and by tag what its rule found. */
  readonly user: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly tags: readonly string[];
    readonly found?: Readonly<Record<string, unknown>>;
  };
  /** The event that let her in. */
  readonly event?: {
    readonly name: string;
    readonly at?: string;
    readonly properties: Readonly<Record<string, unknown>>;
  };
  readonly journey: { readonly id: string; readonly name: string };
  readonly coupon?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly company?: Readonly<Record<string, unknown>>;
}

/** When and where it is read: templates have no clock of their own. */
export interface Moment {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** IANA zone of the customer. */
  readonly zone: string;
}

/** What the rules of her tags found, by tag: which product it was that she looked at twice. */
const foundBy = (tags: Tags): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(tags).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])));

type Tags = Readonly<Record<string, { readonly value?: unknown }>>;

/** What a customer's message can speak of: herself, what let her in (an event, or a date of hers), the journey. */
export function contextOf(
  {
    id,
    traits,
    tags,
  }: { readonly id: string; readonly traits: Readonly<Record<string, unknown>>; readonly tags: Tags },
  cause: EntryCause | undefined,
  journey: MessageContext['journey'],
): MessageContext {
  const { name, at, properties = {} } = cause ?? {};
  const tells = cause?.type === 'event' || cause?.properties !== undefined;
  return {
    user: { ...traits, id, tags: Object.keys(tags), found: foundBy(tags) },
    ...(tells && name !== undefined && { event: { name, at, properties } }),
    journey,
  };
}
