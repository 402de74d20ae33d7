import { once } from 'node:events';
import { createWriteStream, openSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Command, CommandError } from './command.ts';
import { TARGET_OPTIONS, TARGET_USAGE, targetOf } from './target.ts';

/** Customers as CSV, page by page, so that a million need no memory. */
export const exportCustomers: Command = {
  name: 'export',
  summary: 'Export customers as CSV: all, of a segment, or with a tag',
  usage: [
    'export [FILE.csv]             all customers; to standard output without a file',
    '  --segment ID | --tag KEY    only those of a segment, or with a tag',
    '  --traits A,B                traits besides the usual ones, a column each',
    TARGET_USAGE,
  ],
  options: { ...TARGET_OPTIONS, segment: { type: 'string' }, tag: { type: 'string' }, traits: { type: 'string' } },
  async run({ positionals, values, port }) {
    const [path, ...more] = positionals;
    const { segment, tag, traits } = values;
    if (more.length > 0 || (segment !== undefined && tag !== undefined)) {
      throw new CommandError(
        {
          zh: '只写一个文件，--segment 和 --tag 只写一个。',
          en: 'Say one file, and one of --segment and --tag.',
        },
        'export-options',
      );
    }
    const { api } = targetOf(values, port);
    const base =
      segment === undefined ? '/api/exports/customers' : `/api/segments/${encodeURIComponent(String(segment))}/export`;
    const opened = () => (path === undefined ? process.stdout : createWriteStream(path, { fd: openSync(path, 'w') }));
    let out: NodeJS.WritableStream | undefined;
    let cursor: string | undefined;
    let rows = -1;
    do {
      const query = new URLSearchParams({
        ...(tag === undefined ? {} : { tag: String(tag) }),
        ...(traits === undefined ? {} : { traits: String(traits) }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const { body, headers } = await api.text(`${base}?${query}`);
      rows += body.split('\r\n').length - 1;
      // Only now: what is refused leaves a file of before as it was.
      out ??= opened();
      if (!out.write(body)) await once(out, 'drain');
      cursor = headers['x-next-cursor'];
    } while (cursor !== undefined);
    if (path !== undefined) {
      out.end();
      await finished(out);
      console.error(`${rows.toLocaleString('en-US')} ${rows === 1 ? 'customer' : 'customers'} in ${path}`);
    }
    return 0;
  },
};
