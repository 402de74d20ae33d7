import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  addTally,
  bringChunks,
  chunkBody,
  chunksOf,
  emptyTally,
  planOf,
  type Tally,
  tagKeys,
} from '../../../shared/imports/index.ts';
import type { Ruleset } from '../../../shared/tags/index.ts';
import { get } from '../api/client.ts';
import { type OpenImport, putRows, tellImport } from '../api/imports.ts';
import { LINES } from './dry-run.ts';
import type { OpenedFile } from './opened-file.ts';

export interface Running {
  readonly state: 'running' | 'pausing' | 'paused' | 'done' | 'failed';
  readonly job: OpenImport;
  /** How much of the file is done, 0 to 1. */
  readonly part: number;
  readonly tally: Tally;
  readonly error?: unknown;
}

/** An import that this page carries out: it goes on as long as the page is open, and can be paused. */
export function useImportRun(opened: OpenedFile | undefined) {
  const client = useQueryClient();
  const [run, setRun] = useState<Running>();
  const stop = useRef(false);
  const busy = run?.state === 'running' || run?.state === 'pausing';

  const go = useCallback(
    async (job: OpenImport): Promise<void> => {
      if (opened === undefined) return;
      stop.current = false;
      const tally = emptyTally();
      addTally(tally, job.tally);
      const show = (state: Running['state'], more: Partial<Running> = {}): void =>
        setRun({ state, job, part: partOf(opened, job, tally.rows), tally: { ...tally }, ...more });
      show('running');
      try {
        // As they are now: tags may have been made a moment ago.
        const { tags } = await get<Ruleset>('/api/ruleset');
        const plan = planOf(job.request, tagKeys(tags));
        const isDone = (line: number) => job.done.some(({ from, to }) => from <= line && line <= to);
        const lines = await bringChunks(chunksOf(opened.table.records(), plan, { lines: LINES, isDone }), {
          stopped: () => stop.current,
          take: async (chunk) => {
            addTally(tally, (await putRows(job.id, chunkBody(chunk))).tally);
            show(stop.current ? 'pausing' : 'running');
          },
        });
        const told = await (stop.current ? tellImport(job.id, 'pause') : tellImport(job.id, 'finish', { lines }));
        show(told.status === 'done' ? 'done' : 'paused', {
          job: told,
          tally: told.tally,
          ...(told.status === 'done' ? { part: 1 } : {}),
        });
      } catch (error) {
        show('failed', { error });
      }
      await client.invalidateQueries();
    },
    [opened, client],
  );

  const pause = useCallback(() => {
    stop.current = true;
    setRun((now) => now && { ...now, state: 'pausing' });
  }, []);

  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
  // Who goes to another page of the console leaves the import paused, not running unseen.
  useEffect(
    () => () => {
      stop.current = true;
    },
    [],
  );

  return { run, go, pause };
}

/** By rows where it is known how many there are; what has been read may be far ahead of what is done. */
const partOf = ({ table }: OpenedFile, { file }: OpenImport, rows: number): number =>
  file.rows === undefined ? table.progress() : Math.min(1, rows / Math.max(1, file.rows));
