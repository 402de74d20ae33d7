/**
 * The contract of a trigger: what can start, resume or end a journey. One file here, one line in index.ts; nobody else
 * asks which type a trigger has.
 */
import { z } from 'zod';
import type { CustomerEvent } from '../../events/index.ts';
import type { Fact, Names } from '../../rules/index.ts';
import type { Words } from '../../words.ts';
import type { Happening } from './happenings.ts';

/** How things stand with a customer, for the question whether she needs to wait at all. */
export interface Standing {
  readonly tags: Readonly<Record<string, unknown>>;
  readonly segments: Readonly<Record<string, unknown>>;
  /** Those that count for whoever asks. */
  readonly events: readonly CustomerEvent[];
}

export interface TriggerKind<T extends { readonly type: string }> {
  readonly type: T['type'];
  readonly label: Words;
  readonly schema: z.ZodType<T>;
  /** What a form begins with. */
  readonly blank: T;
  /** Names of the events that may set it off; "*" for any. */
  readonly events: (trigger: T) => readonly string[];
  /** Keys of the tags that may. */
  readonly tags: (trigger: T) => readonly string[];
  /** Ids of the segments that may. */
  readonly segments: (trigger: T) => readonly string[];
  readonly matches: (trigger: T, happening: Happening) => boolean;
  /** Has it happened already? */
  readonly isTrueNow: (trigger: T, standing: Standing) => boolean;
  /** What is so right after it happened, and was not before, unless it had happened before. */
  readonly then: (trigger: T) => readonly Fact[];
  /** `names`: what tags and segments are called. */
  readonly words: (trigger: T, names: Names) => Words;
  /** For what begins by time: its moments. Such a trigger can only let customers in. */
  readonly clock?: (trigger: T) => Clock;
}

/** Moments at which customers come in. Instants in ms; `zone` is an IANA zone. */
export type Clock =
  /** For a whole audience at once. */
  | {
      readonly of: 'audience';
      /** As a cause is named. */
      readonly name: string;
      readonly audience: { readonly segment: string } | { readonly tag: string };
      /** The first moment after `after`; `since`: when it was published. */
      readonly next: (after: number, since: number, zone: string) => number | undefined;
    }
  /** For each customer at a moment of her own, which her traits give. */
  | {
      readonly of: 'customer';
      readonly name: string;
      /** The trait that an event must bring for the moment to change. */
      readonly reads: string;
      readonly next: (traits: Readonly<Record<string, unknown>>, after: number, zone: string) => Occasion | undefined;
    };

export interface Occasion {
  readonly at: number;
  /** Names it: for the same one nobody comes in twice, though its moment be moved. */
  readonly occasion: string;
}

/** Fields that several kinds have; those with a widget make the form. */
export const tagField = z
  .string()
  .min(1)
  .max(200)
  .meta({ label: { zh: '标签', en: 'Tag' }, widget: 'tag' });
export const segmentField = z
  .string()
  .min(1)
  .max(100)
  .meta({ label: { zh: '人群', en: 'Segment' }, widget: 'segment' });

type TriggerSchema = z.ZodObject<{ readonly type: z.ZodLiteral<string> }>;
type Of<S extends TriggerSchema> = Omit<TriggerKind<z.output<S>>, 'schema'> & { readonly schema: S };

/** Checks a kind where it is written, and keeps the exact type of its schema, of which the union is made. */
export const defineTrigger = <S extends TriggerSchema>(kind: Of<S>): Of<S> => kind;
