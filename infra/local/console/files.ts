import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** A file of the built Console; paths without an extension are pages, which its index.html draws. */
export function consoleFile(folder: string, path: string): Response | undefined {
  const wanted = normalize(join(folder, decoded(path)));
  if (wanted !== folder && !wanted.startsWith(folder + sep)) return undefined;
  if (extname(wanted) !== '' && isFile(wanted)) {
    // Names under assets/ carry a hash of what is in them.
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return new Response(Readable.toWeb(createReadStream(wanted)) as ReadableStream, {
      headers: { 'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream', 'cache-control': cache },
    });
  }
  if (extname(wanted) !== '') return undefined;
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return undefined;
  return new Response(readFileSync(index), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

/** A path that cannot be decoded names no file. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/undecodable.path';
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
