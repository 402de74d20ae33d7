import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';

/** The files in a ZIP, each opened by name and read as a stream. */
export interface ZipEntries {
  readonly size: (name: string) => number | undefined;
  readonly open: (name: string) => AsyncIterable<Uint8Array>;
}

/** Reads the list at the end of the file, then any entry at its place. @throws Error for what is no ZIP */
export async function openZip(file: Blob): Promise<ZipEntries> {
  const entries = new Map<string, FileEntry>();
  // Workers would be made of addresses that a page's policy forbids.
  const zip = new ZipReader(new BlobReader(file), { useWebWorkers: false });
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) entries.set(entry.filename, entry);
  }
  return {
    size: (name) => entries.get(name)?.uncompressedSize,
    open: (name) => unpacked(entries.get(name), name),
  };
}

async function* unpacked(entry: FileEntry | undefined, name: string): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new Error(`The ZIP has no ${name}`);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writing = entry.getData(writable);
  // Its failure is met by whoever reads.
  writing.catch(() => {});
  yield* piecesOf(readable);
  await writing;
}

/** A stream piece by piece; not every browser can iterate one. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
