import type { Diagnostic } from '../diagnostics.ts';
import type { ImportKind, Row } from './import-kind.ts';

/** Which column stands for which field: the column's place, from 0. */
export type Mapping = ReadonlyMap<string, number>;

const bare = (heading: string): string => heading.toLowerCase().replace(/[\s_\-*#:：()（）【】[\]/]/g, '');

/**
 * The columns as far as their headings say what they are; `asked` goes before the guess (`{ total: '实收' }`; an empty text
 * leaves a field out). A column stands for one field only.
 */
export function mapColumns(
  kind: ImportKind,
  headings: readonly string[],
  asked: Readonly<Record<string, string>>,
): { readonly mapping: Mapping; readonly diagnostics: readonly Diagnostic[] } {
  const mapping = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  for (const [field, heading] of Object.entries(asked)) {
    if (!kind.fields.some(({ id }) => id === field)) diagnostics.push(noField(field, kind));
    else if (heading !== '') {
      const place = headings.findIndex((one) => bare(one) === bare(heading));
      if (place < 0) diagnostics.push(noColumn(field, heading, headings));
      else mapping.set(field, place);
    }
  }
  const taken = new Set(mapping.values());
  for (const { id, headings: known } of kind.fields) {
    if (id in asked) continue;
    // Headings are tried in the field's order: 实付金额 before 订单金额.
    const place = known
      .map(bare)
      .map((name) => headings.findIndex((one, index) => !taken.has(index) && bare(one) === name))
      .find((found) => found >= 0);
    if (place === undefined) continue;
    mapping.set(id, place);
    taken.add(place);
  }
  return { mapping, diagnostics: [...diagnostics, ...needsOf(kind, mapping, headings)] };
}

/** Columns that stand for a field and are headed as another one is: by heading nobody can say which is meant. */
export const twiceHeaded = (mapping: Mapping, headings: readonly string[]): readonly Diagnostic[] =>
  [...mapping].flatMap(([field, place]) => {
    const heading = headings[place] ?? '';
    const twice = headings.filter((one) => bare(one) === bare(heading)).length > 1;
    return twice ? [headedTwice(field, heading)] : [];
  });

/** What columns are needed and not there. */
export const needsOf = (kind: ImportKind, mapping: Mapping, headings: readonly string[]): readonly Diagnostic[] =>
  kind.needs.filter((need) => !need.some((field) => mapping.has(field))).map((need) => needed(kind, need, headings));

/** What a file of refused rows says before the columns of the data: left out when it is mended and imported. */
export const ERROR_HEADINGS = ['行 line', '列 column', '代码 code', '问题', '下一步', 'problem', 'next step'];

/** A record of the file as a row of the kind. Cells are trimmed; a text such as `="0012"` is what it shows. */
export function rowOf(line: number, record: readonly string[], headings: readonly string[], mapping: Mapping): Row {
  const cells: Record<string, string> = {};
  const extra: Record<string, string> = {};
  const clean = (text: string | undefined): string =>
    (text ?? '')
      .trim()
      .replace(/^="(.*)"$/, '$1')
      .replace(/^'(?=[\d+=@-])/, '')
      .trim();
  const used = new Set(mapping.values());
  for (const [field, place] of mapping) {
    const text = clean(record[place]);
    if (text !== '') cells[field] = text;
  }
  for (const [place, heading] of headings.entries()) {
    const text = used.has(place) ? '' : clean(record[place]);
    if (text !== '' && heading.trim() !== '' && !ERROR_HEADINGS.includes(heading.trim())) extra[heading.trim()] = text;
  }
  return { line, cells, extra };
}

const nameOf = (kind: ImportKind, field: string) => kind.fields.find(({ id }) => id === field)!.name;

const noField = (field: string, kind: ImportKind): Diagnostic => ({
  code: 'import-no-field',
  severity: 'error',
  field,
  message: { zh: `没有「${field}」这个字段。`, en: `There is no field “${field}”.` },
  next: {
    zh: `可用的字段：${kind.fields.map(({ id }) => id).join('、')}。`,
    en: `The fields are: ${kind.fields.map(({ id }) => id).join(', ')}.`,
  },
});

const headedTwice = (field: string, heading: string): Diagnostic => ({
  code: 'import-heading-twice',
  severity: 'error',
  field,
  message: { zh: `有两列都叫「${heading}」。`, en: `Two columns are headed “${heading}”.` },
  next: {
    zh: '给其中一列改个名字；或在控制台导入，那里可以直接选列。',
    en: 'Rename one of them; or import it in the Console, where columns are chosen by their place.',
  },
});

/** A sentence quotes no more headings than can be looked over. */
const listed = (headings: readonly string[], by: string): string =>
  [...headings.slice(0, 40).map((one) => one.slice(0, 60)), ...(headings.length > 40 ? ['…'] : [])].join(by);

const noColumn = (field: string, heading: string, headings: readonly string[]): Diagnostic => ({
  code: 'import-no-column',
  severity: 'error',
  field,
  message: { zh: `表头里没有「${heading}」。`, en: `No column is headed “${heading}”.` },
  next: { zh: `表头有：${listed(headings, '、')}。`, en: `The headings are: ${listed(headings, ', ')}.` },
});

const needed = (kind: ImportKind, need: readonly string[], headings: readonly string[]): Diagnostic => ({
  code: 'import-column-missing',
  severity: 'error',
  field: need[0]!,
  message: {
    zh: `没有找到${need.map((field) => `「${nameOf(kind, field).zh}」`).join('或')}列。`,
    en: `No column was found for ${need.map((field) => nameOf(kind, field).en).join(' or ')}.`,
  },
  next: {
    zh: `指定是哪一列（命令行：--map ${need[0]}=列名）；表头有：${listed(headings, '、')}。`,
    en: `Say which column it is (on the command line: --map ${need[0]}=COLUMN); the headings are: ${listed(headings, ', ')}.`,
  },
});
