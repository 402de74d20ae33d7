import type { Journey } from '../../../shared/journey/index.ts';
import type { Run, RunStep } from '../api/types.ts';
import { type EdgeOverlay, edgeKey, type NodeOverlay, type Overlay } from '../canvas/overlay.ts';

/** One visit of a node: the states of the machine that belong to it, one after the other. */
export interface Visit {
  readonly node: string;
  readonly states: readonly RunStep[];
}

/** States in a row that belong to the same node are one visit. */
export function visitsOf(steps: readonly RunStep[]): readonly Visit[] {
  const visits: { node: string; states: RunStep[] }[] = [];
  for (const step of steps) {
    if (step.node === undefined) continue;
    const last = visits.at(-1);
    if (last?.node === step.node) last.states.push(step);
    else visits.push({ node: step.node, states: [step] });
  }
  return visits;
}

/** The ways a customer took: passed outlets by the journal of the enrolment, else by the order of the visits. */
function takenEdges(journey: Journey, run: Run, visits: readonly Visit[]): Set<string> {
  const taken = new Set<string>();
  for (const [key, { outlet }] of Object.entries(run.enrolment.path ?? {})) {
    taken.add(edgeKey(key.replace(/#\d+$/, ''), outlet));
  }
  visits.forEach((visit, i) => {
    const next = visits[i + 1]?.node;
    const edges = journey.edges.filter((e) => e.from.node === visit.node && e.to === next);
    const only = edges.length === 1 ? edges[0] : undefined;
    if (only) taken.add(edgeKey(only.from.node, only.from.outlet));
  });
  return taken;
}

/** The enter node: the one of the journal or the entry through which the first visit is reached. */
function entryOf(journey: Journey, visits: readonly Visit[], taken: Set<string>): string | undefined {
  const first = visits[0]?.node;
  const leading = journey.edges.filter((e) => e.to === first);
  const known = leading.find((e) => taken.has(edgeKey(e.from.node, e.from.outlet)));
  return (known ?? (leading.length === 1 ? leading[0] : undefined))?.from.node;
}

/** One customer's path over the drawing: taken bright, the rest dim, where she is now ringed. */
export function runOverlay(journey: Journey, run: Run): Overlay {
  const visits = visitsOf(run.steps);
  const taken = takenEdges(journey, run, visits);
  const been = new Set(visits.map((v) => v.node));
  const entry = entryOf(journey, visits, taken);
  if (entry !== undefined) {
    been.add(entry);
    const edge = journey.edges.find((e) => e.from.node === entry && e.to === visits[0]?.node);
    if (edge) taken.add(edgeKey(entry, edge.from.outlet));
  }
  for (const key of taken) been.add(key.split(' ')[0] as string);
  const current = run.enrolment.status === 'active' ? (visits.at(-1)?.node ?? run.enrolment.at) : undefined;
  const failed = run.enrolment.status === 'failed' ? visits.at(-1)?.node : undefined;
  const nodes = new Map<string, NodeOverlay>(
    journey.nodes.map((n) => [
      n.id,
      { trace: n.id === current ? 'current' : n.id === failed ? 'failed' : been.has(n.id) ? 'taken' : 'rest' },
    ]),
  );
  const edges = new Map<string, EdgeOverlay>(
    journey.edges.map((e) => {
      const key = edgeKey(e.from.node, e.from.outlet);
      return [key, taken.has(key) && been.has(e.to) ? { taken: true } : { rest: true }];
    }),
  );
  return { nodes, edges };
}
