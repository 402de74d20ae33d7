import { type Journey, parseJourney } from '../journey/index.ts';
import type { PackRules } from '../tags/index.ts';
import type { Words } from '../words.ts';

/** A starter pack: rules, segments and journeys that belong together, as data. */
export interface Pack {
  readonly id: string;
  readonly name: Words;
  readonly description: Words;
  readonly version: number;
  /** Tags, their groups, segments and their precedence. */
  readonly rules: PackRules;
  readonly journeys: readonly Journey[];
}

/** Reads a pack's journey; a broken one is our mistake and stops the start. */
export function packJourney(json: unknown): Journey {
  const parsed = parseJourney(json);
  if (!parsed.ok) throw new Error(`A pack's journey cannot be read: ${JSON.stringify(parsed.diagnostics)}`);
  return parsed.journey;
}
