import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  addTally,
  emptyTally,
  type ImportedFile,
  type ImportJob,
  type ImportRequest,
  type ImportStatus,
  type LineRange,
  type RefusedRows,
  type Tally,
} from '../../../shared/imports/index.ts';
import { expiresIn, now } from '../clock/index.ts';
import { MAX_PACKED_BYTES, pack, unpack } from '../packed.ts';
import { get, query, type Row, tableName, tables } from '../tables/index.ts';

/** Rows of the tags table, see docs/data.md. */
const JOBS = 'imports';
/** Refused rows hold what the file held; an import can be gone on with as long as it is known what is done. */
const KEPT_DAYS = 30;

const partsPk = (id: string): string => `imports#${id}`;
const lineText = (line: number): string => String(line).padStart(9, '0');
const chunkSk = (from: number): string => `k#${lineText(from)}`;
const REFUSED = 'w#';

type Kept = Omit<ImportJob, 'tally' | 'status' | 'updatedAt'>;

export async function createImport(file: ImportedFile, request: ImportRequest, author: string): Promise<ImportJob> {
  const at = now();
  const id = `${at.replace(/\D/g, '')}-${randomUUID().slice(0, 6)}`;
  const kept: Kept = { id, file, request, author, createdAt: at };
  const Item = {
    pk: JOBS,
    sk: id,
    body: JSON.stringify(kept),
    status: 'running',
    updatedAt: at,
    tally: JSON.stringify(emptyTally()),
  };
  await tables().send(new PutCommand({ TableName: tableName('tags'), Item }));
  return jobFrom(Item);
}

/** The newest first; of one that is under way the tally is that of the last pause. */
export async function listImports(limit: number): Promise<ImportJob[]> {
  return (await query('tags', { pk: JOBS, prefix: '', backwards: true, limit, consistent: true })).map(jobFrom);
}

export async function readImport(id: string): Promise<ImportJob | undefined> {
  const row = await get('tags', { pk: JOBS, sk: id });
  return row === undefined ? undefined : jobFrom(row);
}

export async function saveStatus(job: ImportJob, status: ImportStatus, tally: Tally): Promise<ImportJob> {
  const { id, file, request, author, createdAt } = job;
  const updatedAt = now();
  const kept: Kept = { id, file, request, author, createdAt };
  const Item = { pk: JOBS, sk: id, body: JSON.stringify(kept), status, updatedAt, tally: JSON.stringify(tally) };
  await tables().send(new PutCommand({ TableName: tableName('tags'), Item }));
  return { ...kept, status, updatedAt, tally };
}

const jobFrom = (row: Row): ImportJob => ({
  ...(JSON.parse(row['body'] as string) as Kept),
  status: row['status'] as ImportStatus,
  updatedAt: row['updatedAt'] as string,
  tally: JSON.parse(row['tally'] as string) as Tally,
});

/** What came of the chunk that begins at this line; undefined when it was not done. */
export async function chunkAt(id: string, from: number): Promise<(LineRange & { tally: Tally }) | undefined> {
  const row = await get('tags', { pk: partsPk(id), sk: chunkSk(from) });
  return row === undefined ? undefined : chunkFrom(row);
}

/** Notes that a chunk is done; of two that do the same one at once both say the same. */
export async function addChunk(id: string, { from, to }: LineRange, tally: Tally): Promise<void> {
  const Item = {
    pk: partsPk(id),
    sk: chunkSk(from),
    from,
    to,
    tally: JSON.stringify(tally),
    expiresAt: expiresIn(KEPT_DAYS),
  };
  await tables().send(new PutCommand({ TableName: tableName('tags'), Item }));
}

const chunkFrom = (row: Row) => ({
  from: row['from'] as number,
  to: row['to'] as number,
  tally: JSON.parse(row['tally'] as string) as Tally,
});

/** The lines that are done, those that stand together as one range, and what came of all of them. */
export async function doneLines(id: string): Promise<{ readonly ranges: readonly LineRange[]; readonly tally: Tally }> {
  const ranges: { from: number; to: number }[] = [];
  const tally = emptyTally();
  for (const { from, to, tally: more } of (
    await query('tags', { pk: partsPk(id), prefix: 'k#', consistent: true })
  ).map(chunkFrom)) {
    addTally(tally, more);
    const before = ranges.at(-1);
    if (before !== undefined && before.to + 1 >= from) before.to = Math.max(before.to, to);
    else ranges.push({ from, to });
  }
  return { ranges, tally };
}

/** Keeps rows of a chunk that were refused; again, they take the same places. */
export async function addRefused(id: string, from: number, refused: readonly RefusedRows[]): Promise<void> {
  if (refused.length === 0) return;
  for (const [part, body] of packed(refused).entries()) {
    const sk = `${REFUSED}${lineText(from)}#${String(part).padStart(4, '0')}`;
    const Item = { pk: partsPk(id), sk, body, expiresAt: expiresIn(KEPT_DAYS) };
    await tables().send(new PutCommand({ TableName: tableName('tags'), Item }));
  }
}

function packed(refused: readonly RefusedRows[]): Uint8Array[] {
  const bytes = pack(refused);
  if (bytes.length <= MAX_PACKED_BYTES) return [bytes];
  const half = <T>(list: readonly T[]) => Math.ceil(list.length / 2);
  if (refused.length > 1) return [...packed(refused.slice(0, half(refused))), ...packed(refused.slice(half(refused)))];
  const [{ rows, problems }] = refused as [RefusedRows];
  // Each line is told with its own problems, so the lines of an order can lie apart.
  if (rows.length > 1) {
    return [rows.slice(0, half(rows)), rows.slice(half(rows))].flatMap((part) => packed([{ rows: part, problems }]));
  }
  return packed([
    { rows: rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.slice(0, 500)) })), problems },
  ]);
}

const REFUSED_PAGE = 20;

/** Rows refused, in the order of the file; `after` is the cursor of the page before. */
export async function refusedRows(
  id: string,
  after: string | undefined,
): Promise<{ readonly items: readonly RefusedRows[]; readonly cursor?: string }> {
  const pk = partsPk(id);
  const rows = await query('tags', {
    pk,
    prefix: REFUSED,
    limit: REFUSED_PAGE,
    consistent: true,
    ...(after === undefined ? {} : { after: { pk, sk: `${REFUSED}${after}` } }),
  });
  const items = rows.flatMap((row) => unpack<RefusedRows[]>(row['body']));
  const last = rows.at(-1)?.sk.slice(REFUSED.length);
  return rows.length < REFUSED_PAGE || last === undefined ? { items } : { items, cursor: last };
}
