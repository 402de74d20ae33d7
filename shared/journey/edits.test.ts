import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNode,
  canConnect,
  connect,
  deleteNodes,
  disconnect,
  duplicateNodes,
  emptyJourney,
  insertOnEdge,
  type Journey,
  moveNodes,
  parseDraft,
  pasteNodes,
  placeNode,
  setConfig,
  setJourney,
  setStage,
  setTitle,
} from './index.ts';

const at = (x: number) => ({ stage: 'touch' as const, position: { x, y: 0 } });

/** enter -> message -> exit */
function small(): Journey {
  let j = emptyJourney('j', '旅程');
  for (const [i, kind] of ['enter-event', 'message', 'exit'].entries())
    j = addNode(j, { kind, ...at(i * 300) }).journey;
  j = connect(j, { node: 'enter-event-1', outlet: 'next' }, 'message-1');
  return connect(j, { node: 'message-1', outlet: 'next' }, 'exit-1');
}
const arrows = (j: Journey): string[] => j.edges.map((e) => `${e.from.node}.${e.from.outlet}>${e.to}`).sort();

describe('drawing', () => {
  test('a new card starts with its kind’s defaults and an id of its own', () => {
    const { journey, node } = addNode(small(), { kind: 'message', ...at(900) });
    expect(node).toBe('message-2');
    expect(journey.nodes.at(-1)).toMatchObject({ kind: 'message', kindVersion: 1, config: { channel: 'inbox' } });
  });

  test('an edge from an outlet that has one replaces it', () => {
    const j = connect(small(), { node: 'enter-event-1', outlet: 'next' }, 'exit-1');
    expect(arrows(j)).toEqual(['enter-event-1.next>exit-1', 'message-1.next>exit-1']);
  });

  test('an edge is refused into an entry, onto itself, from an outlet that is not there, and twice', () => {
    const j = small();
    const refused: [string, string, string][] = [
      ['message-1', 'next', 'enter-event-1'],
      ['message-1', 'next', 'message-1'],
      ['message-1', 'sent', 'exit-1'],
      ['message-1', 'next', 'exit-1'],
      ['message-1', 'next', 'nobody'],
    ];
    for (const [node, outlet, to] of refused) {
      expect(canConnect(j, { node, outlet }, to)).toBe(false);
      expect(connect(j, { node, outlet }, to)).toBe(j);
    }
  });

  test('a card put into an edge takes its place in time, and what follows makes room', () => {
    const j = small();
    const { journey, node } = insertOnEdge(j, 'e-2', { kind: 'wait', stage: 'touch' });
    expect(node).toBe('wait-1');
    expect(arrows(journey)).toEqual(['enter-event-1.next>message-1', 'message-1.next>wait-1', 'wait-1.next>exit-1']);
    const x = Object.fromEntries(journey.nodes.map((n) => [n.id, n.position.x]));
    expect(x).toEqual({ 'enter-event-1': 0, 'message-1': 300, 'wait-1': 600, 'exit-1': 900 });
  });

  test('a card without a way out cannot be put into an edge', () => {
    const j = small();
    expect(insertOnEdge(j, 'e-2', { kind: 'exit', stage: 'touch' })).toEqual({ journey: j, node: null });
    expect(insertOnEdge(j, 'e-2', { kind: 'enter-tag', stage: 'touch' }).node).toBeNull();
  });

  test('a deleted card is bridged when it had one way on', () => {
    expect(arrows(deleteNodes(small(), ['message-1']))).toEqual(['enter-event-1.next>exit-1']);
  });

  test('deleting a card with several ways on leaves the way to it open', () => {
    let j = addNode(small(), { kind: 'split', ...at(600) }).journey;
    j = connect(j, { node: 'message-1', outlet: 'next' }, 'split-1');
    j = connect(connect(j, { node: 'split-1', outlet: 'a' }, 'exit-1'), { node: 'split-1', outlet: 'b' }, 'message-1');
    expect(arrows(deleteNodes(j, ['split-1']))).toEqual(['enter-event-1.next>message-1']);
  });

  test('an edge can be taken away', () => {
    const j = small();
    expect(arrows(disconnect(j, 'e-1'))).toEqual(['message-1.next>exit-1']);
    expect(disconnect(j, 'e77')).toBe(j);
  });
});

