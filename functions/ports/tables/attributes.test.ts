import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { attributesOf } from './attributes.ts';

const kept = (value: unknown): unknown => unmarshall(attributesOf({ value }))['value'];

describe('what an app has sent, in a row', () => {
  it('comes back as it was', () => {
    const plain = { text: 'x', none: null, yes: true, number: -1.5, zero: 0, list: [1, ['a', {}]], empty: '' };
    expect(kept(plain)).toEqual(plain);
    expect(kept(new Uint8Array([1, 2]))).toEqual(new Uint8Array([1, 2]));
    expect(attributesOf({ a: undefined, b: () => 1, c: [undefined] })).toEqual({ c: { L: [{ NULL: true }] } });
  });

  it('as text where it is a number that JavaScript or DynamoDB cannot hold: ids of 64 bits, the very large and small', () => {
    const [id, tiny, large] = JSON.parse('[1234567890123456789, 1e-200, 1e308]') as number[];
    expect(kept({ id, tiny, large })).toEqual({ id: '1234567890123456800', tiny: '1e-200', large: '1e+308' });
    expect(kept(JSON.parse('[1e400, -1e400]'))).toEqual([null, null]);
    expect(kept(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('also where its members are called as those of every object', () => {
    const odd = JSON.parse('{"constructor":{"name":"Set"},"toString":"x","__proto__":{"admin":true}}') as unknown;
    expect(JSON.stringify(kept(odd))).toBe('{"constructor":{"name":"Set"},"toString":"x"}');
  });

  it('with what lies deeper than a table bears as a text', () => {
    const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown;
    let levels = 0;
    let at = kept(deep);
    for (; Array.isArray(at); at = at[0]) levels++;
    expect(levels).toBe(30);
    expect(JSON.parse(at as string)).toEqual(JSON.parse(`${'['.repeat(10)}${']'.repeat(10)}`));
  });
});
