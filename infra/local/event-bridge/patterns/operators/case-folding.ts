import { InvalidPattern, onlyMember } from '../operator.ts';

/** Text compared without regard to case. */
export const fold = (text: string) => text.toLowerCase();

/**
 * The operand of prefix and suffix: text, or `{ "equals-ignore-case": text }`. Gives the text and how to read a value
 * before comparing.
 */
export function affix(name: string, operand: unknown): { text: string; read: (value: string) => string } {
  if (typeof operand === 'string') return { text: operand, read: (value) => value };
  const member = onlyMember(operand);
  if (member?.[0] === 'equals-ignore-case') {
    if (typeof member[1] !== 'string') throw new InvalidPattern('equals-ignore-case match pattern must be a string');
    return { text: fold(member[1]), read: fold };
  }
  throw new InvalidPattern(`${name} match pattern must be a string`);
}
