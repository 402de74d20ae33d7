import { describe, expect, it } from 'vitest';
import { InvalidPattern, matches, parsePattern } from './index.ts';

/** What AWS's own matcher (aws/event-ruler) does where its documentation and the recordings say nothing. */
const holds = (pattern: object, event: object) => matches(parsePattern(pattern), event);
const refusal = (pattern: unknown) => {
  try {
    parsePattern(pattern);
  } catch (error) {
    return error instanceof InvalidPattern ? error.reason : error;
  }
  return 'taken';
};

describe('a pattern over arrays', () => {
  const order = { items: [{ sku: 'a', sizes: [1, 2] }, { sku: 'b' }, [{ sku: 'c' }]] };

  it('wants conditions on one array to hold in one element', () => {
    expect(holds({ items: { sku: ['a'], sizes: [2] } }, order)).toBe(true);
    expect(holds({ items: { sku: ['b'], sizes: [2] } }, order)).toBe(false);
    expect(holds({ items: { sku: ['c'] } }, order)).toBe(true);
  });

  it('wants so through $or as well', () => {
    const pattern = { items: { sku: ['b'] }, $or: [{ items: { sizes: [2] } }, { none: [1] }] };
    expect(holds(pattern, order)).toBe(false);
    expect(holds({ ...pattern, items: { sku: ['a'] } }, order)).toBe(true);
  });

  it('takes a field for absent when it is nowhere, or not where the fields before it in the alphabet matched', () => {
    expect(holds({ items: { sizes: [{ exists: false }] } }, order)).toBe(false);
    expect(
      holds({ items: { other: ['x'], sizes: [{ exists: false }] } }, { items: [{ other: 'x' }, { sizes: 1 }] }),
    ).toBe(true);
    expect(holds({ items: { a: [{ exists: false }], b: [1] } }, { items: [{ b: 1 }, { a: 1 }] })).toBe(false);
  });

  it('does not try all combinations of values that are alike', () => {
    const many = Array.from({ length: 2000 }, (_, n) => n);
    const event = { a: many, b: many, c: many, d: many };
    const any = [{ numeric: ['>=', 0] }];
    expect(holds({ a: any, b: any, c: any, d: ['never'] }, event)).toBe(false);
  });
});

describe('values of a pattern', () => {
  it('may be written as exactly', () => {
    expect(holds({ source: [{ exactly: 'shop' }] }, { source: 'shop' })).toBe(true);
    expect(holds({ source: [{ exactly: 'shop' }] }, { source: 'Shop' })).toBe(false);
    expect(refusal({ source: [{ exactly: 1 }] })).toBe('exact match pattern must be a string');
  });

  it('are the same IP address in whatever spelling', () => {
    const event = { ip: '2001:0db8:0:0:0:0:0:0001' };
    expect(holds({ ip: ['2001:db8::1'] }, event)).toBe(true);
    expect(holds({ ip: ['2001:db8::2'] }, event)).toBe(false);
    expect(holds({ ip: [{ cidr: '2001:db8::/32' }] }, event)).toBe(true);
    expect(holds({ ip: ['10.0.0.1'] }, { ip: '10.0.0.1' })).toBe(true);
  });

  it('are compared without case letter by letter', () => {
    expect(holds({ street: [{ 'equals-ignore-case': 'straße' }] }, { street: 'STRASSE' })).toBe(true);
    expect(holds({ street: [{ prefix: { 'equals-ignore-case': 'ÉCOLE (' } }] }, { street: 'école (2)' })).toBe(true);
  });

  it('that are named twice count once: the later one', () => {
    expect(holds({ detail: { a: [1] }, 'detail.a': [2] }, { detail: { a: 2 } })).toBe(true);
    expect(holds({ detail: { a: [1] }, 'detail.a': [2] }, { detail: { a: 1 } })).toBe(false);
  });
});

describe('$or', () => {
  it('is a name like any other where it cannot mean alternatives', () => {
    expect(holds({ $or: { a: [1] } }, { $or: { a: 1 } })).toBe(true);
    expect(holds({ $or: [1, 2] }, { $or: 2 })).toBe(true);
    expect(refusal({ $or: [{ prefix: 'x' }, { regex: ['y'] }] })).toBe('Unrecognized match type regex');
  });

  it('is multiplied out, up to a thousand ways', () => {
    const ten = (name: string) => ({ $or: Array.from({ length: 10 }, (_, n) => ({ [name]: [n] })) });
    const pattern = { a: ten('x'), b: ten('y'), c: ten('z') };
    expect(parsePattern(pattern).ways).toHaveLength(1000);
    expect(holds(pattern, { a: { x: 3 }, b: { y: 4 }, c: { z: 5 } })).toBe(true);
    expect(holds(pattern, { a: { x: 3 }, b: { y: 4 }, c: { z: 10 } })).toBe(false);
  });
});

describe('what is refused', () => {
  it.each<[unknown, string]>([
    [
      { a: [{ 'anything-but': ['x', 1] }] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [{ a: [{ 'anything-but': [true] }] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ a: [{ wildcard: 'a\\b*' }] }, 'Invalid escape character at pos 2'],
    [{ a: [{ wildcard: '花*\\' }] }, 'Invalid escape character at pos 5'],
    [{ a: [{ prefix: { suffix: 'x' } }] }, 'Unsupported prefix pattern: suffix'],
    [{ a: [{ numeric: ['<', 5, '>', 1] }] }, 'Too many elements in numeric expression'],
    [{ a: [{}] }, 'Match expression name not found'],
    [{ a: [{ cidr: '10.0.0.0/-1' }] }, 'Malformed CIDR, mask bits must not be negative'],
    ['[]', 'Filter is not an object'],
    [
      '{"source": ["a"]',
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"source": ["a"]"; line: 1, column: 1])\n at [Source: (String)"{"source": ["a"]"; line: 1, column: 17]',
    ],
    [{ detail: {} }, 'Empty objects are not allowed'],
  ])('%j', (pattern, reason) => {
    expect(refusal(pattern)).toBe(reason);
  });
});
