/**
 * Who hears too little of us: a cap may name a lower number besides (S83–S85: "1 to 2 a week"). It holds and sends
 * nothing; it is a hint for whoever plans.
 */
import { checkedMs, durationWords } from '../duration.ts';
import { msOf } from '../instants.ts';
import type { Ruleset } from '../tags/index.ts';
import type { Words } from '../words.ts';
import { capsFor } from './caps.ts';
import { type StopEvent, unreachable } from './stops/index.ts';

/** She got fewer messages than her cap would like her to get. */
export interface UnderTouched {
  /** Whose number it is. */
  readonly name: Words;
  readonly least: number;
  readonly within: string;
  /** Marketing messages that she got in that stretch. */
  readonly count: number;
  readonly why: Words;
}

export interface Touched {
  readonly traits: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly segments: Readonly<Record<string, unknown>>;
  readonly firstSeenAt?: string | undefined;
  /** When marketing messages were sent to her, newest first. */
  readonly sent: readonly string[];
  /** Newest events that stops look at. */
  readonly events: readonly StopEvent[];
}

/**
 * The lower numbers that she is under now. Nobody is under one before she has been known for the whole stretch, and who
 * wants no messages is under none.
 *
 * @param now ISO 8601, UTC
 */
export function underTouched(ruleset: Ruleset, her: Touched, now: string): readonly UnderTouched[] {
  const { firstSeenAt, sent, traits, events } = her;
  if (firstSeenAt === undefined || unreachable({ traits, events, zone: ruleset.zone })) return [];
  return capsFor(ruleset, her).flatMap(({ name, least, within }) => {
    if (least === undefined || within === undefined) return [];
    const from = msOf(now) - checkedMs(within);
    if (msOf(firstSeenAt) > from) return [];
    const count = sent.filter((at) => msOf(at) > from).length;
    return count < least ? [{ name, least, within, count, why: words(name, least, within, count) }] : [];
  });
}

function words(name: Words, least: number, within: string, count: number): Words {
  const { zh, en } = durationWords(within);
  return {
    zh: `${zh}内发过 ${count} 条，少于「${name.zh}」希望的 ${least} 条`,
    en: `${count} ${count === 1 ? 'message' : 'messages'} in ${en}, fewer than the ${least} meant for “${name.en}”`,
  };
}
