import { describe, expect, it } from 'vitest';
import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';
import { changesBetween } from './changes-between.ts';

const node = (id: string, more: Partial<JourneyNode> = {}): JourneyNode => ({
  id,
  kind: 'wait',
  kindVersion: 1,
  config: { duration: 'P1D', until: '10:00' },
  stage: 'touch',
  position: { x: 0, y: 0 },
  ...more,
});
const journey = (nodes: JourneyNode[], more: Partial<Journey> = {}): Journey => ({
  schema: 1,
  id: 'j',
  name: 'J',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes,
  edges: [],
  ...more,
});

describe('what changed since the version that runs', () => {
  it('is nothing when cards were only moved, or keys written in another order', () => {
    const after = journey([node('a', { position: { x: 500, y: 20 }, config: { until: '10:00', duration: 'P1D' } })]);
    expect(changesBetween(journey([node('a')]), after)).toEqual({ nodes: [], lines: 0, settings: false });
  });

  it('names cards that came, went, or say something else', () => {
    const before = journey([node('a'), node('b')]);
    const after = journey([node('b', { stage: 'trial' }), node('c')]);
    expect(changesBetween(before, after).nodes.map(({ what, node: n }) => `${n.id} ${what}`)).toEqual([
      'b changed',
      'c added',
      'a removed',
    ]);
  });

  it('counts lines and sees settings', () => {
    const edge = { id: 'e', from: { node: 'a', outlet: 'out' }, to: 'b' };
    const before = journey([node('a'), node('b')], { edges: [edge] });
    const after = journey([node('a'), node('b')], { edges: [{ ...edge, to: 'a' }], name: 'K' });
    expect(changesBetween(before, after)).toMatchObject({ lines: 2, settings: true });
  });
});
