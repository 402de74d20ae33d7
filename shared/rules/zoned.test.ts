import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dayOf, instantText } from './zoned.ts';

const ZONES = ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

describe('the time of a zone', () => {
  it('is what luxon says, whatever was asked before, also around changes of clocks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ zone: fc.constantFrom(...ZONES), ms: fc.integer({ min: 0, max: 2_000_000_000_000 }) })),
        (asked) => {
          for (const { zone, ms } of asked) {
            const local = DateTime.fromMillis(ms, { zone });
            expect(instantText(ms, zone)).toBe(`${local.toFormat('yyyy-MM-dd HH:mm')} (${zone})`);
            expect(dayOf(ms, zone)).toBe(Math.floor((ms + local.offset * 60_000) / 86_400_000));
          }
        },
      ),
    );
    const change = Date.UTC(2026, 2, 29, 1);
    expect(instantText(change - 1, 'Europe/London')).toBe('2026-03-29 00:59 (Europe/London)');
    expect(instantText(change, 'Europe/London')).toBe('2026-03-29 02:00 (Europe/London)');
  });
});
