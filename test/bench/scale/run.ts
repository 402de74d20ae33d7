import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backfill } from './backfill.ts';
import { importFile } from './import.ts';
import { segments } from './segments.ts';

/*
 * `npm run bench:scale -- segments|backfill|import COUNT [FOLDER]`: what is claimed of many customers, done with many.
 * Minutes to hours, so no part of `npm run bench`. With a FOLDER the customers are kept in it for another run.
 */
const PARTS = { segments, backfill, import: importFile } as const;

const [name = '', count = '20000', given] = process.argv.slice(2);
const part = PARTS[name as keyof typeof PARTS];
if (part === undefined) {
  console.error(`Say which: ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}
const folder = given ?? mkdtempSync(join(tmpdir(), 'pergola-scale-'));
try {
  const figures = await part(folder, Number(count));
  console.log('| what | seconds | |\n| --- | ---: | --- |');
  for (const { what, seconds, note } of figures) console.log(`| ${what} | ${seconds.toFixed(2)} | ${note} |`);
} finally {
  if (given === undefined) rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
