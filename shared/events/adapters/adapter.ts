import type { Diagnostic } from '../../diagnostics.ts';
import type { Words } from '../../words.ts';

/** An event as EventBridge hands it over; `detail` is any JSON object. */
export interface BusEnvelope {
  /** EventBridge's own: the same for every delivery of one put, another when it is put again. */
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** ISO 8601. */
  readonly time: string;
  readonly detail: unknown;
}

/** A message of the Segment spec, to be checked like one that an app has sent. */
export type AdaptedMessage = Readonly<Record<string, unknown>>;

export type Translation =
  | {
      readonly ok: true;
      readonly messages: readonly AdaptedMessage[];
      /** Tags given by hand together with the one message; only for sources that need permissions of the account. */
      readonly tags?: readonly string[];
    }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      /** What to keep and show, where it is not the envelope's detail. */
      readonly detail?: unknown;
    };

/**
 * Brings what one vendor puts on a bus to the Segment spec: a file beside this one and a line in `index.ts`.
 *
 * Rules for all of them: `messageId` comes from the vendor's id and `timestamp` from the vendor's time, so that a
 * repetition is known whichever way it comes. `userId` is an id that the app itself has given; a record number of the
 * vendor's becomes an `anonymousId` with the vendor's name before it (`shopify:706405506447`), because plain numbers of
 * two systems may be equal. What has a name in Segment's spec gets it; everything else keeps the vendor's own.
 */
export interface EventAdapter {
  readonly id: string;
  readonly name: Words;
  /** By source and detail-type alone: is this event the vendor's? The first adapter that says so takes it. */
  recognises(envelope: BusEnvelope): boolean;
  /** The messages, at least one; or what stands in the way, each with its place and the next step. */
  translate(envelope: BusEnvelope): Translation;
}
