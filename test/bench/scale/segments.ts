import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StackProcess } from '../../support/stack-process.ts';
import type { Figure } from './figure.ts';
import { dynoxideOf, memoryOf } from './processes.ts';
import { seededStack } from './seeded-stack.ts';

const SEGMENT = 'dormant';

/**
 * A segment that nearly everybody is in: counted, its overlaps, an estimate of a condition that is being built, all pages
 * of its list, and its export over HTTP and by the command line; with the memory of the stack and of the database.
 */
export async function segments(folder: string, customers: number): Promise<readonly Figure[]> {
  const stack = await seededStack(folder, customers, false);
  await stack.start();
  const base = `http://127.0.0.1:${stack.consolePort}`;
  const figures: Figure[] = [];
  const timed = async (what: string, work: () => Promise<string>) => {
    const began = performance.now();
    const note = await work();
    figures.push({ what, seconds: (performance.now() - began) / 1000, note: `${note}; ${memory(stack, folder)}` });
    console.error(figures.at(-1));
  };
  // biome-ignore lint/suspicious/noExplicitAny: answers of the API
  const json = async (path: string, body?: unknown): Promise<any> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(base + path, { ...sent, headers: { 'content-type': 'application/json' } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  try {
    let members = 0;
    await timed('all segments with counts and overlaps', async () => {
      const { customers: all, items, overlaps } = await json('/api/segments');
      members = items.find(({ id }: { id: string }) => id === SEGMENT).count;
      return `${all} customers, ${members} in ${SEGMENT}, ${overlaps.length} overlaps, exact`;
    });
    await timed('overlap of three', async () => {
      const { all, any } = await json('/api/segments/overlap?of=dormant,regulars,prospects');
      return `${all} in all, ${any} in any`;
    });
    await timed('a condition that is being built', async () => {
      const when = { did: { event: 'Order Completed' } };
      const { count, low, high, exact } = await json('/api/conditions/count', { when });
      return `${count}, ${exact ? 'exact' : `between ${low} and ${high}`}`;
    });
    await timed('tags with counts', async () => `${(await json('/api/tags')).items?.length} tags`);
    await timed('its export by the command line', async () => {
      const file = join(folder, 'members.csv');
      const child = stack.begin('export', file, '--segment', SEGMENT);
      let most = 0;
      const look = setInterval(() => {
        most = Math.max(most, memoryOf(child.pid!)?.most ?? 0);
      }, 200);
      await new Promise((resolve) => child.once('exit', resolve));
      clearInterval(look);
      const lines = readFileSync(file, 'utf8').split('\r\n').length - 2;
      if (lines !== members) throw new Error(`${lines} rows for ${members}`);
      return `${lines} rows, ${Math.round(statSync(file).size / 1e6)} MB, at most ${most} MB in the command`;
    });
    await timed('its export over HTTP', async () => {
      let rows = -1;
      let bytes = 0;
      let cursor: string | null = null;
      do {
        const answer: Response = await fetch(
          `${base}/api/segments/${SEGMENT}/export?limit=1000${cursor ? `&cursor=${cursor}` : ''}`,
        );
        const text = await answer.text();
        rows += text.split('\r\n').length - 1;
        bytes += Buffer.byteLength(text);
        cursor = answer.headers.get('x-next-cursor');
      } while (cursor !== null);
      if (rows !== members) throw new Error(`${rows} exported of ${members}`);
      return `${rows} rows, ${Math.round(bytes / 1e6)} MB`;
    });
    await timed('the list, a thousand a page', async () => {
      let pages = 0;
      let seen = 0;
      let last = '';
      let cursor: string | undefined;
      do {
        const page = await json(`/api/segments/${SEGMENT}/customers?limit=1000${cursor ? `&cursor=${cursor}` : ''}`);
        for (const { id } of page.items) {
          if (id <= last) throw new Error(`${id} after ${last}`);
          last = id;
        }
        seen += page.items.length;
        cursor = page.cursor;
        pages++;
      } while (cursor !== undefined);
      if (seen !== members) throw new Error(`${seen} listed of ${members}`);
      return `${pages} pages, ${seen} customers, in order`;
    });
    return figures;
  } finally {
    await stack.stop();
  }
}

function memory(stack: StackProcess, folder: string): string {
  const database = dynoxideOf(join(folder, 'data', 'dynamodb.db'));
  const of = (pid: number | undefined) => (pid === undefined ? undefined : memoryOf(pid)?.most);
  return `at most ${of(stack.pid())} MB in the stack, ${of(database)} MB in the database`;
}
