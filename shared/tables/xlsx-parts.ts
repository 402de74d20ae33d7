import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ZipEntries } from './zip-entries.ts';

/** What is heard of an XML text as it goes by; names are without their prefixes. */
export interface Listener {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** A parser that tells a listener; entities of a document's own are not known to it, and an unknown one is an error. */
export function parserFor({ open, text, close }: Listener): SaxesParser {
  const parser = new SaxesParser();
  if (open) parser.on('opentag', (tag: SaxesTagPlain) => open(local(tag.name), tag.attributes));
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  if (close) parser.on('closetag', (tag: SaxesTagPlain) => close(local(tag.name)));
  parser.on('doctype', () => {
    throw new Error('The workbook has a document type');
  });
  return parser;
}

async function listen(stream: AsyncIterable<Uint8Array>, listener: Listener): Promise<void> {
  const parser = parserFor(listener);
  const decoder = new TextDecoder();
  for await (const chunk of stream) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
}

/** All texts that cells refer to are held: a workbook has each once. More than this is not read. */
const MAX_STRINGS_BYTES = 400 * 1024 * 1024;

/** `xl/sharedStrings.xml`: the texts, by their number. */
export async function sharedStrings(zip: ZipEntries): Promise<string[]> {
  const name = 'xl/sharedStrings.xml';
  const size = zip.size(name);
  if (size === undefined) return [];
  if (size > MAX_STRINGS_BYTES) throw new Error('The workbook has more than 400 MB of texts; save the sheet as CSV');
  const strings: string[] = [];
  let current = '';
  let inside = false;
  let phonetic = false;
  await listen(zip.open(name), {
    open: (tag) => {
      if (tag === 'si') current = '';
      else if (tag === 'rPh') phonetic = true;
      else if (tag === 't') inside = !phonetic;
    },
    text: (text) => {
      if (inside) current += text;
    },
    close: (tag) => {
      if (tag === 't') inside = false;
      else if (tag === 'rPh') phonetic = false;
      else if (tag === 'si') strings.push(current);
    },
  });
  return strings;
}

/** Number formats that Excel knows by number and that show a date or a time (ECMA-376, 18.8.30; 27–36 and 50–58: East Asia). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

const isDateFormat = (code: string): boolean =>
  /[ymdhs年月日时]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')) && !/general/i.test(code);

/** `xl/styles.xml`: which styles of cells show a date, by their number. */
export async function dateStyles(zip: ZipEntries): Promise<boolean[]> {
  const styles: boolean[] = [];
  const custom = new Map<number, boolean>();
  let inside = false;
  if (zip.size('xl/styles.xml') === undefined) return styles;
  await listen(zip.open('xl/styles.xml'), {
    open: (tag, attributes) => {
      const id = Number(attributes['numFmtId']);
      if (tag === 'numFmt') custom.set(id, isDateFormat(attributes['formatCode'] ?? ''));
      else if (tag === 'cellXfs') inside = true;
      else if (tag === 'xf' && inside) styles.push(custom.get(id) ?? isBuiltInDate(id));
    },
    close: (tag) => {
      if (tag === 'cellXfs') inside = false;
    },
  });
  return styles;
}

export interface Sheet {
  readonly name: string;
  readonly entry: string;
}

/** `xl/workbook.xml` and its relations: the sheets in their order, and from which year days are counted. */
export async function workbook(
  zip: ZipEntries,
): Promise<{ readonly sheets: readonly Sheet[]; readonly from1904: boolean }> {
  const targets = new Map<string, string>();
  await listen(zip.open('xl/_rels/workbook.xml.rels'), {
    open: (tag, { Id = '', Target = '' }) => {
      if (tag === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await listen(zip.open('xl/workbook.xml'), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (tag !== 'sheet') return;
      const entry = targets.get(attributes['r:id'] ?? attributes['id'] ?? '');
      if (entry !== undefined) sheets.push({ name: attributes['name'] ?? '', entry });
    },
  });
  return { sheets, from1904 };
}
