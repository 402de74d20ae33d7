import { InvalidPattern } from '../operator.ts';

/** Where in a value a text may stand. */
export type Part = 'whole' | 'start' | 'end';

/**
 * Tells a text in any case. As AWS does it, each character of the pattern stands for itself in small or capital, which
 * need not be as long: ß also for SS.
 */
export function inAnyCase(text: string, part: Part): (value: string) => boolean {
  const units = [...Array(text.length).keys()].map((i) => [
    (text[i] as string).toLowerCase(),
    (text[i] as string).toUpperCase(),
  ]);
  if (units.some(([small, capital]) => small?.length !== 1 || capital?.length !== 1)) return byExpression(text, part);
  const small = units.map(([one]) => one).join('');
  const capital = units.map(([, one]) => one).join('');
  return (value) => {
    if (value.length < small.length || (part === 'whole' && value.length > small.length)) return false;
    const from = part === 'end' ? value.length - small.length : 0;
    for (let i = 0; i < small.length; i++) {
      const code = value.charCodeAt(from + i);
      if (code !== small.charCodeAt(i) && code !== capital.charCodeAt(i)) return false;
    }
    return true;
  };
}

/** The same where a character has another length in the other case. */
function byExpression(text: string, part: Part): (value: string) => boolean {
  let expression = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    const [small, capital] = [char.toLowerCase(), char.toUpperCase()];
    expression += small === capital ? escaped(char) : `(?:${escaped(small)}|${escaped(capital)})`;
  }
  const whole = new RegExp(`${part === 'end' ? '' : '^'}${expression}${part === 'start' ? '' : '$'}`);
  return (value) => whole.test(value);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The text of `{ "equals-ignore-case": text }`. Throws InvalidPattern. */
export function caselessText(operand: unknown): string {
  if (typeof operand !== 'string') throw new InvalidPattern('equals-ignore-case match pattern must be a string');
  return operand;
}
