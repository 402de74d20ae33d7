/** Words of one part of the console, keyed alike in both languages (the compiler holds `en` to the keys of `zh`). */
export interface WordTree {
  readonly [key: string]: string | WordTree;
}

type Alike<T> = { readonly [K in keyof T]: T[K] extends string ? string : Alike<T[K]> };

export const area = <const T extends WordTree>(zh: T, en: Alike<T>): { zh: WordTree; en: WordTree } => ({
  zh,
  en: en as WordTree,
});
