/** Holds the matcher of event patterns to what EventBridge, and AWS's own open matcher, were recorded to do. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidPattern, matches, parsePattern } from '../../infra/local/event-bridge/patterns/index.ts';

export interface EventPatternCase {
  id: string;
  operators?: string[];
  pattern: unknown;
  patternText?: string;
  event?: unknown;
  eventText?: string;
  matches?: boolean | null;
  valid?: boolean;
  message?: string;
}

const FILE = 'event-pattern-cases.json';

/** Empty where the folder has none. Numbers too large for a double stand there as Infinity; such cases carry a text. */
export function readEventPatternCases(dir: string): EventPatternCase[] {
  if (!existsSync(join(dir, FILE))) return [];
  const text = readFileSync(join(dir, FILE), 'utf8').replace(/([:,[]\s*)-?Infinity\b/g, '$1null');
  return (JSON.parse(text) as { cases: EventPatternCase[] }).cases;
}

/** What differs; nothing when it agrees. */
export function runEventPatternCase(one: EventPatternCase): string[] {
  const source = one.patternText ?? one.pattern;
  try {
    const pattern = parsePattern(source);
    if (one.valid === false) return ['accepted, but AWS refuses it'];
    if (typeof one.matches !== 'boolean') return [];
    const event: unknown = one.eventText === undefined ? one.event : JSON.parse(one.eventText);
    const found = matches(pattern, event);
    return found === one.matches ? [] : [`${found ? 'matches' : 'does not match'}, but not so on AWS`];
  } catch (error) {
    if (!(error instanceof InvalidPattern)) return [String((error as Error).stack)];
    if (one.valid !== false) return [`refused (${error.message}), but AWS accepts it`];
    const told = !one.message || error.message.includes(one.message);
    return told ? [] : [`refused with "${error.message}" instead of "${one.message}"`];
  }
}
