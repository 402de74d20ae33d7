import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatTimestamp } from './time.ts';

it('writes every instant as a Date does, whichever was written before', () => {
  const near = fc.integer({ min: -200_000, max: 200_000 }).map((ms) => 1_772_355_600_000 + ms);
  const any = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(near, any, fc.integer({ min: -70_000, max: 70_000 })), { maxLength: 12 }),
      (moments) => {
        expect(moments.map(formatTimestamp)).toEqual(moments.map((ms) => new Date(ms).toISOString()));
      },
    ),
  );
  expect(formatTimestamp(1_772_355_600_000.75)).toBe(new Date(1_772_355_600_000.75).toISOString());
});
