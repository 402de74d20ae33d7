import type { ExpressionKind } from './expression.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(1 minute)`, `rate(5 hours)`: a day is 24 hours, whatever the clocks on the walls do. */
export const rate: ExpressionKind = {
  name: 'rate',
  parse(text) {
    const [, value = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
    const count = Number(value);
    if (count < 1 || (count === 1) !== (plural === '')) return undefined;
    const period = count * (UNITS[unit] as number);
    return {
      once: false,
      next: (after, since) => (after < since ? since : since + (Math.floor((after - since) / period) + 1) * period),
    };
  },
};