describe('changing', () => {
  test('new settings take away the edges of outlets that are gone', () => {
    const j = small();
    const split = setConfig(j, 'message-1', { channel: 'inbox', body: 'x', byResult: true });
    expect(arrows(split)).toEqual(['enter-event-1.next>message-1']);
  });

  test('settings that are not yet complete are kept, with all edges', () => {
    const half = setConfig(small(), 'message-1', { channel: 'inbox', body: '' });
    expect(arrows(half)).toEqual(arrows(small()));
    expect(half.nodes[1]!.config).toEqual({ channel: 'inbox', body: '' });
  });

  test('title, stage, place and the journey itself', () => {
    const j = setTitle(small(), 'message-1', '  欢迎 ');
    expect(j.nodes[1]!.title).toBe('欢迎');
    expect(setTitle(j, 'message-1', ' ').nodes[1]).not.toHaveProperty('title');
    expect(setStage(j, ['message-1'], 'trial').nodes[1]!.stage).toBe('trial');
    expect(setStage(j, ['message-1'], 'touch')).toBe(j);
    expect(placeNode(j, 'message-1', { x: 5, y: 6 }, 'loyalty').nodes[1]).toMatchObject({
      position: { x: 5, y: 6 },
      stage: 'loyalty',
    });
    expect(moveNodes(j, ['message-1'], 10, -5).nodes[1]!.position).toEqual({ x: 310, y: -5 });
    expect(moveNodes(j, ['message-1'], 0, 0)).toBe(j);
    expect(setJourney(j, { name: '新名字' })).toMatchObject({ name: '新名字', nodes: j.nodes });
  });
});

describe('copying', () => {
  test('a copied part keeps the edges inside it, and only those', () => {
    const { journey, nodes } = duplicateNodes(small(), ['message-1', 'exit-1']);
    expect(nodes).toEqual(['message-2', 'exit-2']);
    expect(arrows(journey)).toEqual([...arrows(small()), 'message-2.next>exit-2'].sort());
    expect(new Set(journey.edges.map((e) => e.id)).size).toBe(journey.edges.length);
  });

  test('what was copied in one journey can be pasted into another', () => {
    const { journey, nodes } = pasteNodes(emptyJourney('k', 'K'), small(), { dx: 100, dy: 0 });
    expect(nodes).toHaveLength(3);
    expect(journey.nodes[0]!.position.x).toBe(100);
    expect(journey.edges).toHaveLength(2);
  });
});

test('whatever is edited, the document stays readable, without edges to nowhere or two from one outlet', () => {
  const kinds = fc.constantFrom('message', 'wait', 'split', 'branch', 'wait-for', 'exit', 'tag', 'enter-tag');
  const pick = fc.nat(50);
  const edit = fc.oneof(
    fc.record({ do: fc.constant('add' as const), kind: kinds }),
    fc.record({ do: fc.constant('insert' as const), kind: kinds, edge: pick }),
    fc.record({ do: fc.constant('connect' as const), from: pick, to: pick, outlet: pick }),
    fc.record({ do: fc.constant('delete' as const), node: pick }),
    fc.record({ do: fc.constant('copy' as const), node: pick, and: pick }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
      let j = small();
      const before = structuredClone(j);
      const first = j;
      for (const e of edits) {
        const node = (n: number) => j.nodes[n % Math.max(1, j.nodes.length)]?.id ?? '';
        if (e.do === 'add') j = addNode(j, { kind: e.kind, ...at(0) }).journey;
        else if (e.do === 'insert')
          j = insertOnEdge(j, j.edges[e.edge % Math.max(1, j.edges.length)]?.id ?? '', {
            kind: e.kind,
            stage: 'trial',
          }).journey;
        else if (e.do === 'connect')
          j = connect(
            j,
            { node: node(e.from), outlet: ['next', 'a', 'b', 'else', 'timed-out'][e.outlet % 5]! },
            node(e.to),
          );
        else if (e.do === 'delete') j = deleteNodes(j, [node(e.node)]);
        else j = duplicateNodes(j, [node(e.node), node(e.and)]).journey;
      }
      expect(first).toEqual(before);
      const parsed = parseDraft(JSON.parse(JSON.stringify(j)));
      expect(parsed).toMatchObject({ ok: true, diagnostics: [] });
      const ids = new Set(j.nodes.map((n) => n.id));
      expect(ids.size).toBe(j.nodes.length);
      for (const edge of j.edges) expect(ids.has(edge.from.node) && ids.has(edge.to)).toBe(true);
      const outlets = j.edges.map((x) => `${x.from.node}.${x.from.outlet}`);
      expect(new Set(outlets).size).toBe(outlets.length);
    }),
    { numRuns: 150 },
  );
});
