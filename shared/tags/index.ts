import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import type { Ruleset } from './ruleset.ts';

export type { Ruleset, SegmentDefinition, TagDefinition, TagGroup } from './ruleset.ts';
export { CATEGORIES } from './ruleset.ts';

export interface CompiledRuleset {
  readonly ruleset: Ruleset;
  readonly version: number;
  readonly zone: string;
}

export declare const rulesetSchema: z.ZodType<Ruleset>;
export declare function parseRuleset(
  json: unknown,
):
  | { readonly ok: true; readonly ruleset: Ruleset }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
export declare function compileRuleset(ruleset: Ruleset): CompiledRuleset;
