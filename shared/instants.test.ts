import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoOf, msOf } from './instants.ts';

const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

test('instants are written and read as Date does it', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST, max: LAST }), (ms) => {
      expect(isoOf(ms)).toBe(new Date(ms).toISOString());
      expect(msOf(isoOf(ms))).toBe(ms);
    }),
  );
});

test('what is written otherwise, or is no instant, is read as Date reads it', () => {
  for (const text of [
    '2026-02-03',
    '2026-02-03T04:05:06Z',
    '2026-02-03T04:05:06.789+08:00',
    '2026-02-03T24:00:00.000Z',
    '2026-02-03T04:05:61.000Z',
    '2026-02-03T04:05:0x.000Z',
    '2026-02-30T04:05:06.7x8Z',
    '2026-13-01T04:05:06.788Z',
    'soon',
  ]) {
    expect([text, msOf(text)]).toEqual([text, Date.parse(text)]);
  }
});
