/** The synchronous build is what the generator makes, and answers as JSONata itself does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import original from 'jsonata';
import { describe, expect, it } from 'vitest';
import { generateSyncJsonata } from './generate.ts';
import sync from './jsonata-sync.generated.js';

const DATA = {
  name: 'Ada',
  orders: [
    {
      id: 'a',
      price: 10.5,
      items: [
        { sku: 'x', n: 2 },
        { sku: 'y', n: 1 },
      ],
      tags: ['new'],
    },
    { id: 'b', price: 3, items: [{ sku: 'x', n: 5 }], tags: [] },
    { id: 'c', price: 99, items: [], tags: ['old', 'vip'] },
  ],
  address: { city: '上海', zip: null },
  nested: [
    [1, 2],
    [3, [4, 5]],
  ],
  when: '2026-03-01T09:00:00.000Z',
};

const EXPRESSIONS = [
  'name',
  'missing.deeper',
  'orders.price',
  'orders[price > 5].id',
  'orders[0]',
  'orders[-1].tags[0]',
  '$sum(orders.price)',
  '$average(orders.items.n)',
  '$max(orders.price) - $min(orders.price)',
  '$count(orders.tags)',
  'orders.items.sku',
  '$distinct(orders.items.sku)',
  'orders^(>price).id',
  'orders^(price, <id).id',
  '$sort(orders, function($a, $b) { $a.price > $b.price }).id',
  '$sort([5, 3, 9, 1, 7])',
  '$sort(["b", "a", "c"])',
  'orders{id: price}',
  'orders.items{sku: $sum(n)}',
  '$map(orders, function($o, $i) { $i & ":" & $o.id })',
  '$filter(orders, function($o) { $count($o.items) > 0 }).id',
  '$reduce([1..10], function($a, $b) { $a * $b })',
  '$reduce([1, 2, 3], $append, [])',
  '$each(address, function($v, $k) { $k & "=" & $string($v) })',
  '$sift(address, function($v) { $v != null })',
  '$single(orders, function($o) { $o.id = "b" }).price',
  '$single(orders, function($o) { $o.price > 1 })',
  '$merge([address, {"city": "北京"}])',
  '$keys(address)',
  '$lookup(address, "city")',
  '$spread(address)',
  '$exists(address.zip)',
  '$type(nested)',
  '$string(nested)',
  '$number("12.5") + 1',
  '$number("abc")',
  '$substring(name, 1)',
  '$substringBefore("a-b-c", "-")',
  '$uppercase(name) & $lowercase(name)',
  '$pad(name, 6, "*")',
  '$trim("  a  b ")',
  '$contains("abracadabra", /a.*c/)',
  '$match("ababbabbcc", /a(b+)/)',
  '$replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1")',
  '$replace("265USD", /([0-9]+)USD/, function($m) { $m.groups[0] & " dollars" })',
  '$split("so many words", " ")',
  '$split("a1b22c", /[0-9]+/)',
  '$join(orders.id, "/")',
  '$formatNumber(12345.6, "#,###.00")',
  '$formatBase(255, 16)',
  '$formatInteger(2789, "w")',
  '$parseInteger("twelve", "w")',
  '$round(2.5) & $round(3.5) & $round(12.345, 2)',
  '$floor(-1.5) + $ceil(1.2) + $abs(-3) + $sqrt(16) + $power(2, 8)',
  '$boolean([]) or $not(false)',
  '$zip([1, 2], ["a", "b"])',
  '$reverse(orders.id)',
  '$append([1], 2)',
  '$base64encode("hello") & $base64decode("aGVsbG8=")',
  '$encodeUrlComponent("a b&c")',
  '$decodeUrl("https%3A//x")',
  '$toMillis(when)',
  '$fromMillis(1510067557121, "[Y]-[M01]-[D01] [H]:[m]")',
  '$toMillis("2026-03", "[Y]-[M01]")',
  '$clone(address)',
  '$assert(name = "Ada", "no")',
  '$assert(name = "Bob", "not Bob")',
  '$error("stop")',
  '$eval("1 + 1")',
  '[1..5].($ * 2)',
  '[1..3] ~> $sum()',
  'name ~> $uppercase ~> $length',
  '($square := function($x) { $x * $x }; $square(7))',
  '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))',
  '($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(100))',
  '($add := function($a, $b) { $a + $b }; $inc := $add(1, ?); $inc(41))',
  '$map([1, 2, 3], $string)',
  '$map(["a", "b"], $substring(?, 0, 1))',
  'name = "Ada" ? "yes" : "no"',
  '1 in [1, 2] and "x" in ["y"]',
  'orders.{"id": id, "total": $sum(items.n)}',
  '{"a": orders[price > 50].id, "b": missing}',
  '[orders.id, missing, name]',
  '**.sku',
  'orders.*.sku',
  'orders.items.%.id',
  'orders@$o.items@$i.{"o": $o.id, "s": $i.sku}',
  'orders#$n.{"n": $n, "id": id}',
  'orders ~> |$|{"seen": true}|',
  'orders ~> |$|{"cost": price}, ["price", "items"]|',
  '"a" & 1 & true & null',
  '1 / 0',
  '5 % 3 = 2',
  '-orders[0].price',
  '-name',
  'name + 1',
  'name > 1',
  '$nothing(1)',
  '$sum("a")',
  '$sum(1, 2)',
  '/a/',
  '$type(function($x) { $x })',
  'orders[tags[0] = "vip" or tags[1] = "vip"].id',
  '(name; address.city)',
  '$count(orders[].items[])',
  'nested[0][1]',
  '`name`',
  'address."city"',
  '$$.name',
  'orders.($$.name & id)',
  '$x + $y.z',
];

const BINDINGS = { x: 2, y: { z: 3 } };

/** The answer, or the error's code and message. Functions are told by their kind. */
async function outcome(run: () => unknown): Promise<unknown> {
  try {
    const value = await run();
    return { value: JSON.parse(JSON.stringify({ value }) ?? '{}') };
  } catch (error) {
    const { code, message, token } = error as { code?: string; message?: string; token?: string };
    return { code, message, token };
  }
}

