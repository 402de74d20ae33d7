/** What a template can speak of; each name is a namespace in Liquid. */
export interface MessageContext {
  /** The customer's traits, with her id and the keys of her tags. */
  readonly user: Readonly<Record<string, unknown>> & { readonly id: string; readonly tags: readonly string[] };
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
