/** Journeys for tests, written as they would be drawn: cards, then arrows. */
import { addNode, connect, emptyJourney, type Journey } from '../../journey/index.ts';

/** `cards`: id -> [kind, config, title]; `arrows`: "a>b" (first outlet) or "a.outlet>b". */
export function drawn(
  cards: Readonly<Record<string, readonly [kind: string, config?: unknown, title?: string]>>,
  arrows: readonly string[],
  change: Partial<Journey> = {},
): Journey {
  let journey = emptyJourney('test', '测试旅程');

  for (const [id, [kind, config, title]] of Object.entries(cards)) {
    const added = addNode(journey, {
      kind,
      stage: 'touch',
      position: { x: journey.nodes.length * 300, y: 0 },
      ...(config !== undefined && { config }),
      ...(title !== undefined && { title }),
    });
    const nodes = added.journey.nodes.map((n) => (n.id === added.node ? { ...n, id } : n));
    journey = { ...added.journey, nodes };
  }
  for (const arrow of arrows) {
    const [from, to] = arrow.split('>') as [string, string];
    const [node, outlet] = from.split('.') as [string, string | undefined];
    journey = connect(journey, { node, outlet: outlet ?? 'next' }, to);
  }
  return { ...journey, ...change };
}
