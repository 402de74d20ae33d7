import { describe, expect, it } from 'vitest';
import { brokenText, deepPlace, MAX_LEVELS, mayBeIllFormed, shallow, wellFormed } from './json-bounds.ts';

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('values from outside', () => {
  it('that are nested a hundred thousand times are found out, and cut, without breaking anybody', () => {
    const deep = { properties: nested(100_000) };
    expect(deepPlace(deep)).toBe('properties.a.a.a.…');
    expect(JSON.stringify(shallow(deep))).toBe(
      `{"properties":${'{"a":'.repeat(MAX_LEVELS - 1)}"…"${'}'.repeat(MAX_LEVELS)}`,
    );
    expect(deepPlace([nested(MAX_LEVELS - 1)])).toBeUndefined();
    expect(deepPlace([nested(MAX_LEVELS)])).toBe('0.a.a.a.…');
  });

  it('come out as the very same where nothing is wrong', () => {
    const value = { a: [1, 'x', null, { b: true }] };
    expect(shallow(value)).toBe(value);
    expect(mayBeIllFormed(JSON.stringify(value))).toBe(false);
    expect(wellFormed(value)).toEqual(value);
    expect(brokenText(value)).toBeUndefined();
  });

  it('have a mark where an app cut an emoji in two, and no members that programs take for something else', () => {
    const cut = { title: '手机😀'.slice(0, 3), [`k${'😀'.slice(1)}`]: 1, list: ['ok'] };
    expect(mayBeIllFormed(JSON.stringify(cut))).toBe(true);
    expect(wellFormed(cut)).toEqual({ title: '手机\ufffd', 'k\ufffd': 1, list: ['ok'] });
    expect(brokenText(cut)).toBe('title');
    expect(brokenText({ list: ['ok', '\udc00'] })).toBe('list.1');
    const odd = JSON.parse('{"a":{"__proto__":{"admin":true},"b":1}}') as unknown;
    expect(mayBeIllFormed(JSON.stringify(odd))).toBe(true);
    expect(JSON.stringify(wellFormed(odd))).toBe('{"a":{"b":1}}');
  });
});
