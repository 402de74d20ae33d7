import { InvalidPattern } from '../operator.ts';

/**
 * An expression for text in any case. As AWS does it, each character of the pattern stands for itself in small or
 * capital, which need not be as long: ß also for SS.
 */
export function inAnyCase(text: string): string {
  let expression = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    const [small, capital] = [char.toLowerCase(), char.toUpperCase()];
    expression += small === capital ? escaped(char) : `(?:${escaped(small)}|${escaped(capital)})`;
  }
  return expression;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The text of `{ "equals-ignore-case": text }`. Throws InvalidPattern. */
export function caselessText(operand: unknown): string {
  if (typeof operand !== 'string') throw new InvalidPattern('equals-ignore-case match pattern must be a string');
  return operand;
}
