import { describe, expect, it } from 'vitest';
import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';
import type { Run, RunStep } from '../api/types.ts';
import { edgeKey } from '../canvas/overlay.ts';
import { runOverlay, visitsOf } from './run-overlay.ts';

const node = (id: string): JourneyNode => ({
  id,
  kind: 'x',
  kindVersion: 1,
  config: {},
  stage: 'touch',
  position: { x: 0, y: 0 },
});
const edge = (from: string, outlet: string, to: string) => ({ id: `${from}-${to}`, from: { node: from, outlet }, to });
const journey: Journey = {
  schema: 1,
  id: 'j',
  name: 'J',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes: ['in', 'wait', 'branch', 'yes', 'no'].map(node),
  edges: [
    edge('in', 'out', 'wait'),
    edge('wait', 'done', 'branch'),
    edge('branch', 'a', 'yes'),
    edge('branch', 'else', 'no'),
  ],
};
const step = (at: string | undefined, state: string): RunStep => ({
  ...(at !== undefined && { node: at }),
  state,
  type: 'Task',
  enteredAt: '2026-01-01T00:00:00.000Z',
});
const run = (status: 'active' | 'completed', steps: RunStep[]): Run => ({
  enrolment: { id: 'e', journey: 'j', version: 1, customer: 'u', status, enteredAt: '2026-01-01T00:00:00.000Z' },
  document: journey,
  status: 'RUNNING',
  steps,
  history: [],
});

describe('one run over the drawing', () => {
  it('rings the node where she waits and leaves dim what she has not reached', () => {
    const { nodes, edges } = runOverlay(journey, run('active', [step(undefined, 'Enter'), step('wait', 'Wait')]));
    expect(Object.fromEntries([...nodes].map(([id, o]) => [id, o.trace]))).toEqual({
      in: 'taken',
      wait: 'current',
      branch: 'rest',
      yes: 'rest',
      no: 'rest',
    });
    expect(edges.get(edgeKey('in', 'out'))?.taken).toBe(true);
    expect(edges.get(edgeKey('wait', 'done'))?.rest).toBe(true);
  });

  it('shows the branch that was taken and not the other', () => {
    const steps = [step('wait', 'Wait'), step('branch', 'Decide'), step('branch', 'Route'), step('no', 'Exit')];
    const { nodes, edges } = runOverlay(journey, run('completed', steps));
    expect(edges.get(edgeKey('branch', 'else'))?.taken).toBe(true);
    expect(edges.get(edgeKey('branch', 'a'))?.rest).toBe(true);
    expect(nodes.get('no')?.trace).toBe('taken');
  });

  it('takes the states of one node in a row as one visit', () => {
    expect(visitsOf([step('a', '1'), step('a', '2'), step('b', '3'), step('a', '4')])).toHaveLength(3);
  });
});
