import type { Words } from '../../../shared/words.ts';

type MaybeWords = Partial<Words> | undefined;

/** A text left empty in one language takes the other's; undefined when it is empty in both. */
export function bothFilled(words: MaybeWords): Words | undefined {
  const [zh, en] = [words?.zh?.trim() ?? '', words?.en?.trim() ?? ''];
  return zh === '' && en === '' ? undefined : { zh: zh || en, en: en || zh };
}

/** The same of several members; those that are empty are left out. */
export function withTexts<T extends object>(thing: T, members: readonly (keyof T)[]): T {
  const filled = members.map((member) => [member, bothFilled(thing[member] as MaybeWords)] as const);
  const { ...rest } = thing;
  for (const [member, words] of filled) {
    if (words === undefined) delete rest[member];
    else rest[member] = words as T[keyof T];
  }
  return rest;
}
