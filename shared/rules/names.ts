import type { Words } from '../words.ts';

/** What people call the tags and segments that a sentence speaks of. */
export interface Names {
  readonly tag: (key: string) => Words;
  readonly segment: (id: string) => Words;
}

const itself = (key: string): Words => ({ zh: key, en: key });

/** Where no ruleset is at hand: tags by their keys, segments by their ids. */
export const BY_KEY: Names = { tag: itself, segment: itself };
