import { expect, test } from 'vitest';
import { drawn } from '../compiler/testing/build.ts';
import { graphOf } from './index.ts';

const journey = drawn(
  { in: ['enter-event'], a: ['message'], b: ['branch'], c: ['wait'], d: ['message'], alone: ['exit'] },
  ['in>a', 'a>b', 'b.a>c', 'c>a', 'b.else>d'],
);
const graph = graphOf(journey);

test('what lies before and behind a card', () => {
  expect([...graph.successors('b')].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([...graph.predecessors('d')].sort()).toEqual(['a', 'b', 'c', 'in']);
  expect(graph.target('b', 'else')).toBe('d');
  expect(graph.target('d', 'next')).toBeNull();
});

test('what can be reached, and where ways end', () => {
  expect([...graph.reachable].sort()).toEqual(['a', 'b', 'c', 'd', 'in']);
  expect(graph.freeOutlets).toEqual([{ node: 'd', outlet: 'next' }]);
  expect(graph.entries.map((n) => n.node.id)).toEqual(['in']);
});

test('loops, each with its cards', () => {
  expect(graph.loops.map((l) => [...l].sort())).toEqual([['a', 'b', 'c']]);
  expect(['a', 'b', 'c', 'd'].map(graph.onLoop)).toEqual([true, true, true, false]);
});

test('a card that leads to itself is a loop', () => {
  const self = { ...journey, edges: [{ id: 'x', from: { node: 'a', outlet: 'next' }, to: 'a' }] };
  expect(graphOf(self).loops).toEqual([['a']]);
});

test('a draft with edges to nowhere and cards of unknown kind can still be asked', () => {
  const draft = {
    ...journey,
    nodes: [...journey.nodes, { ...journey.nodes[0]!, id: 'odd', kind: 'pigeon' }],
    edges: [...journey.edges, { id: 'x', from: { node: 'd', outlet: 'next' }, to: 'gone' }],
  };
  expect(graphOf(draft).node('odd')).toBeUndefined();
  expect(graphOf(draft).outgoing('d')).toEqual([]);
});

test('a row of five thousand cards does not overflow anything', () => {
  const nodes = Array.from({ length: 5000 }, (_, i) => ({ ...journey.nodes[i === 0 ? 0 : 1]!, id: `n${i}` }));
  const edges = nodes.slice(1).map((n, i) => ({ id: `e${i}`, from: { node: `n${i}`, outlet: 'next' }, to: n.id }));
  const long = graphOf({ ...journey, nodes, edges });
  expect(long.reachable.size).toBe(5000);
  expect(long.loops).toEqual([]);
});
