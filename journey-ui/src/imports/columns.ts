import { ERROR_HEADINGS, IMPORT_KINDS, type ImportRequest, mapColumns } from '../../../shared/imports/index.ts';

/** What a column is taken for: a field of the kind, a trait or property under its heading, or nothing. */
export type Column = { readonly field: string } | 'own' | 'leave';

/** As its heading says. What a file of refused rows says of them, and what has no heading, is left out. */
export function guessedColumns(kindId: string, headings: readonly string[]): readonly Column[] {
  const { mapping } = mapColumns(IMPORT_KINDS.find(({ id }) => id === kindId)!, headings, {});
  const fields = new Map([...mapping].map(([field, place]) => [place, field]));
  return headings.map((heading, place) => {
    const field = fields.get(place);
    if (field !== undefined) return { field };
    return heading === '' || ERROR_HEADINGS.includes(heading) ? 'leave' : 'own';
  });
}

/** A field stands for one column: the one that had it becomes its own. */
export const withColumn = (columns: readonly Column[], place: number, column: Column): readonly Column[] =>
  columns.map((one, at) => {
    if (at === place) return column;
    const taken = typeof one === 'object' && typeof column === 'object' && one.field === column.field;
    return taken ? 'own' : one;
  });

export const requestColumns = (columns: readonly Column[]): Pick<ImportRequest, 'fields' | 'leave'> => ({
  fields: Object.fromEntries(
    columns.flatMap((column, place) => (typeof column === 'object' ? [[column.field, place]] : [])),
  ),
  leave: columns.flatMap((column, place) => (column === 'leave' ? [place] : [])),
});

/** The kind that knows most of the headings, and has all that it needs. */
export function guessedKind(headings: readonly string[]): string {
  const known = IMPORT_KINDS.map((kind) => {
    const { mapping, diagnostics } = mapColumns(kind, headings, {});
    return { id: kind.id, score: mapping.size - 100 * diagnostics.length };
  });
  return known.reduce((best, one) => (one.score > best.score ? one : best)).id;
}
