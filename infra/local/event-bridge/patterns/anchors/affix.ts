import { type Anchor, type AnchorIndex, type AnchorKind, buckets } from './anchor.ts';
import { folded } from './equal.ts';

/** Texts that begin or end with the key: one look-up for each length that keys have. */
function kind(name: string, end: 'start' | 'end'): AnchorKind {
  return {
    name,
    open<T>(): AnchorIndex<T> {
      const filed = buckets<string, T>();
      const lengths: number[] = [];
      return {
        file(key, thing) {
          const text = key as string;
          if (!lengths.includes(text.length)) lengths.push(text.length);
          filed.add(text, thing);
        },
        find(value, tell) {
          if (typeof value !== 'string') return;
          for (const length of lengths) {
            if (length > value.length) continue;
            filed.tell(end === 'start' ? value.slice(0, length) : value.slice(value.length - length), tell);
          }
        },
      };
    },
  };
}

const PREFIX = kind('prefix', 'start');
const SUFFIX = kind('suffix', 'end');
/** A character may fold to several: what is compared is a few folded characters at the ends. */
const FOLDED_PREFIX = onFolded(PREFIX);
const FOLDED_SUFFIX = onFolded(SUFFIX);

function onFolded(plain: AnchorKind): AnchorKind {
  return {
    name: `folded ${plain.name}`,
    open<T>(): AnchorIndex<T> {
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
