/**
 * State machines of several shapes that our interpreter and aws-local-stepfunctions 3 both can run: the very same
 * JSONPath definition for both. `jsonata`: the same intent as we would write it, for ours alone.
 */
import type { JsonObject } from '../../shared/asl/index.ts';

export interface MachineShape {
  readonly name: string;
  readonly definition: JsonObject;
  readonly jsonata?: JsonObject;
}

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:touch';

/** States one after the other: each goes to the next, the last one ends. */
function chain(states: Record<string, JsonObject>): JsonObject {
  const names = Object.keys(states);
  const linked = names.map((name, i) => {
    const next = names[i + 1];
    return [name, { ...states[name], ...(next ? { Next: next } : { End: true }) }];
  });
  return { StartAt: names[0] as string, States: Object.fromEntries(linked) };
}

const numbered = (count: number, state: (n: number) => JsonObject, name = 'Step') =>
  chain(Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name} ${n}`, state(n)])));

/** A small journey: looks at its input, branches, calls a function, waits, branches on the answer and ends. */
export const JOURNEY: MachineShape = {
  name: 'journey',
  definition: {
    StartAt: 'Enter',
    States: {
      Enter: { Type: 'Pass', Parameters: { 'id.$': '$.id', 'score.$': '$.n' }, Next: 'High' },
      High: {
        Type: 'Choice',
        Choices: [
          {
            And: [{ Variable: '$.score', NumericGreaterThan: 10 }, { Not: { Variable: '$.id', StringEquals: 'none' } }],
            Next: 'Touch',
          },
        ],
        Default: 'Left',
      },
      Touch: {
        Type: 'Task',
        Resource: FUNCTION,
        Parameters: { 'customer.$': '$.id' },
        ResultPath: '$.answer',
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Answered' },
      Answered: {
        Type: 'Choice',
        Choices: [{ Variable: '$.answer.ok', BooleanEquals: true, Next: 'Note' }],
        Default: 'Left',
      },
      Note: { Type: 'Pass', Parameters: { 'id.$': '$.id', done: true }, Next: 'Left' },
      Left: { Type: 'Succeed' },
    },
  },
  jsonata: {
    QueryLanguage: 'JSONata',
    StartAt: 'Enter',
    States: {
      Enter: { Type: 'Pass', Output: { id: '{% $states.input.id %}', score: '{% $states.input.n %}' }, Next: 'High' },
      High: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.score > 10 and $states.input.id != "none" %}', Next: 'Touch' }],
        Default: 'Left',
      },
      Touch: {
        Type: 'Task',
        Resource: FUNCTION,
        Arguments: { customer: '{% $states.input.id %}' },
        Output: { id: '{% $states.input.id %}', answer: '{% $states.result %}' },
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Answered' },
      Answered: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.answer.ok %}', Next: 'Note' }],
        Default: 'Left',
      },
      Note: { Type: 'Pass', Output: { id: '{% $states.input.id %}', done: true }, Next: 'Left' },
      Left: { Type: 'Succeed' },
    },
  },
};

export const SHAPES: readonly MachineShape[] = [
  JOURNEY,
  {
    name: 'ten Pass states',
    definition: numbered(10, (n) => ({ Type: 'Pass', Parameters: { 'id.$': '$.id', 'n.$': '$.n', step: n } })),
  },
  {
    name: 'a Choice loop, ten times round',
    definition: {
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Parameters: { 'id.$': '$.id', i: 0 }, Next: 'Enough' },
        Enough: {
          Type: 'Choice',
          Choices: [{ Variable: '$.i', NumericGreaterThanEquals: 10, Next: 'Left' }],
          Default: 'Count',
        },
        Count: { Type: 'Pass', Parameters: { 'id.$': '$.id', 'i.$': 'States.MathAdd($.i, 1)' }, Next: 'Enough' },
        Left: { Type: 'Succeed' },
      },
    },
  },
  {
    name: 'five Tasks',
    definition: numbered(5, () => ({ Type: 'Task', Resource: FUNCTION, ResultPath: '$.answer' })),
  },
  {
    name: 'five Waits',
    definition: numbered(5, () => ({ Type: 'Wait', Seconds: 60 })),
  },
  {
    name: 'Parallel, three branches of two',
    definition: chain({
      Both: {
        Type: 'Parallel',
        Branches: [0, 1, 2].map((branch) => numbered(2, () => ({ Type: 'Pass' }), `Branch ${branch}, step`)),
      },
    }),
  },
  {
    name: 'Map over ten items',
    definition: chain({
      Items: { Type: 'Pass', Result: { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } },
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: numbered(1, () => ({ Type: 'Pass' }), 'Item'),
      },
    }),
  },
];
