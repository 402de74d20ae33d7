import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKey, keyOrder, LAST, shortKey } from './keys.ts';

const bytes = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

describe('keys of rows', () => {
  it('are ordered as DynamoDB orders them, emoji and all', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(fc.property(text, text, (a, b) => Math.sign(keyOrder(a, b)) === bytes(a, b)));
    expect(keyOrder('ａ', '😀')).toBeLessThan(0);
    expect(bytes('😀', LAST)).toBe(-1);
  });

  it('are never too long, and stay apart and as they were where they fit', () => {
    const long = `g#Order Refunded Part#${'单'.repeat(600)}`;
    expect(isKey({ pk: 'c#u', sk: long })).toBe(false);
    expect(isKey({ pk: 'c#u', sk: shortKey(long) })).toBe(true);
    expect(shortKey(long)).toBe(shortKey(long));
    expect(shortKey(`${long}1`)).not.toBe(shortKey(long));
    expect(shortKey('g#Order Completed#1')).toBe('g#Order Completed#1');
    expect(shortKey(`x${'😀'.repeat(400)}`).isWellFormed()).toBe(true);
    expect(shortKey('g#😀'.slice(0, 3))).toBe('g#\ufffd');
    expect(shortKey('x'.repeat(1024))).toBe('x'.repeat(1024));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 300, maxLength: 1500 }), (text) => {
        const sk = shortKey(text);
        return isKey({ pk: 'c#u', sk }) && sk.isWellFormed();
      }),
    );
  });
});
