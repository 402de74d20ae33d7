import type { Chunk } from './chunks.ts';
import type { RefusedRows } from './error-rows.ts';

/** A chunk as the API takes it: rows that are good, those refused where the file was read, and how many were repeated. */
export interface ChunkBody {
  readonly from: number;
  readonly to: number;
  readonly rows: RefusedRows['rows'];
  readonly refused: readonly RefusedRows[];
  readonly repeated: number;
}

export function chunkBody({ from, to, outcomes, cellsOf }: Chunk): ChunkBody {
  const rowsOf = (lines: readonly number[]) => lines.map((line) => ({ line, cells: cellsOf(line) }));
  return {
    from,
    to,
    rows: outcomes.flatMap((outcome) => ('messages' in outcome ? rowsOf(outcome.lines) : [])),
    refused: outcomes.flatMap((outcome) =>
      'problems' in outcome ? [{ rows: rowsOf(outcome.lines), problems: outcome.problems }] : [],
    ),
    repeated: outcomes.reduce((sum, outcome) => sum + ('repeated' in outcome ? outcome.lines.length : 0), 0),
  };
}

/**
 * Hands chunks over as they come, a few at once, until there are none or it is told to stop; resolves when none is on its
 * way any more, to the last line that was read. The first that fails ends it (those on their way are waited for).
 */
export async function bringChunks(
  chunks: AsyncIterable<Chunk>,
  { take, stopped, atOnce = 4 }: { take: (chunk: Chunk) => Promise<void>; stopped: () => boolean; atOnce?: number },
): Promise<number> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let last = 1;
  for await (const chunk of chunks) {
    if (stopped() || failures.length > 0) break;
    const one = take(chunk)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => underWay.delete(one));
    underWay.add(one);
    last = chunk.to;
    if (underWay.size >= atOnce) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  return last;
}
