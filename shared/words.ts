/** A text for people, in both languages of the product. Written in each, not translated word by word. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Words;
