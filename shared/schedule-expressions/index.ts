import { at } from './at.ts';
import { cron } from './cron.ts';
import type { ExpressionKind, Occurrences } from './expression.ts';
import { rate } from './rate.ts';
import { festival, lunar } from './yearly.ts';

export type { Occurrences } from './expression.ts';
export {
  blankSchedule,
  expressionOf,
  type Part,
  type PlainSchedule,
  plainSchedule,
  plainWays,
  scheduleParts,
  scheduleWords,
} from './plain/index.ts';
export { isZone, momentOf, wallTime } from './wall-clock.ts';
export { MOST_DAYS } from './yearly.ts';

/** The kinds of expressions that AWS has; a new one is a file and a line here. */
const KINDS: readonly ExpressionKind[] = [rate, cron, at];
/** And those by which journeys begin besides. */
const OWN: readonly ExpressionKind[] = [...KINDS, festival, lunar];

/** What a rule may be scheduled by: not `at`. */
export const RECURRING: readonly string[] = [rate.name, cron.name];

/** Parses `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`, `at(2026-11-20T09:00:00)`; undefined where AWS refuses it. */
export function parseExpression(
  text: string,
  { zone = 'UTC', kinds }: { readonly zone?: string; readonly kinds?: readonly string[] } = {},
): Occurrences | undefined {
  return parse(
    text,
    KINDS.filter(({ name }) => kinds?.includes(name) ?? true),
    zone,
  );
}

/** Parses what a journey may begin by: what AWS knows, `festival(mid-autumn -3 10:00)`, `lunar(08-15 0 10:00)`. */
export const parseSchedule = (text: string, zone = 'UTC'): Occurrences | undefined => parse(text, OWN, zone);

function parse(text: string, kinds: readonly ExpressionKind[], zone: string): Occurrences | undefined {
  const [, name, inside = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
  return kinds.find((one) => one.name === name)?.parse(inside, zone);
}
