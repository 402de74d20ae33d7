import { InvalidPattern } from '../operator.ts';
import { caselessText } from './ignoring-case.ts';

/** The operand of prefix and suffix: text, or `{ "equals-ignore-case": text }`. Throws InvalidPattern. */
export function affix(name: string, operand: unknown): { text: string; anyCase: boolean } {
  if (typeof operand === 'string') return { text: operand, anyCase: false };
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand))
    throw new InvalidPattern(`${name} match pattern must be a string`);
  const [first, ...more] = Object.entries(operand);
  if (!first) throw new InvalidPattern(`${name === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  if (first[0] !== 'equals-ignore-case') throw new InvalidPattern(`Unsupported ${name} pattern: ${first[0]}`);
  if (more.length > 0) throw new InvalidPattern('Only one key allowed in match expression');
  return { text: caselessText(first[1]), anyCase: true };
}