describe('JSONata without promises', () => {
  it('is the file that the generator makes from the package', () => {
    const main = createRequire(import.meta.url).resolve('jsonata');
    const folder = dirname(main);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const licence = readFileSync(join(folder, 'LICENSE'), 'utf8');
    const made = generateSyncJsonata(readFileSync(main, 'utf8'), version, licence);
    const file = new URL('./jsonata-sync.generated.js', import.meta.url);
    if (process.env.UPDATE_GENERATED) writeFileSync(file, made);
    expect(readFileSync(file, 'utf8')).toBe(made);
    expect(version).toBe('2.0.6');
  });

  it('refuses another source than the one it knows', () => {
    expect(() => generateSyncJsonata('async function x() { await y(); }', '9', 'MIT')).toThrow('jsonata 9');
  });

  it.each(EXPRESSIONS)('answers %s as the original does', async (text) => {
    const wanted = await outcome(() => original(text).evaluate(structuredClone(DATA), { ...BINDINGS }));
    const got = await outcome(() => sync(text).evaluate(structuredClone(DATA), { ...BINDINGS }, 0));
    expect(got).toEqual(wanted);
  });

  it.each([
    'a ?? b',
    'a ?: b',
    '(',
    '"open',
    '$f(',
    'a.[',
    '/x',
    '{"a"}',
  ])('refuses %s as the original does', async (text) => {
    const wanted = await outcome(() => original(text));
    const got = await outcome(() => sync(text));
    expect(got).toEqual(wanted);
    expect(wanted).toHaveProperty('code');
  });

  it('tells the time that it is given', () => {
    expect(sync('$now() & " " & $millis()').evaluate(undefined, {}, 1_000)).toBe('1970-01-01T00:00:01.000Z 1000');
  });

  it('sorts a list that would not fit on the stack', () => {
    const list = Array.from({ length: 50_000 }, (_, i) => (i * 7_919) % 50_000);
    const sorted = sync('$sort($list)').evaluate(undefined, { list }, 0) as number[];
    expect([...sorted]).toEqual(Array.from({ length: 50_000 }, (_, i) => i));
  });
});
