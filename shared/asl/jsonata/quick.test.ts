/** The closures of simple expressions answer as JSONata's evaluator does, or leave the answer to it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import parse from './jsonata-sync.generated.js';
import { type Bindings, HARD, quickly } from './quick.ts';

const NAMES = ['a', 'b', 'length', 'constructor'];
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -0, 1, 2.5, 1e21, 0.1, 123456789012345680, '', '1', 'a', '上海'),
  fc.integer({ min: -3, max: 3 }),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { noNullPrototype: true, maxKeys: 3 }),
  ),
}));

const literal = fc.constantFrom('1', '-2', '0.1', '0', '"a"', '"1"', '""', 'true', 'false', 'null');
const path = fc
  .tuple(
    fc.constantFrom('$states.input', '$states.result', '$states.errorOutput', '$states.context', '$x', '$none', '$sum'),
    fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }),
  )
  .map(([root, names]) => [root, ...names].join('.'));
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'and', 'or', '+', '-', '*', '/', '%', '&', 'in');
const { text } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    literal,
    path,
    fc.tuple(tie('text'), operator, tie('text')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie('text'), tie('text'), tie('text')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}) ? (${b})`),
    fc.array(tie('text'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `{"a": ${a}, "b": ${b}}`),
    tie('text').map((inner) => `$not(${inner})`),
    fc.tuple(path, tie('text')).map(([a, b]) => `${a}[${b}]`),
  ),
}));

/** As it is kept: JSON. */
const plain = (found: unknown): unknown => (found === undefined ? undefined : JSON.parse(JSON.stringify(found)));

function evaluated(source: string, states: JsonObject, vars: JsonObject): unknown {
  try {
    return { value: plain(parse(source).evaluate(undefined, { ...vars, states }, 0)) };
  } catch (error) {
    return { error: (error as { code?: string }).code };
  }
}

const bindingsOf = (states: { input: Json; result: Json; context: Json }, vars: JsonObject): Bindings => ({
  scope: { input: states.input, context: () => states.context, vars: () => vars },
  result: states.result,
});

const answer = (source: string, input: Json = {}): unknown =>
  quickly(parse(source).ast())?.(bindingsOf({ input, result: null, context: {} }, { x: 1 }));

describe('a simple expression', () => {
  it('has the value that JSONata gives it, whatever it is about, or is left to JSONata', () => {
    let answers = 0;
    fc.assert(
      fc.property(text, value, value, value, value, (source, input, result, context, x) => {
        const quick = quickly(parse(source).ast());
        const states = { input, result, context };
        const found = quick?.(bindingsOf(states, { x }));
        if (!quick || found === HARD) return;
        answers++;
        expect({ value: plain(found) }).toEqual(evaluated(source, states, { x }));
      }),
      { numRuns: 4_000 },
    );
    expect(answers).toBeGreaterThan(500);
  });

  it('reads what states usually read without JSONata', () => {
    expect(answer('$states.input.customer.id', { customer: { id: 'u1' } })).toBe('u1');
    expect(answer('$states.input.list', { list: [1] })).toEqual([1]);
    expect(answer('$x + 1 >= 2 and $states.input.tag in ["new", "vip"]', { tag: 'vip' })).toBe(true);
    expect(answer('{"id": $states.input.id, "greeting": "Hi " & $states.input.id}', { id: 7 })).toEqual({
      id: 7,
      greeting: 'Hi 7',
    });
  });

  it('is left to JSONata where lists, functions or errors come in', () => {
    expect(answer('$states.input.orders.id', { orders: [{ id: 1 }] })).toBe(HARD);
    expect(answer('$states.input.a > 1', { a: 'x' })).toBe(HARD);
    expect(answer('1 / 0')).toBe(HARD);
    expect(answer('$sum')).toBe(HARD);
    expect(answer('$sum([1])')).toBeUndefined();
    expect(answer('$states.input[0]')).toBeUndefined();
  });
});
