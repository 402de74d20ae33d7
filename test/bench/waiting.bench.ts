/**
 * A hundred thousand executions that wait: memory of the process that holds them, how long it takes to open the file they
 * lie in, and moving time past all of them, each due at its own moment, in that order. Held to the goals of the design:
 * 1 GB, 5 s. The process is a fresh one each time, so that nothing of the other phases is counted.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../infra/local/store.ts';
import type { BenchRow } from './row.ts';
import type { Measured } from './waiting-phase.ts';

const EXECUTIONS = 100_000;

function phase(name: string, file: string): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'waiting-phase.ts'), name, file, String(EXECUTIONS)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

/** The floor under anything that is kept: one small row in a transaction of its own, as the stack keeps its files. */
function commitsPerSecond(file: string): number {
  const { db } = openStore(file);
  db.exec('CREATE TABLE row (n INTEGER)');
  const insert = db.prepare('INSERT INTO row VALUES (?)');
  const began = performance.now();
  for (let n = 0; n < 20_000; n++) insert.run(n);
  const perSecond = 20_000_000 / (performance.now() - began);
  db.close();
  return perSecond;
}

/** The rows for `npm run bench`. */
export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
  const file = join(folder, 'executions.sqlite');
  try {
    phase('start', file);
    const opened = phase('open', file);
    const moved = phase('move', file);
    const goal = 'the goal';
    return [
      {
        what: `memory with ${EXECUTIONS.toLocaleString('en-US')} executions waiting`,
        unit: 'MB',
        ours: opened.megabytes,
        against: goal,
        theirs: 1000,
        lowerIsBetter: true,
        note: `${(((opened.megabytes - opened.emptyMegabytes) * 1e6) / EXECUTIONS).toFixed(0)} bytes each`,
      },
      {
        what: 'opening the service with them',
        unit: 's',
        ours: opened.seconds,
        against: goal,
        theirs: 5,
        lowerIsBetter: true,
      },
      {
        what: 'moving time past all of them, in due order',
        unit: 'executions/s',
        ours: EXECUTIONS / moved.seconds,
        against: 'a bare SQLite commit each',
        theirs: commitsPerSecond(join(folder, 'bare.sqlite')),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
