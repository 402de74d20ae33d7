/** Messages: channels and their limits, rendering, and the stops that every send passes in a fixed order. */
import type { Words } from '../words.ts';

/** A reason why nothing was sent: a stable code for reports, and words for the console. */
export interface Held {
  readonly hold: string;
  readonly words: Words;
}

export type Rendered =
  | { readonly ok: true; readonly title?: string; readonly body: string }
  | { readonly ok: false; readonly reason: string; readonly words: Words };

/** What a template can speak of; every name is a namespace in Liquid. */
export interface MessageContext {
  readonly user: Readonly<Record<string, unknown>> & { readonly tags: readonly string[] };
  readonly event?: { readonly name: string; readonly properties: Readonly<Record<string, unknown>> };
  readonly journey: { readonly id: string; readonly name: string };
  readonly coupon?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly company?: Readonly<Record<string, unknown>>;
}
