import type { ExpressionKind } from './expression.ts';
import { momentOf } from './wall-clock.ts';

/** `at(2026-11-20T09:00:00)`: once, by the clock on the wall. A time that is left out in spring comes an hour later. */
export const at: ExpressionKind = {
  name: 'at',
  parse(text, zone) {
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text);
    if (!match) return undefined;
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const plain = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    if (!plain.toISOString().startsWith(text)) return undefined;
    const time = { year, month, day, hour, minute, second };
    const moment = momentOf(time, zone) ?? momentOf({ ...time, hour: hour + 1 }, zone);
    if (moment === undefined) return undefined;
    return { once: true, next: (after) => (after < moment ? moment : undefined) };
  },
};
