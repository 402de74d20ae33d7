import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskSource } from '../../infra/cli/import/disk-source.ts';
import {
  bringChunks,
  type Chunk,
  type Compared,
  chunkBody,
  chunksOf,
  IMPORT_KINDS,
  type ImportJob,
  type ImportRequest,
  type LineRange,
  mapColumns,
  planOf,
  tagKeys,
} from '../../shared/imports/index.ts';
import { headingsOf, openTable } from '../../shared/tables/index.ts';
import { gbk } from '../support/gbk.ts';
import { type ImportStack, startImportStack } from '../support/import-stack.ts';

/* Files chunk by chunk over the API, as the Console brings them, into the whole local stack. */
const ROOT = join(import.meta.dirname, '..', '..');
let stack: ImportStack['stack'];
let port = '';
let file: ImportStack['file'];
let end: ImportStack['end'];
beforeAll(async () => {
  ({ stack, port, file, end } = await startImportStack());
});
afterAll(() => end());
const settle = () => stack.advance('PT2S');
const tagsOf = async (id: string) =>
  (await stack.get(`/api/customers/${encodeURIComponent(id)}`)).tags.map(({ key }: { key: string }) => key).sort();
const passages = async () => (await stack.get('/api/executions?journey=on-bought')).items.length;
const ok = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await stack.api(method, path, body);
  if (answer.status >= 300) throw Object.assign(new Error(JSON.stringify(answer.body)), { status: answer.status });
  return answer.body as T;
};
type Job = ImportJob & { readonly done: readonly LineRange[] };

/** A file as the Console opens it: with the guessed columns, and what is asked besides. */
async function opened(kindId: string, path: string, more: Partial<ImportRequest> = {}) {
  const source = await diskSource(path);
  const table = await openTable(source, undefined);
  const headings = await headingsOf(table, path);
  const kind = IMPORT_KINDS.find(({ id }) => id === kindId)!;
  const { mapping } = mapColumns(kind, headings, {});
  const { zone, tags } = await stack.get('/api/ruleset');
  const asOf = '2026-11-20T00:00:00Z';
  const request: ImportRequest = {
    kind: kindId,
    headings: [...headings],
    fields: Object.fromEntries(mapping),
    leave: [],
    zone,
    asOf,
    startJourneys: false,
    ...more,
  };
  const chunks = (lines: number, done: readonly LineRange[] = []): AsyncIterable<Chunk> => {
    const isDone = (line: number) => done.some(({ from, to }) => from <= line && line <= to);
    return chunksOf(table.records(), planOf(request, tagKeys(tags)), { lines, isDone });
  };
  const about = { name: path.split('/').at(-1)!, size: source.file.size, fingerprint: 'f', format: table.format };
  return { request, chunks, begin: () => ok<Job>('POST', '/api/imports', { file: about, request }) };
}

async function bring(job: Job, chunks: AsyncIterable<Chunk>, stopAfter = Infinity): Promise<number> {
  let taken = 0;
  const take = async (chunk: Chunk) => {
    await ok('POST', `/api/imports/${job.id}/rows`, chunkBody(chunk));
    taken++;
  };
  return bringChunks(chunks, { take, stopped: () => taken >= stopAfter });
}
async function imported(kind: string, path: string, more: Partial<ImportRequest> = {}): Promise<Job> {
  const { begin, chunks } = await opened(kind, path, more);
  const job = await begin();
  const lines = await bring(job, chunks(3));
  return ok<Job>('POST', `/api/imports/${job.id}/finish`, { lines });
}
const report = async (kind: string, path: string, ...args: string[]) => {
  const all = ['--no-warnings', join(ROOT, 'bin/pergola.mjs'), 'import', kind, path, '--report', '--port', port];
  const as = ['--as-of', '2026-11-20T00:00:00Z', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, [...all, ...as], { cwd: ROOT });
  return JSON.parse(stdout);
};

