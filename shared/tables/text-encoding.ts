import type { TableSource } from './table-file.ts';
import { TableRefused } from './table-refused.ts';
import { piecesOf } from './zip-entries.ts';

/** The names are those of the Encoding standard; gb18030 reads GBK and GB2312 too. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * The encoding of a text file. A byte order mark says it; else the whole file is looked at: what is good UTF-8 to the
 * last byte is UTF-8, and what is good GB18030 is that (as spreadsheets in China save). A guess from the beginning would
 * be wrong for a file whose first Chinese character stands on line 50,000.
 *
 * @throws TableRefused when it is none of them
 */
export async function encodingOf(source: TableSource): Promise<TextEncodingName> {
  const mark = await firstBytes(source, 3);
  if (mark.startsWith('efbbbf')) return 'utf-8';
  if (mark.startsWith('fffe')) return 'utf-16le';
  if (mark.startsWith('feff')) return 'utf-16be';
  for (const name of ['utf-8', 'gb18030'] as const) if (await isAll(source, name)) return name;
  throw new TableRefused(
    'file-encoding',
    [`${source.name} 既不是 UTF-8 也不是 GBK。`, `${source.name} is neither UTF-8 nor GBK.`],
    { zh: '请另存为「CSV UTF-8」后重新导入。', en: 'Save it as “CSV UTF-8” and import it again.' },
  );
}

/** In hexadecimal. */
export async function firstBytes({ file }: TableSource, most: number): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function isAll(source: TableSource, name: TextEncodingName): Promise<boolean> {
  const decoder = new TextDecoder(name, { fatal: true });
  try {
    for await (const chunk of piecesOf(source.file.stream())) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    // What cannot be decoded; a file that cannot be read is another matter.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
