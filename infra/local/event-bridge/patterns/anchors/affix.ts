import { affixTree } from './affix-tree.ts';
import type { Anchor, AnchorIndex, AnchorKind } from './anchor.ts';
import { folded } from './equal.ts';

/** Texts that begin or end with the key. */
const PREFIX: AnchorKind = { name: 'prefix', open: () => affixTree('start') };
const SUFFIX: AnchorKind = { name: 'suffix', open: () => affixTree('end') };
/** A character may fold to several: what is compared is a few folded characters at the ends. */
const FOLDED_PREFIX = onFolded(PREFIX);
const FOLDED_SUFFIX = onFolded(SUFFIX);

function onFolded(plain: AnchorKind): AnchorKind {
  return {
    name: `folded ${plain.name}`,
    open<T extends object>(): AnchorIndex<T> {
      const index = plain.open<T>();
      return {
        file: (key, thing) => index.file(folded(key as string), thing),
        find: (value, tell) => typeof value === 'string' && index.find(folded(value), tell),
      };
    },
  };
}

const at = (kind: AnchorKind, text: string): Anchor => ({ kind, key: text, place: text });

export const startsWith = (text: string): Anchor => at(PREFIX, text);
export const endsWith = (text: string): Anchor => at(SUFFIX, text);
export const startsLike = (text: string): Anchor => at(FOLDED_PREFIX, text);
export const endsLike = (text: string): Anchor => at(FOLDED_SUFFIX, text);
