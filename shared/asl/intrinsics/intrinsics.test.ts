/** Intrinsic functions and JSONPath, alone. AWS's recordings hold the rest (test/conformance). */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { PathNotFoundError, readPath, writePath } from '../jsonpath/evaluate.ts';
import { parsePath } from '../jsonpath/parse.ts';
import { seedRandom } from '../random.ts';
import { parseTimestamp } from '../time.ts';
import { INTRINSICS } from './functions.ts';
import { HASH_ALGORITHMS, hashText } from './hash.ts';
import { parseExpression } from './parse.ts';

const call = (name: string, ...args: Json[]) => INTRINSICS[`States.${name}`]?.(args, seedRandom('x'));

describe('intrinsic functions', () => {
  it.each(HASH_ALGORITHMS)('hash %s as node:crypto does', (algorithm) => {
    const name = algorithm.replace('SHA-', 'sha').toLowerCase();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(hashText(text, algorithm)).toBe(createHash(name).update(text).digest('hex'));
      }),
      { numRuns: 40 },
    );
  });

  it('format, split, merge and do sums as AWS documents them', () => {
    expect(call('Format', 'Hello, {} and \\{{}\\}', 'Ada', [1])).toBe('Hello, Ada and {[1]}');
    expect(call('StringSplit', 'a.b,,c', '.,')).toEqual(['a', 'b', 'c']);
    expect(call('JsonMerge', { a: 1, b: 1 }, { b: 2 }, false)).toEqual({ a: 1, b: 2 });
    expect(call('MathAdd', 1.5, -2.5)).toBe(0);
    expect(call('ArrayUnique', [1, '1', 1, { a: [2] }, { a: [2] }])).toEqual([1, '1', { a: [2] }]);
    expect(call('Base64Decode', call('Base64Encode', '花径') as Json)).toBe('花径');
  });

  it('fail with States.IntrinsicFailure on a wrong argument', () => {
    const failed = { failure: expect.objectContaining({ error: 'States.IntrinsicFailure' }) };
    for (const [name, ...args] of [
      ['Format', '{}'],
      ['ArrayGetItem', [1], 3],
      ['ArrayRange', 1, 2_000, 1],
      ['Hash', 'x', 'CRC'],
      ['StringToJson', '{'],
    ] as [string, ...Json[]][]) {
      expect(() => call(name, ...args)).toThrow(expect.objectContaining(failed));
    }
  });

  it('are read with nested calls, escapes and paths', () => {
    expect(
      parseExpression(
        "States.Format('it\\'s {}', States.ArrayGetItem($.a['b c'], 0), $$.State.Name, $v.x, -1.5, null)",
      ),
    ).toMatchObject({
      kind: 'call',
      args: [
        { value: "it's {}" },
        { name: 'States.ArrayGetItem' },
        { path: { root: { kind: 'context' } } },
        { path: { root: { name: 'v' } } },
        { value: -1.5 },
        { value: null },
      ],
    });
    expect(() => parseExpression("States.Format('a\\\"b')")).toThrow();
    expect(() => parseExpression('States.Format(')).toThrow();
  });
});

describe('JSONPath', () => {
  const store = {
    book: [
      { t: 'a', p: 8, tags: ['x'] },
      { t: 'b', p: 12 },
      { t: 'c', p: 22, tags: ['x', 'y'] },
    ],
    'odd name': { v: null },
  };
  it.each<[string, Json]>([
    ['$.book[0].t', 'a'],
    ['$.book[-1].p', 22],
    ["$['odd name'].v", null],
    ['$.book[*].t', ['a', 'b', 'c']],
    ['$.book[1:].t', ['b', 'c']],
    ['$.book[0,2].p', [8, 22]],
    ['$..p', [8, 12, 22]],
    ['$.book[?(@.p > 10 && @.t != "c")].t', ['b']],
    ['$.book[?(@.tags)].t', ['a', 'c']],
    ['$.book[?(!(@.tags))].t', ['b']],
    ["$.book[?('y' in @.tags)].t", ['c']],
    ['$.book[?(@.t =~ /[ab]/)].p', [8, 12]],
    ['$.book.length()', 3],
    // Several names make one object; what is not there is not in a list.
    ["$.book[0]['t', 'p', 'nope']", { t: 'a', p: 8 }],
    [
      "$.book[1:]['t', 'p']",
      [
        { t: 'b', p: 12 },
        { t: 'c', p: 22 },
      ],
    ],
    ['$.nothing[*].t', []],
  ])('reads %s', (path, wanted) => {
    expect(readPath(store as unknown as Json, parsePath(path))).toEqual(wanted);
  });

  it('says where a definite path ended', () => {
    expect(() => readPath({ a: {} }, parsePath('$.a.b'))).toThrow(
      new PathNotFoundError("No results for path: $['a']['b']"),
    );
    expect(() => readPath({ a: {} }, parsePath('$.x.y.z'))).toThrow(
      new PathNotFoundError("Missing property in path $['x']"),
    );
  });

  it('picks several members only at its end, and slices only arrays', () => {
    expect(() => readPath({ a: { v: 1 }, b: { v: 2 } }, parsePath("$['a', 'b'].v"))).toThrow(
      new PathNotFoundError("Multi properties can only be used as path leafs: $['a', 'b']"),
    );
    expect(() => readPath({ a: 1 }, parsePath('$[0:2]'))).toThrow(PathNotFoundError);
  });

  it('writes without touching what was there', () => {
    const before: Json = { a: { b: 1 }, list: [1, 2] };
    expect(writePath(before, parsePath('$.a.c.d'), 2)).toEqual({ a: { b: 1, c: { d: 2 } }, list: [1, 2] });
    expect(writePath(before, parsePath('$.list[1]'), 9)).toEqual({ a: { b: 1 }, list: [1, 9] });
    expect(before).toEqual({ a: { b: 1 }, list: [1, 2] });
    expect(() => writePath({ a: 1 }, parsePath('$.a.b'), 2)).toThrow('Unable to apply step');
  });
});

describe('timestamps', () => {
  it('are read with an offset or Z and nothing less', () => {
    expect(parseTimestamp('2016-02-29T21:29:29.5+08:00')).toBe(Date.parse('2016-02-29T13:29:29.500Z'));
    for (const wrong of [
      '2016-03-14',
      '2016-03-14T01:59:00',
      '2016-03-14 01:59:00Z',
      '2015-02-29T00:00:00Z',
      '2016-13-01T00:00:00Z',
      '2016-03-14T01:59Z',
    ]) {
      expect(parseTimestamp(wrong)).toBeUndefined();
    }
  });
});
