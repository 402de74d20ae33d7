/** The part of Describe answers that tells a definition. */

/** The definition's text, and which variables each state refers to (left out where none does). */
export function describeDefinition(text: string): { definition: string } {
  return { definition: text };
}
