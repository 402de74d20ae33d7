import { endsWith, startsWith } from '../anchors/affix.ts';
import { equalTo } from '../anchors/equal.ts';
import { InvalidPattern, onStrings, type PatternOperator } from '../operator.ts';

const DECIDED = { decided: true } as const;

/** `*` stands for any text; `\*` and `\\` for themselves. */
export const wildcard: PatternOperator = {
  name: 'wildcard',
  parse(operand) {
    if (typeof operand !== 'string') throw new InvalidPattern('wildcard match pattern must be a string');
    const pieces = split(operand);
    const first = pieces[0] as string;
    const last = pieces.at(-1) as string;
    if (pieces.length === 1) return onStrings((value) => value === first, equalTo(first), DECIDED);
    // A star at one end only is a prefix or a suffix.
    if (pieces.length === 2 && last === '')
      return onStrings((value) => value.startsWith(first), startsWith(first), DECIDED);
    if (pieces.length === 2 && first === '') return onStrings((value) => value.endsWith(last), endsWith(last), DECIDED);
    return onStrings((value) => fits(value, pieces), last.length > first.length ? endsWith(last) : startsWith(first));
  },
};

/** The literal pieces between the stars. */
function split(pattern: string): string[] {
  const pieces = [''];
  let afterStar = false;
  for (let i = 0; i < pattern.length; i++) {
    let char = pattern[i] as string;
    if (char === '*') {
      if (afterStar) throw new InvalidPattern(`Consecutive wildcard characters at pos ${positionOf(pattern, i - 1)}`);
      pieces.push('');
      afterStar = true;
      continue;
    }
    afterStar = false;
    if (char === '\\') {
      char = pattern[i + 1] as string;
      if (char !== '*' && char !== '\\')
        throw new InvalidPattern(`Invalid escape character at pos ${positionOf(pattern, i)}`);
      i++;
    }
    pieces[pieces.length - 1] += char;
  }
  return pieces;
}

/** AWS counts the bytes of the text as it stands in JSON, with the quote before it. */
const positionOf = (pattern: string, index: number) => 1 + Buffer.byteLength(pattern.slice(0, index));

/** Each piece is taken where it first occurs, which is enough: linear time, however many stars there are. */
function fits(value: string, pieces: readonly string[]): boolean {
  const first = pieces[0] as string;
  const last = pieces[pieces.length - 1] as string;
  if (!value.startsWith(first) || value.length < first.length + last.length || !value.endsWith(last)) return false;
  let at = first.length;
  const end = value.length - last.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] as string;
    const found = value.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
