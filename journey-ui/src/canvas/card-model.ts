/**
 * What one card shows and how large it is, computed from the document and the node registry alone. Sizes are known
 * before anything is drawn, so that lanes can be laid out and edges drawn in the first frame.
 */
import type { JourneyNode } from '../../../shared/journey/index.ts';
import { type NodeGroup, nodeKind, type Outlet } from '../../../shared/nodes/index.ts';
import { readConfig } from '../../../shared/nodes/read-config.ts';
import type { Voice } from '../api/use-names.ts';

export const CARD_WIDTH = 232;
/** Where edges come in, and where they leave a card with one way out: at the height of the title. */
export const PORT_Y = 28;
const LINE = 17;
const ROW = 24;

export interface CardOutlet extends Outlet {
  /** Distance of its port from the card's top. */
  readonly y: number;
}

export interface CardModel {
  readonly id: string;
  readonly group: NodeGroup;
  readonly icon: string | undefined;
  readonly title: string;
  readonly kindTitle: string;
  readonly summary: string;
  readonly outlets: readonly CardOutlet[];
  readonly takesIn: boolean;
  readonly height: number;
}

const cache = new WeakMap<JourneyNode, Voice & { readonly model: CardModel }>();

/** The card of a node; the same object for the same node, so that unchanged cards are not drawn again. */
export function cardOf(node: JourneyNode, voice: Voice): CardModel {
  const { language, names } = voice;
  const kept = cache.get(node);
  if (kept?.language === language && kept.names === names) return kept.model;
  const model = build(node, voice);
  cache.set(node, { language, names, model });
  return model;
}

function build(node: JourneyNode, { language, names }: Voice): CardModel {
  const kind = nodeKind(node.kind);
  const reading = kind && readConfig(kind, node.kindVersion, node.config);
  const config = reading?.ok ? reading.config : undefined;
  const kindTitle = kind?.face.title[language] ?? node.kind;
  const summary = kind && config !== undefined ? kind.face.summary(config, language, names) : '';
  // A half-filled config may still have readable outlets; its edges should not fall off the card meanwhile.
  const outlets = kind ? outletsOf((it) => kind.outlets(it, names), config ?? node.config, kind.defaults) : [];
  const top = 12 + 20 + (summary === '' ? 0 : 2 + LINE * lines(summary));
  const named = outlets.length > 1;
  return {
    id: node.id,
    group: kind?.face.group ?? 'flow',
    icon: kind?.face.icon,
    title: node.title ?? kindTitle,
    kindTitle,
    summary,
    outlets: outlets.map((o, i) => ({ ...o, y: named ? top + 8 + ROW * i + ROW / 2 : PORT_Y })),
    takesIn: kind?.entry === undefined,
    height: Math.max(56, top + (named ? 8 + ROW * outlets.length + 6 : 12)),
  };
}

function outletsOf(of: (config: never) => readonly Outlet[], config: unknown, defaults: unknown): readonly Outlet[] {
  for (const candidate of [config, defaults]) {
    try {
      return of(candidate as never);
    } catch {
      // Not readable as it stands: the defaults answer instead.
    }
  }
  return [];
}

/** Lines that a summary takes (two at most), by the rough width of its letters at 12 px. */
function lines(text: string): number {
  let width = 0;
  for (const letter of text) width += letter.codePointAt(0)! > 0x2e7f ? 12 : 6.3;
  return width > 198 ? 2 : 1;
}
