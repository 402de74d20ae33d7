import { at } from './at.ts';
import { cron } from './cron.ts';
import type { ExpressionKind, Occurrences } from './expression.ts';
import { rate } from './rate.ts';

export type { Occurrences } from './expression.ts';
export { isZone, momentOf, wallTime } from './wall-clock.ts';
export { expressionOf, type PlainSchedule, plainSchedule, scheduleWords } from './words.ts';

/** The kinds of expressions; a new one is a file and a line here. */
const KINDS: readonly ExpressionKind[] = [rate, cron, at];

/** What a rule may be scheduled by: not `at`. */
export const RECURRING: readonly string[] = [rate.name, cron.name];

/** Parses `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`, `at(2026-11-20T09:00:00)`; undefined where AWS refuses it. */
export function parseExpression(
  text: string,
  { zone = 'UTC', kinds }: { readonly zone?: string; readonly kinds?: readonly string[] } = {},
): Occurrences | undefined {
  const [, name, inside = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
  const kind = KINDS.find((one) => one.name === name && (kinds?.includes(one.name) ?? true));
  return kind?.parse(inside, zone);
}
