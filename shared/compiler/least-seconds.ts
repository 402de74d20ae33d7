import type { GraphNode } from '../journey/graph.ts';
import { builderFor } from './builder.ts';

/**
 * How long customers stay at a node at least, in seconds: what it is compiled to knows. Zero where nobody can say, since
 * what is awaited may be there already, and the hour of the day may be now.
 */
export function leastSeconds(journey: string, { node, kind, config, outlets }: GraphNode): number {
  const build = builderFor(
    journey,
    node.id,
    outlets.map(({ id }) => id),
  );
  const states = kind.lower?.(config, build).states ?? [];
  return states.reduce((sum, it) => sum + (it.type === 'wait' && 'seconds' in it.for ? it.for.seconds : 0), 0);
}
