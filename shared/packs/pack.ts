import { type Journey, parseJourney } from '../journey/index.ts';
import type { PackRules } from '../tags/index.ts';
import type { Language, Words } from '../words.ts';

/** A starter pack: rules, segments and journeys that belong together, as data. */
export interface Pack {
  readonly id: string;
  readonly name: Words;
  readonly description: Words;
  readonly version: number;
  /** Tags, their groups, segments and their precedence. */
  readonly rules: PackRules;
  /** The same in both languages; which of them is installed is chosen (docs/decisions/0038). */
  readonly journeys: Readonly<Record<Language, readonly Journey[]>>;
}

/** Where nobody has chosen. */
export const PACK_LANGUAGE: Language = 'zh';

/**
 * Reads a pack's journeys: documents that have `{ zh, en }` wherever one text for people stands. A broken one is our
 * mistake and stops the start.
 */
export const packJourneys = (...documents: readonly unknown[]): Pack['journeys'] => ({
  zh: documents.map((document) => read(document, 'zh')),
  en: documents.map((document) => read(document, 'en')),
});

function read(document: unknown, language: Language): Journey {
  const parsed = parseJourney(inLanguage(document, language));
  if (!parsed.ok) throw new Error(`A pack's journey cannot be read: ${JSON.stringify(parsed.diagnostics)}`);
  return parsed.journey;
}

function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => inLanguage(one, language));
  if (value === null || typeof value !== 'object') return value;
  if (isWords(value)) return value[language];
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inLanguage(one, language)]));
}

const isWords = (value: object): value is Words => Object.keys(value).sort().join() === 'en,zh';