const ORDERS = `订单号,会员ID,下单时间,金额,商品
A1,u_1,2026-01-05,9,面霜
A1,u_1,2026-01-05,30,精华
A2,u_1,2026-01-06,三,面霜
A3,u_2,3/4/2026,9,面霜
A4,u_2,2026-01-07,9,面霜
A4,u_2,2026-01-07,9,面霜
A1,u_1,2026-01-05,5,手霜
A5,,2026-01-07,9,面霜
A6,u_3,2026-01-08,12,"面霜
大"
`;

describe('an import over the API', () => {
  it('comes to the very same as the command line does with the same file', async () => {
    const path = file('orders.csv', gbk(ORDERS));
    const job = await imported('orders', path);
    await settle();
    expect(await tagsOf('u_1')).toEqual(['bought']);
    expect(await passages()).toBe(0);
    const told = await report('orders', path);
    expect(await report('orders', path, '--dry-run', '--compare')).toMatchObject({
      rows: 9,
      compared: { fresh: 0, changed: 0, same: 3, newCustomers: 0 },
    });
    const { cents, ...tally } = job.tally;
    expect(told).toMatchObject({ ...tally, total: cents / 100, format: 'CSV, GBK, comma' });
    expect(job.tally).toMatchObject({
      rows: 9,
      repeated: 1,
      wrongRows: 4,
      wrong: { 'row-number': 1, 'row-time': 1, 'order-split': 1, 'row-no-customer': 1 },
      messages: { 'Order Completed': 3 },
    });
    await settle();
    const { items } = await stack.get('/api/customers/u_1/timeline?limit=100');
    expect(items.filter(({ type }: { type: string }) => type === 'event')).toHaveLength(1);
    const { text, csv } = { text: await errors(job.id), csv: await import('node:fs/promises') };
    expect(text).toBe(await csv.readFile(`${path}.errors.csv`, 'utf8'));
  });

  async function errors(id: string): Promise<string> {
    const answer = await fetch(`${stack.url}/api/imports/${id}/errors`);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  }

  it('is compared beforehand with what is there: what is new, what would change, what is there already', async () => {
    const list = file('list.csv', '会员ID,姓名,城市,标签\nu_1,李薇,杭州,\nnew_1,王芳,上海,贵宾\nnew_2,赵敏,北京,\n');
    const compared = async () => {
      const { request, chunks } = await opened('customers', list);
      const all: Compared[] = [];
      for await (const chunk of chunks(100)) {
        all.push(await ok('POST', '/api/imports/compare', { request, rows: chunkBody(chunk).rows }));
      }
      return all[0]!;
    };
    expect(await compared()).toEqual({ fresh: 2, changed: 1, same: 0, strangers: ['new_1', 'new_2'] });
    expect((await stack.api('GET', '/api/customers/new_1')).status).toBe(404);
    await imported('customers', list);
    await settle();
    expect(await tagsOf('new_1')).toEqual(['vip']);
    expect(await compared()).toEqual({ fresh: 0, changed: 0, same: 3, strangers: [] });
    writeFileSync(list, '会员ID,姓名,城市,标签\nu_1,李薇,宁波,\nnew_1,王芳,上海,贵宾\nnew_2,赵敏,北京,贵宾\n');
    expect(await compared()).toMatchObject({ fresh: 0, changed: 2, same: 1 });
    const orders = await opened('orders', file('more.csv', `${ORDERS}A7,u_9,2026-01-09,1,小样\n`));
    for await (const chunk of orders.chunks(100)) {
      const body = { request: orders.request, rows: chunkBody(chunk).rows };
      expect(await ok('POST', '/api/imports/compare', body)).toEqual({
        fresh: 1,
        changed: 0,
        same: 3,
        strangers: ['u_9'],
      });
    }
  });

  it('an order that the shop has sent live is there already, though the file says another minute', async () => {
    await stack.track('u_live', 'Order Completed', {
      timestamp: '2026-01-05T05:04:07.120Z',
      properties: { order_id: 'L1', total: 128 },
    });
    const path = file(
      'live.csv',
      '订单号,会员ID,下单时间,金额\nL1,u_live,2026-01-05 13:04,128\nL2,u_live,2026-01-06 13:04,9\n',
    );
    const { request, chunks } = await opened('orders', path);
    for await (const chunk of chunks(100)) {
      const body = { request, rows: chunkBody(chunk).rows };
      expect(await ok('POST', '/api/imports/compare', body)).toMatchObject({ fresh: 1, same: 1, strangers: [] });
    }
    await imported('orders', path);
    await report('orders', path);
    await settle();
    const { items } = await stack.get('/api/customers/u_live/timeline?limit=100');
    const events = items.filter(({ type }: { type: string }) => type === 'event');
    expect(events.map(({ properties }: { properties: { order_id: string } }) => properties.order_id).sort()).toEqual([
      'L1',
      'L2',
    ]);
  });

  it('interrupted, paused and gone on with elsewhere, loses no row and doubles none', async () => {
    const rows = Array.from(
      { length: 1200 },
      (_, i) => `K${i},k_${i % 300},2026-01-05 1${Math.floor(i / 300)}:00,${i}`,
    );
    const path = file('many.csv', `订单号,会员ID,下单时间,金额\n${rows.join('\n')}\n`);
    const { begin, chunks } = await opened('orders', path);
    const job = await begin();
    await bring(job, chunks(50), 7);
    const paused = await ok<Job>('POST', `/api/imports/${job.id}/pause`, {});
    expect(paused).toMatchObject({ status: 'paused', done: [{ from: 1 }] });
    expect(paused.tally.rows).toBeGreaterThanOrEqual(350);
    const { value: first } = await chunks(50)[Symbol.asyncIterator]().next();
    await expect(bring(job, chunks(50, paused.done))).rejects.toThrow('import-status');
    await ok('POST', `/api/imports/${job.id}/resume`, {});
    // The answer to a chunk was lost: it comes again, and nothing is counted twice.
    await ok('POST', `/api/imports/${job.id}/rows`, chunkBody(first));
    await expect(ok('POST', `/api/imports/${job.id}/finish`, { lines: 1201 })).rejects.toThrow('import-gap');
    const { done } = await ok<Job>('GET', `/api/imports/${job.id}`);
    const lines = await bring(job, chunks(71, done));
    const finished = await ok<Job>('POST', `/api/imports/${job.id}/finish`, { lines });
    expect(finished).toMatchObject({
      status: 'done',
      done: [{ from: 1, to: 1201 }],
      tally: { rows: 1200, repeated: 0, wrongRows: 0, messages: { 'Order Completed': 1200 } },
    });
    await settle();
    const { items } = await stack.get('/api/tags');
    const held = (key: string) => items.find((tag: { key: string }) => tag.key === key).count;
    expect([held('four'), held('five')]).toEqual([300, 0]);
    const [newest] = (await ok<{ items: ImportJob[] }>('GET', '/api/imports')).items;
    expect(newest).toMatchObject({
      id: job.id,
      file: { name: 'many.csv' },
      status: 'done',
      author: expect.any(String),
    });
  });

  it('starts journeys only when asked', async () => {
    const path = file('news.csv', '订单号,会员ID,下单时间,金额\nN1,n_1,2026-01-05,9\n');
    const before = await passages();
    await imported('orders', path, { startJourneys: true });
    await settle();
    expect(await passages()).toBe(before + 1);
  });

  it('that cannot be read so is refused with the place and the next step', async () => {
    const path = file('few.csv', '甲,乙\n1,2\n');
    const { begin } = await opened('orders', path);
    const needed = await begin().catch((error: Error) => error.message);
    expect(needed).toContain('import-column-missing');
    const { begin: wrong } = await opened('orders', path, {
      fields: { order: 0, time: 1, id: 7 },
      zone: 'Mars/Olympus',
    });
    const codes = String(await wrong().catch((error: Error) => error.message));
    expect(codes).toContain('"field":"fields.id"');
    expect(codes).toContain('import-zone');
    expect((await stack.api('GET', '/api/imports/none')).status).toBe(404);
    const { items } = await ok<{ items: ImportJob[] }>('GET', '/api/imports');
    expect(items.some(({ file: { name } }) => name === 'few.csv')).toBe(false);
  });
});
