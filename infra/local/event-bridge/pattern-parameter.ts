import { AwsError } from '../time-source.ts';
import { InvalidPattern, type Pattern, parsePattern } from './patterns/index.ts';

/** Parses a pattern of a request; what AWS refuses becomes its InvalidEventPatternException. */
export function patternParameter(source: unknown): Pattern {
  try {
    return parsePattern(String(source));
  } catch (error) {
    if (error instanceof InvalidPattern) throw new AwsError('InvalidEventPatternException', error.message);
    throw error;
  }
}
