/** Sequence numbers are decimal strings of any length: later ones are longer, or sort after. */
export function compareSequence(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
