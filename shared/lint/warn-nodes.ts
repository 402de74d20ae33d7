import type { GraphNode } from '../journey/index.ts';
import type { Found } from './define-lint.ts';
import type { Garden } from './garden.ts';

type Told = Pick<Found, 'field' | 'message' | 'next'>;

/** A warning at each node of which there is something to tell. */
export const warnNodes = ({ journeys }: Garden, tell: (at: GraphNode) => Told | undefined): Found[] =>
  journeys.flatMap(({ journey, graph }) =>
    graph.nodes.flatMap((at) => {
      const told = tell(at);
      return told === undefined ? [] : [{ severity: 'warning', journey: journey.id, node: at.node.id, ...told }];
    }),
  );
