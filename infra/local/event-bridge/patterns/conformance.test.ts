import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { InvalidPattern, indexRules, matches, parsePattern } from './index.ts';

const FILE = fileURLToPath(new URL('../../../../../shared/conformance/event-pattern-cases.json', import.meta.url));

interface Case {
  readonly id: string;
  readonly pattern: unknown;
  readonly patternText?: string;
  readonly event?: unknown;
  readonly eventText?: string;
  readonly matches?: boolean | null;
  readonly valid?: boolean;
  readonly message?: string;
}

if (!existsSync(FILE)) console.info(`skipped: the recordings of EventBridge are not at ${FILE}`);

describe.skipIf(!existsSync(FILE))('what EventBridge and its own matcher were recorded to do', () => {
  // Numbers too large for a double are written as Infinity there, which is not JSON; such cases carry their text as well.
  const text = existsSync(FILE)
    ? readFileSync(FILE, 'utf8').replace(/([:,[]\s*)-?Infinity\b/g, '$1null')
    : '{"cases":[]}';
  const { cases } = JSON.parse(text) as { cases: Case[] };
  const event = (test: Case): unknown => (test.eventText === undefined ? test.event : JSON.parse(test.eventText));
  const source = (test: Case) => test.patternText ?? test.pattern;

  it.each(cases.filter((test) => typeof test.matches === 'boolean'))('$id', (test) => {
    const pattern = parsePattern(source(test));
    expect(matches(pattern, event(test))).toBe(test.matches);
    expect(indexRules([{ pattern }]).find(event(test)).length > 0).toBe(test.matches);
  });

  it.each(cases.filter((test) => test.valid === true))('accepts $id', (test) => {
    expect(() => parsePattern(source(test))).not.toThrow();
  });

  it.each(cases.filter((test) => test.valid === false))('refuses $id', (test) => {
    expect(() => parsePattern(source(test))).toThrow(InvalidPattern);
    if (test.message) expect(() => parsePattern(source(test))).toThrow(test.message);
  });
});
