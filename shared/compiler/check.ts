/**
 * Input: a journey's graph. Output: what is wrong with it as a drawing: ids, edges, entries, what cannot be reached, and
 * what each kind finds in its own nodes. What depends on how nodes are compiled (loops, lengths) is checked after
 * linking, in check-program.ts.
 */
import { IANAZone } from 'luxon';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph } from '../journey/graph.ts';
import { titleOf } from '../journey/title-of.ts';
import { segmentsMentioned, tagsMentioned } from '../journey/uses.ts';
import type { Words } from '../words.ts';
import { found } from './diagnostics.ts';
import { MAX_STATE_NAME, safeTitle } from './names.ts';

export interface CheckOptions {
  readonly knownTags?: readonly string[];
  readonly knownSegments?: readonly string[];
  readonly knownFamilies?: readonly string[];
}

export function check(graph: Graph, options: CheckOptions = {}): Diagnostic[] {
  return [
    ...duplicates(graph),
    ...edges(graph),
    ...entries(graph),
    ...nodes(graph),
    ...settings(graph),
    ...tags(graph, options.knownTags),
    ...segments(graph, options.knownSegments),
    ...family(graph, options.knownFamilies),
  ];
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.has(id) || !seen.add(id)))];
}

function duplicates({ journey }: Graph): Diagnostic[] {
  return [
    ...repeated(journey.nodes.map((n) => n.id)).map((id) =>
      found.duplicateId({ zh: '节点', en: 'nodes' }, id, { node: id }),
    ),
    ...repeated(journey.edges.map((e) => e.id)).map((id) =>
      found.duplicateId({ zh: '连线', en: 'edges' }, id, { edge: id }),
    ),
    ...repeated(journey.goals.map((g) => g.id)).map((id) =>
      found.duplicateId({ zh: '目标', en: 'goals' }, id, { field: 'goals' }),
    ),
    ...repeated(journey.exits.map((e) => e.id)).map((id) =>
      found.duplicateId({ zh: '退出规则', en: 'exits' }, id, { field: 'exits' }),
    ),
  ];
}

function edges(graph: Graph): Diagnostic[] {
  const { journey } = graph;
  const ids = new Set(journey.nodes.map((n) => n.id));
  const taken = new Set<string>();
  return journey.edges.flatMap((edge) => {
    const from = graph.node(edge.from.node);
    const outlet = from?.outlets.find((o) => o.id === edge.from.outlet);
    const place = `${edge.from.node}.${edge.from.outlet}`;
    const list: Diagnostic[] = [];
    if (!ids.has(edge.from.node) || (from && !outlet)) list.push(found.edgeFromNowhere(edge.id, place));
    if (!ids.has(edge.to)) list.push(found.edgeToNowhere(edge.id, edge.to));
    if (graph.node(edge.to)?.kind.entry) list.push(found.edgeIntoEntry(edge.id, edge.to));
    if (outlet && taken.has(place)) list.push(found.twoEdges(edge.id, edge.from.node, outlet.label));
    taken.add(place);
    return list;
  });
}

function entries(graph: Graph): Diagnostic[] {
  if (graph.entries.length === 0) return [found.noEntry()];
  return graph.nodes
    .filter((n) => !graph.reachable.has(n.node.id))
    .map((n) => found.unreachable(n.node.id, titleOf(n.node)));
}

function nodes(graph: Graph): Diagnostic[] {
  const own = graph.nodes.flatMap((n) => {
    const most = MAX_STATE_NAME - ` (${n.node.id})`.length;
    return [
      ...(safeTitle(n.node.title ?? '').length > most ? [found.titleTooLong(n.node.id, most)] : []),
      ...(n.kind.check?.(n.config, graph, n.node.id) ?? []),
    ];
  });
  // Once for a card, however many of its ways out lead nowhere.
  const free = Map.groupBy(
    graph.freeOutlets.filter((o) => graph.reachable.has(o.node)),
    (o) => o.node,
  );
  const loose = [...free].map(([node, outlets]) => {
    const at = graph.node(node)!;
    const labels = outlets.map(({ outlet }) => at.outlets.find(({ id }) => id === outlet)!.label);
    return found.freeOutlet(node, titleOf(at.node), at.outlets.length === 1 ? undefined : quoted(labels));
  });
  return [...own, ...loose];
}

const quoted = (labels: readonly Words[]): Words => ({
  zh: labels.map(({ zh }) => `「${zh}」`).join(''),
  en: labels.map(({ en }) => `“${en}”`).join(', '),
});

function settings({ journey }: Graph): Diagnostic[] {
  return journey.zone !== undefined && !IANAZone.isValidZone(journey.zone) ? [found.zoneUnknown(journey.zone)] : [];
}

/** A tag of a family (`浏览:cream-01`) is known when the family (`浏览`) is. */
function tags(graph: Graph, known: readonly string[] | undefined): Diagnostic[] {
  if (!known) return [];
  const keys = new Set(known);
  const unknown = (key: string): boolean => !keys.has(key) && !keys.has(key.split(':')[0]!);
  return tagsMentioned(graph)
    .filter(({ id }) => unknown(id))
    .map(({ id, place }) => found.tagUnknown(id, place));
}

function family({ journey }: Graph, known: readonly string[] | undefined): Diagnostic[] {
  const own = journey.entry.family;
  return own === undefined || known === undefined || known.includes(own) ? [] : [found.familyUnknown(own)];
}

function segments(graph: Graph, known: readonly string[] | undefined): Diagnostic[] {
  if (!known) return [];
  return segmentsMentioned(graph)
    .filter(({ id }) => !known.includes(id))
    .map(({ id, place }) => found.segmentUnknown(id, place));
}
