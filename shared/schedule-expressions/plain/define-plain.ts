import type { Words } from '../../words.ts';

/**
 * A way of saying a schedule that a form can make: one file, and one line in index.ts. The form is made of its parts;
 * nobody else asks which way a schedule is said.
 */
export interface PlainKind<P extends { readonly type: string }> {
  readonly type: P['type'];
  readonly label: Words;
  /**
   * What a form begins with.
   * @param at time of day, taken over from what was there
   * @param today YYYY-MM-DD
   */
  readonly blank: (at: string, today: string) => P;
  /** Lines of fields, from the top. */
  readonly parts: readonly (readonly Part<Exclude<keyof P, 'type'> & string>[])[];
  /** Undefined for an expression that says it otherwise. */
  readonly read: (expression: string) => P | undefined;
  readonly write: (plain: P) => string;
  readonly words: (plain: P) => Words;
}

/** Which field a form shows, and by what. */
export interface Part<F extends string = string> {
  readonly field: F;
  readonly as: 'time' | 'date' | 'weekdays' | 'monthDay' | 'count' | 'unit' | 'festival' | 'lunarDate' | 'daysFrom';
}

export const definePlain = <P extends { readonly type: string }>(kind: PlainKind<P>): PlainKind<P> => kind;
