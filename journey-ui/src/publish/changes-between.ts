import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';

interface NodeChange {
  readonly what: 'added' | 'removed' | 'changed';
  readonly node: JourneyNode;
}

interface JourneyChanges {
  readonly nodes: readonly NodeChange[];
  /** How many lines came, went or lead elsewhere. */
  readonly lines: number;
  readonly settings: boolean;
}

/** What differs in effect between two documents; where a card stands on the canvas is none of it, its stage is. */
export function changesBetween(before: Journey, after: Journey): JourneyChanges {
  const old = new Map(before.nodes.map((n) => [n.id, n]));
  const kept = new Set(after.nodes.map((n) => n.id));
  const said = ({ position: _position, ...node }: JourneyNode): string => stable(node);
  const nodes = [
    ...after.nodes.flatMap((node): NodeChange[] => {
      const was = old.get(node.id);
      if (!was) return [{ what: 'added', node }];
      return said(was) === said(node) ? [] : [{ what: 'changed', node }];
    }),
    ...before.nodes.filter((n) => !kept.has(n.id)).map((node): NodeChange => ({ what: 'removed', node })),
  ];
  const linesOf = (j: Journey): string[] => j.edges.map((e) => `${e.from.node} ${e.from.outlet} ${e.to}`);
  const [was, is] = [linesOf(before), linesOf(after)];
  const lines = was.filter((l) => !is.includes(l)).length + is.filter((l) => !was.includes(l)).length;
  const frame = ({ nodes: _n, edges: _e, ...rest }: Journey): string => stable(rest);
  return { nodes, lines, settings: frame(before) !== frame(after) };
}

/** JSON with its keys in order, so that equal values are equal texts. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
