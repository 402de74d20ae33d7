import { createReadStream } from 'node:fs';
import { CommandError } from '../command.ts';

/** The names are those of the Encoding standard; gb18030 reads GBK and GB2312 too. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * The encoding of a text file. A byte order mark says it; else the whole file is looked at: what is good UTF-8 to the
 * last byte is UTF-8, and what is good GB18030 is that (as spreadsheets in China save). A guess from the beginning would
 * be wrong for a file whose first Chinese character stands on line 50,000.
 *
 * @throws CommandError when it is none of them
 */
export async function encodingOf(path: string): Promise<TextEncodingName> {
  const mark = await firstBytes(path);
  if (mark.startsWith('efbbbf')) return 'utf-8';
  if (mark.startsWith('fffe')) return 'utf-16le';
  if (mark.startsWith('feff')) return 'utf-16be';
  for (const name of ['utf-8', 'gb18030'] as const) if (await isAll(path, name)) return name;
  throw new CommandError(
    `${path} is neither UTF-8 nor GBK. Save it as "CSV UTF-8" and import it again. 文件既不是 UTF-8 也不是 GBK，请另存为「CSV UTF-8」后重新导入。`,
    'file-encoding',
  );
}

async function firstBytes(path: string): Promise<string> {
  for await (const chunk of createReadStream(path, { start: 0, end: 2 })) return (chunk as Buffer).toString('hex');
  return '';
}

async function isAll(path: string, name: TextEncodingName): Promise<boolean> {
  const decoder = new TextDecoder(name, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
