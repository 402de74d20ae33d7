import { BOM, csvLine } from '../../../shared/csv/index.ts';
import type { Language } from '../../../shared/words.ts';
import type { Persona } from '../api/personas.ts';

/** A worksheet as a table: a row for each value with its number, its share (0 to 1) and, where estimated, its bounds. */
export function personaCsv(
  { dimensions, total }: Pick<Persona, 'dimensions' | 'total'>,
  language: Language,
  words: { readonly headings: readonly string[]; readonly none: string },
): string {
  const rows = dimensions.flatMap(({ name, values, none }) =>
    [...values, { name: { zh: words.none, en: words.none }, ...none }].map((value) => [
      name[language],
      value.name[language],
      String(value.count),
      total === 0 ? '' : String(Math.round((value.count / total) * 10_000) / 10_000),
      value.exact ? '' : String(value.low),
      value.exact ? '' : String(value.high),
    ]),
  );
  return BOM + [words.headings, ...rows].map(csvLine).join('');
}
