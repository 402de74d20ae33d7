import type { Diagnostic } from '../../shared/diagnostics.ts';
import type { Words } from '../../shared/words.ts';

/** Does the terminal speak Chinese? Then that comes first; what is wrong is said in both languages anyway. */
const isChinese = (): boolean => /^zh/i.test(process.env['LC_ALL'] || process.env['LANG'] || '');

/** A sentence in the language of the terminal. */
export const say = (words: Words): string => (isChinese() ? words.zh : words.en);

/** In both languages, that of the terminal first. */
export const sayBoth = ({ zh, en }: Words): string => (isChinese() ? `${zh} ${en}` : `${en} ${zh}`);

/** What is wrong and what to do, in both languages, with its place. */
export function problemText({ code, message, next, ...place }: Problem): string {
  const where = [place.at, place.journey, place.node, place.field].filter((part) => part !== undefined).join(' · ');
  return `${where === '' ? '' : `${where}: `}${sayBoth(message)} [${code}]\n  → ${sayBoth(next)}`;
}

type Problem = Pick<Diagnostic, 'code' | 'message' | 'next' | 'field' | 'node'> & {
  readonly at?: string;
  readonly journey?: string;
};

/** A refusal of the API (docs/contracts.md) with the first of its diagnostics; undefined where it is none. */
export function refusalText(answer: unknown): string | undefined {
  const { error, diagnostics = [] } = (answer ?? {}) as {
    error?: Partial<Problem> & { readonly message?: Words };
    diagnostics?: readonly Problem[];
  };
  if (error?.message === undefined || error.next === undefined) return undefined;
  const shown = diagnostics.slice(0, MOST).map((one) => `  ${problemText(one).replaceAll('\n', '\n  ')}`);
  const more = diagnostics.length > MOST ? [`  … ${diagnostics.length - MOST}`] : [];
  return [problemText(error as Problem), ...shown, ...more].join('\n');
}

const MOST = 5;
