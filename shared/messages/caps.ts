/**
 * How often she may be written to: which caps hold for her, and when the next message may go. Pure: what was sent comes
 * in, newest first; it counts marketing messages over all journeys and channels.
 */
import { DateTime } from 'luxon';
import { checkedMs, durationWords } from '../duration.ts';
import { isoOf, msOf } from '../instants.ts';
import { belongsTo, type Cap, DEFAULT_CAPS, type Ruleset } from '../tags/index.ts';
import type { Words } from '../words.ts';

/** A cap that holds for one customer. Without `within` it counts the calendar day in `zone`. */
export interface HeldTo {
  /** Whose cap it is: everybody's, that of new customers, that of a segment. */
  readonly name: Words;
  readonly most: number;
  /** So many should go to her in that stretch; holds and sends nothing. */
  readonly least?: number;
  readonly within?: string;
  readonly zone: string;
}

interface Her {
  readonly tags: Readonly<Record<string, unknown>>;
  readonly segments: Readonly<Record<string, unknown>>;
}

const EVERYBODY: Words = { zh: '所有客户', en: 'everybody' };

/** The caps that hold for her now: the day's, and that of her segments, else the first of the lifecycle that fits her. */
export function capsFor(ruleset: Ruleset, her: Her): readonly HeldTo[] {
  const { zone, caps = DEFAULT_CAPS } = ruleset;
  const day = caps.perDay === undefined ? [] : [{ name: EVERYBODY, most: caps.perDay, zone }];
  const named = (name: Words, { most, least, within }: Cap): HeldTo => ({
    name,
    most,
    ...(least !== undefined && { least }),
    within,
    zone,
  });
  const own = segmentsOfHers(ruleset, her).flatMap(({ name, cap }) => (cap === undefined ? [] : [named(name, cap)]));
  if (own.length > 0) return [...day, ...own];
  const phase = caps.lifecycle.find(({ tags }) => tags.some((key) => her.tags[key] !== undefined));
  return phase === undefined ? day : [...day, named(phase.name, phase)];
}

/** The segments that count for her: of a family the one that she belongs to, and those of no family. */
export function segmentsOfHers({ segments = [], segmentFamilies = [] }: Ruleset, her: Her) {
  const isIn = (id: string): boolean => her.segments[id] !== undefined;
  const first = new Set(segmentFamilies.map((family) => belongsTo(family, isIn)));
  const inFamily = new Set(segmentFamilies.flatMap(({ order }) => order));
  return segments.filter(({ id }) => isIn(id) && (first.has(id) || !inFamily.has(id)));
}

/** What a cap that is reached says. */
export interface Reached {
  readonly cap: HeldTo;
  /** Sends that count now. */
  readonly count: number;
  /** From this instant on one more may go, as far as this cap is concerned; ISO 8601, UTC. */
  readonly freeAt: string;
}

/**
 * The cap that holds her longest, if one is reached. A stretch of 7 days at t is (t − 7 days, t]; what seems to have been
 * sent after `now` (clocks differ) counts as well.
 *
 * @param sent instants of the marketing messages sent to her, newest first; older ones than any cap counts may be missing
 */
export function reached(caps: readonly HeldTo[], sent: readonly string[], now: string): Reached | undefined {
  const all = caps.flatMap((cap): Reached[] => {
    const from = beginOf(cap, now);
    const counted = sent.filter((at) => (cap.within === undefined ? at >= from : at > from));
    if (counted.length < cap.most) return [];
    // When the most-th newest no longer counts, one less than the most are left.
    return [{ cap, count: counted.length, freeAt: endOf(cap, counted[cap.most - 1]!) }];
  });
  return all.reduce<Reached | undefined>(
    (longest, one) => (longest && longest.freeAt >= one.freeAt ? longest : one),
    undefined,
  );
}

const local = (at: string, zone: string): DateTime => DateTime.fromMillis(msOf(at), { zone });

/** Of a day the first instant that counts, of a stretch the last that does not. */
const beginOf = ({ within, zone }: HeldTo, now: string): string =>
  within === undefined ? isoOf(local(now, zone).startOf('day').toMillis()) : isoOf(msOf(now) - checkedMs(within));

/** When a message sent at this instant no longer counts. */
const endOf = ({ within, zone }: HeldTo, at: string): string =>
  within === undefined
    ? isoOf(local(at, zone).plus({ days: 1 }).startOf('day').toMillis())
    : isoOf(msOf(at) + checkedMs(within));

/**
 * When a message that waits should be tried again. A stretch frees it at the hour of an earlier message; a day would free
 * it at midnight, when nobody wants to be written to: then it is the hour at which it was held, the next day, or
 * `deadline` where that is sooner. Undefined when it is not free by then.
 */
export function tryAgainAt({ cap, freeAt }: Reached, now: string, deadline: string): string | undefined {
  if (freeAt > deadline) return undefined;
  if (cap.within !== undefined) return freeAt;
  const { hour, minute, second, millisecond } = local(now, cap.zone);
  const sameHour = isoOf(local(freeAt, cap.zone).set({ hour, minute, second, millisecond }).toMillis());
  return [sameHour, deadline].filter((at) => at >= freeAt).sort()[0];
}

/** "频控：留给更重要的旅程「VIP 回访」，它的消息在等；2026-03-05 10:00 起可以再发" */
export function yieldedWords({ cap, freeAt }: Reached, ahead: readonly string[]): Words {
  const at = local(freeAt, cap.zone).toFormat('yyyy-MM-dd HH:mm');
  const names = [...new Set(ahead)];
  return {
    zh: `频控：名额留给更重要的旅程${names.map((name) => `「${name}」`).join('')}，它的消息在等；${at} 起可以再发`,
    en: `cap: the place is left to ${names.map((name) => `“${name}”`).join(', ')}, which is more important and waits; free again from ${at}`,
  };
}

/** "频控：新客 7 天内最多 2 条，已发 2 条；2026-03-05 10:00 起可以再发" */
export function reachedWords({ cap, count, freeAt }: Reached): Words {
  const { name, most, within, zone } = cap;
  const at = local(freeAt, zone).toFormat('yyyy-MM-dd HH:mm');
  const long = within === undefined ? { zh: '每天', en: 'a day' } : durationWords(within);
  const stretch = within === undefined ? long : { zh: `${long.zh}内`, en: `in ${long.en}` };
  return {
    zh: `频控：${name.zh}${within === undefined ? '' : ' '}${stretch.zh}最多 ${most} 条，已发 ${count} 条；${at} 起可以再发`,
    en: `cap: ${name.en}, at most ${most} ${most === 1 ? 'message' : 'messages'} ${stretch.en}; ${count} sent; free again from ${at}`,
  };
}
