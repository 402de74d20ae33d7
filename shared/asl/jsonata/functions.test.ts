/** What Step Functions' own functions do with arguments that nobody expects, and what is said of them in the cause. */
import { describe, expect, it } from 'vitest';
import type { StateFailure } from '../failure.ts';
import { evaluateJsonata } from './evaluate.ts';

const scope = { input: {}, context: () => ({}), vars: () => ({}), random: [1, 2, 3, 4], now: 0 } as never;

/** The value of an expression, or what AWS would say of its failure. */
function told(expression: string): unknown {
  try {
    return evaluateJsonata(`{% ${expression} %}`, { scope }, 'Output');
  } catch (error) {
    const { cause = '' } = (error as StateFailure).failure;
    return cause.slice(cause.indexOf("field 'Output' ") + "field 'Output' ".length);
  }
}

const NOTHING = 'returned nothing (undefined).';
const threw = (what: string) => `threw an error during evaluation. ${what}`;
const signature = (name: string, at: number) =>
  threw(`T0410: Argument ${at} of function "${name}" does not match function signature`);

describe("Step Functions' own functions of JSONata", () => {
  it.each([
    ['$parse("null")', null],
    ['$parse($missing)', NOTHING],
    ['$parse("{")', threw('D3137: Invalid JSON')],
    ['$parse("")', threw('D3137: Invalid JSON')],
    ['$parse("1 2")', threw('D3137: Invalid JSON')],
    ['$parse("1e999")', threw('D3137: Invalid JSON')],
    ['$parse("{\\"a\\":1,\\"a\\":2}")', threw('D3137: Invalid JSON')],
    ['$parse(1)', signature('parse', 1)],
    ['$parse("1", 2)', signature('parse', 2)],
    ['$map(["1", "[2]"], $parse)', [1, [2]]],
  ])('a text that is read: %s', (expression, answer) => expect(told(expression)).toEqual(answer));

  it.each([
    ['$partition([1..3], 2.9)', [[1, 2], [3]]],
    ['$partition([1..3])', [[1, 2, 3]]],
    ['$partition([], 2)', NOTHING],
    ['$partition([1], 0.5)', NOTHING],
    ['$partition([1], -1)', threw('D3137: Second argument must be zero or greater')],
    ['$partition("a", 1)', threw('T0412: Argument 1 of function "partition" must be an array of undefined')],
    ['$partition([1], "a")', signature('partition', 2)],
  ])('a list in parts: %s', (expression, answer) => expect(told(expression)).toEqual(answer));

  it.each([
    ['$range(0, 6, 2)', [0, 2, 4, 6]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(4, 4, 1)', 4],
    ['$range(1, 4, 0)', NOTHING],
    ['$range(1, 4, -1)', NOTHING],
    ['$range(1, 4)', NOTHING],
    ['$count($range(1, 5000, 1))', 5000],
    ['$range("1", 4, 1)', signature('range', 1)],
  ])('a range of numbers: %s', (expression, answer) => expect(told(expression)).toEqual(answer));

  it('a range that would not fit is told like any list that would not', () => {
    expect(told('$range(1, 9999999, 1)')).toBe(
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    );
  });

  it.each([
    ['$hash("a")', NOTHING],
    ['$hash(1, "MD5")', signature('hash', 1)],
    ['$hash("a", "md5")', threw("D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5")],
    ['$random("a")', signature('random', 1)],
    ['$random(42)', 0.7275636800328681],
    ['$uuid(1)', signature('uuid', 1)],
  ])('a hash, a number or a name: %s', (expression, answer) => expect(told(expression)).toEqual(answer));

  it.each([
    ['$assert(1 = 2, "no")', 'D3141: no'],
    ['$error("no")', 'D3137: no'],
    [
      '$formatNumber(1, "x")',
      'D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character',
    ],
  ])("JSONata's own refusals bear their code: %s", (expression, answer) =>
    expect(told(expression)).toBe(threw(answer)));
});
