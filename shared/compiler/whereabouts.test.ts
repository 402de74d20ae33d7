import { expect, test } from 'vitest';
import { graphOf } from '../journey/index.ts';
import { sampleFacts } from '../nodes/index.ts';
import { compile, standsAt } from './index.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drawn } from './testing/build.ts';

test('after a step she stands at the wait behind it, through any splits', () => {
  const parts = [
    { id: 'a', percent: 100 },
    { id: 'b', percent: 0 },
  ];
  const journey = drawn({ in: ['enter-event'], m: ['message'], s: ['split', { parts }], w: ['wait'], x: ['exit'] }, [
    'in>m',
    'm>s',
    's.a>w',
    's.b>x',
    'w>x',
  ]);
  const result = compile(journey, { version: 1, functions: FUNCTIONS });
  if (!result.ok) throw new Error('does not compile');
  const at = (from: string, outlet: string) => standsAt(result.map, graphOf(journey), from, outlet, sampleFacts());
  expect(at('in', 'next')).toBe('m');
  expect(at('m', 'next')).toBe('w');
  expect(at('w', 'next')).toBe('x');
});

test('at a free outlet she stands at the end', () => {
  const journey = drawn({ in: ['enter-event'], m: ['message'] }, ['in>m']);
  const result = compile(journey, { version: 1, functions: FUNCTIONS });
  if (!result.ok) throw new Error('does not compile');
  expect(standsAt(result.map, graphOf(journey), 'm', 'next', sampleFacts())).toBe('end');
});
