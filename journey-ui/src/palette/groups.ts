import { NODE_KINDS, type NodeGroup, type NodeKind } from '../../../shared/nodes/index.ts';

export interface PaletteGroup {
  readonly group: NodeGroup;
  readonly kinds: readonly NodeKind[];
}

/** The kinds by group, in the order of the registry. */
export function paletteGroups(words: string, only?: (kind: NodeKind) => boolean): readonly PaletteGroup[] {
  const groups = new Map<NodeGroup, NodeKind[]>();
  for (const kind of NODE_KINDS.values()) {
    if (!matches(kind, words) || (only && !only(kind))) continue;
    groups.set(kind.face.group, [...(groups.get(kind.face.group) ?? []), kind]);
  }
  return [...groups].map(([group, kinds]) => ({ group, kinds }));
}

function matches(kind: NodeKind, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  const known = [kind.kind, kind.face.title.zh, kind.face.title.en, ...(kind.face.keywords ?? [])];
  return wanted === '' || known.some((text) => text.toLowerCase().includes(wanted));
}
