import { graphOf, type Journey } from '../../../shared/journey/index.ts';
import { STAGE_NAMES } from '../../../shared/stages.ts';
import { useVoice } from '../api/use-names.ts';
import { cardOf } from '../canvas/card-model.ts';
import { useWords } from '../i18n/index.ts';
import { select } from '../store/editor.ts';

/** The nodes in walking order, for those who hear the canvas rather than see it. */
export function NodeList({ journey }: { journey: Journey }) {
  const { t, say } = useWords();
  const voice = useVoice();
  const graph = graphOf(journey);
  const order: string[] = [];
  const visit = (id: string): void => {
    if (order.includes(id)) return;
    order.push(id);
    for (const edge of graph.outgoing(id)) visit(edge.to);
  };
  for (const entry of graph.entries) visit(entry.node.id);
  for (const node of journey.nodes) visit(node.id);
  return (
    <ol className="visually-hidden" aria-label={t('canvas.nodeList')}>
      {order.map((id) => {
        const node = journey.nodes.find((n) => n.id === id);
        if (!node) return null;
        const card = cardOf(node, voice);
        return (
          <li key={id}>
            <button type="button" tabIndex={-1} onClick={() => select([id])}>
              {card.title}, {say(STAGE_NAMES[node.stage])}. {card.summary}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
