/** The part of Describe answers that tells a definition. */
import { type Json, variableReferences } from '../../../../shared/asl/index.ts';

/**
 * The definition's text, and which variables each state refers to (left out where none does). `whole` false: what AWS
 * answers to callers who may not see it.
 */
export function describeDefinition(
  text: string,
  whole: boolean,
): { definition: string; variableReferences?: Record<string, string[]> } {
  if (!whole) return { definition: '{}' };
  const references = variableReferences(JSON.parse(text) as Json);
  return { definition: text, ...(Object.keys(references).length > 0 && { variableReferences: references }) };
}
