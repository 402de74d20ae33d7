/** What a state hands on is within AWS's 256 KiB to the byte, though few payloads are looked at as a whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXECUTION } from '../../test/support/execution.ts';
import { utf8Length } from '../utf8-length.ts';
import { compileMachine, drive, type Json, type JsonObject, MAX_PAYLOAD_BYTES } from './index.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
/** Where a result is put, and how a program would put it there. */
const PLACES: readonly { path: string; put: (to: JsonObject, value: Json) => JsonObject }[] = [
  { path: '$.a', put: (to, value) => ({ ...to, a: value }) },
  { path: "$['b \u0001']", put: (to, value) => ({ ...to, 'b \u0001': value }) },
  { path: '$.c.d', put: (to, value) => ({ ...to, c: { ...(to.c as JsonObject), d: value } }) },
];

interface Answer {
  place: number;
  text: string;
}

/** Tasks one after the other, each putting its answer into what it was given. */
function run(answers: readonly Answer[]) {
  const states = answers.map(({ place }, i) => [
    `S${i}`,
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
      ResultPath: PLACES[place]?.path,
      Next: i + 1 < answers.length ? `S${i + 1}` : 'Last',
    },
  ]);
  const definition = { StartAt: 'S0', States: Object.fromEntries([...states, ['Last', { Type: 'Succeed' }]]) };
  let given = 0;
  const answer = () => ({ output: answers[given++]?.text ?? null });
  const { state, events } = drive(
    compileMachine(definition as Json),
    { ...EXECUTION, input: {} },
    { now: NOW, answer },
  );
  return { state, left: events.filter(({ type }) => type === 'TaskStateExited').length };
}

/** How many of them are left, told by the text of what has been put together. */
function expected(answers: readonly Answer[]): number {
  let value: JsonObject = {};
  for (const [i, { place, text }] of answers.entries()) {
    value = PLACES[place]?.put(value, text) ?? value;
    if (utf8Length(JSON.stringify(value)) > MAX_PAYLOAD_BYTES) return i;
  }
  return answers.length;
}

describe('the payload limit', () => {
  it('stops the state whose output is over it, wherever results are put and whatever they are of', () => {
    const answer = fc.record({
      place: fc.nat({ max: PLACES.length - 1 }),
      text: fc
        .record({ sign: fc.constantFrom('x', 'é', '花', '"', '\u0001'), times: fc.nat({ max: 90_000 }) })
        .map(({ sign, times }) => sign.repeat(times))
        .filter((text) => utf8Length(JSON.stringify(text)) <= MAX_PAYLOAD_BYTES),
    });
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 6 }), (answers) => {
        const { state, left } = run(answers);
        expect(left).toBe(expected(answers));
        expect(state.error).toBe(left === answers.length ? undefined : 'States.DataLimitExceeded');
      }),
      { numRuns: 60 },
    );
  });

  it('is met to the byte, also where one result takes the place of another over and over', () => {
    const room = MAX_PAYLOAD_BYTES - '{"a":""}'.length;
    const full = { place: 0, text: 'x'.repeat(room) };
    expect(run([full, full, full]).state.status).toBe('SUCCEEDED');
    const over = { place: 0, text: 'x'.repeat(room + 1) };
    expect(run([full, over])).toMatchObject({
      left: 1,
      state: { status: 'FAILED', error: 'States.DataLimitExceeded' },
    });
  });
});
