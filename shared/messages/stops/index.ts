/**
 * The stops that every send passes, in this order, before the message is written and claimed in the ledger:
 *
 *   journey-ended -> sent-before -> consent* -> unsubscribed -> suppressed -> no-address -> excluded ->
 *   other-channel -> capped ->
 *   quiet hours* -> (render: aborted, empty, too long) -> claim -> send
 *
 * Those with * are not built yet; each is one more file and one more line here, in its place. The order is part of the
 * product: the first stop that holds gives the reason that the console shows, and what is free to ask comes first.
 */
import { capped } from './capped.ts';
import { excluded } from './excluded.ts';
import { journeyEnded } from './journey-ended.ts';
import { noAddress } from './no-address.ts';
import { otherChannel } from './other-channel.ts';
import { sentBefore } from './sent-before.ts';
import type { Held, SendFacts, Stop } from './stop.ts';
import { suppressed } from './suppressed.ts';
import { unsubscribed } from './unsubscribed.ts';

export type { Held, SendFacts, Stop, StopEvent } from './stop.ts';

export const STOPS: readonly Stop[] = [
  journeyEnded,
  sentBefore,
  unsubscribed,
  suppressed,
  noAddress,
  excluded,
  otherChannel,
  capped,
];

/** Names of the kept events that must be among `SendFacts.events`. */
export const STOP_EVENTS: readonly string[] = [...new Set(STOPS.flatMap((stop) => stop.events ?? []))];

/** All stops that hold, in their order: for a preview. */
export const allHolds = (facts: SendFacts): readonly Held[] => STOPS.flatMap((stop) => stop.check(facts) ?? []);

/** Nothing may be sent to her, by whatever channel. */
export const unreachable = (facts: Parameters<NonNullable<Stop['always']>>[0]): boolean =>
  STOPS.some(({ always }) => always?.(facts) === true);

/** The first stop that holds, or undefined when the way is free. */
export function firstHold(facts: SendFacts): Held | undefined {
  for (const stop of STOPS) {
    const held = stop.check(facts);
    if (held) return held;
  }
  return undefined;
}
