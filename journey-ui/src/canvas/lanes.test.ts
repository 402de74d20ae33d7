import { describe, expect, it } from 'vitest';
import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';
import { BY_KEY } from '../../../shared/rules/index.ts';
import { laneAt, laneOf, lanesOf, placeOf, standingAt } from './lanes.ts';

const VOICE = { language: 'zh', names: BY_KEY } as const;

const node = (id: string, stage: JourneyNode['stage'], y: number): JourneyNode => ({
  id,
  kind: 'unknown-kind',
  kindVersion: 1,
  config: {},
  stage,
  position: { x: 100, y },
});
const journey = (...nodes: JourneyNode[]): Journey => ({
  schema: 1,
  id: 'j',
  name: 'J',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes,
  edges: [],
});

describe('stage lanes', () => {
  it('stand one below the other in the order of the stages, empty ones thin', () => {
    const lanes = lanesOf(journey(node('a', 'touch', 0)), VOICE);
    expect(lanes.map((l) => l.stage)).toEqual(['touch', 'trial', 'engage', 'monetize', 'loyalty']);
    lanes.reduce((top, lane) => {
      expect(lane.top).toBe(top);
      return top + lane.height;
    }, 0);
    expect(laneOf(lanes, 'touch').height).toBeGreaterThan(laneOf(lanes, 'trial').height);
  });

  it('grow with their cards and push down those below, whose nodes keep their place in the document', () => {
    const low = node('b', 'trial', 0);
    const before = placeOf(low, lanesOf(journey(node('a', 'touch', 0), low), VOICE));
    const after = placeOf(low, lanesOf(journey(node('a', 'touch', 190), low), VOICE));
    expect(after.y).toBeGreaterThan(before.y);
  });

  it('say where a dropped card stands, and give it back at the same spot', () => {
    const lanes = lanesOf(journey(node('a', 'touch', 0), node('b', 'engage', 0)), VOICE);
    const point = { x: 412, y: laneOf(lanes, 'engage').top + 40 };
    const stand = standingAt(lanes, point);
    expect(stand.stage).toBe('engage');
    expect(placeOf({ ...node('c', stand.stage, 0), position: stand.position }, lanes)).toEqual(point);
  });

  it('share among them what the window has to spare', () => {
    const lanes = lanesOf(journey(node('a', 'touch', 0)), VOICE, 2000);
    expect(lanes.reduce((sum, lane) => sum + lane.height, 0)).toBeCloseTo(2000);
    expect(laneOf(lanesOf(journey(), VOICE, 10), 'trial').height).toBe(
      laneOf(lanesOf(journey(), VOICE), 'trial').height,
    );
  });

  it('take in what is dropped above the first lane or below the last', () => {
    const lanes = lanesOf(journey(), VOICE);
    expect(laneAt(lanes, -500).stage).toBe('touch');
    expect(laneAt(lanes, 99_999).stage).toBe('loyalty');
  });

  it('read documents whose heights count from the top of the canvas', () => {
    const lanes = lanesOf(journey(node('a', 'monetize', 640), node('b', 'monetize', 700)), VOICE);
    expect(laneOf(lanes, 'monetize').height).toBeLessThan(260);
  });
});
