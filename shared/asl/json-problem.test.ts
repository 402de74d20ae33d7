import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonProblem } from './json-problem.ts';

const told = (text: string) => jsonProblem(text)?.message;

it('tells a text that is no JSON as AWS does', () => {
  expect(jsonProblem('not a definition')).toEqual({
    message:
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    line: 1,
    column: 4,
  });
  expect(jsonProblem("{'a': 1}")).toEqual({
    message: "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    line: 1,
    column: 3,
  });
  expect(told('{"a" 1}')).toBe(
    "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
  );
  expect(told('{"a":1 "b":2}')).toBe(
    `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
  );
  expect(told('[1 2]')).toBe("Unexpected character ('2' (code 50)): was expecting comma to separate Array entries");
  expect(told('{"a":1,}')).toBe(
    "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
  );
  expect(told('[01]')).toBe('Invalid numeric value: Leading zeroes not allowed');
  expect(told('"a\\x"')).toBe("Unrecognized character escape 'x' (code 120)");
  expect(jsonProblem('{\n"a": [1')).toEqual({
    message:
      'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{\n"a": [1"; line: 2, column: 6])',
    line: 2,
    column: 8,
  });
});

it('finds a problem in every text that is no JSON, and in no other', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const broken = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, more]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + more + text.slice(place + 1);
  });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => (told(text) === undefined) === isJson(text)),
  );
});
