import type { Words } from '../words.ts';

/** More than these are counted, not listed. */
const MOST = 8;

/** "「新客」「老客」等 12 个", "“new”, “old” and 10 others". */
export function namesOf(names: readonly Words[]): Words {
  const told = names.slice(0, MOST);
  const more = names.length - told.length;
  return {
    zh: told.map(({ zh }) => `「${zh}」`).join('') + (more > 0 ? `等 ${names.length} 个` : ''),
    en:
      told.map(({ en }) => `“${en}”`).join(', ') + (more > 0 ? ` and ${more} ${more === 1 ? 'other' : 'others'}` : ''),
  };
}

const LETTERS = /^[a-z0-9 %'-]+$/;

/** The first of these words in a text: those of letters as whole words, others anywhere. */
export function wordIn(text: string, words: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const whole = ` ${lower.replace(/[^a-z0-9%'-]+/g, ' ')} `;
  return words.find((word) => {
    const small = word.toLowerCase();
    return LETTERS.test(small) ? whole.includes(` ${small} `) : lower.includes(small);
  });
}
