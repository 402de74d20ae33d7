import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ZipEntries } from '../../../shared/tables/index.ts';

/** Reads the list at the end of the file, then any entry at its place. @throws Error for what is no ZIP */
export async function openZip(path: string): Promise<ZipEntries> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) => (error ? reject(error) : resolve(file)));
  });
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return {
    size: (name) => entries.get(name)?.uncompressedSize,
    open: (name) =>
      new Promise((resolve, reject) => {
        const entry = entries.get(name);
        if (entry === undefined) reject(new Error(`The ZIP has no ${name}`));
        else zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      }),
  };
}
