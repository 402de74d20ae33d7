import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BenchRow, ratio } from './row.ts';

/*
 * `npm run bench [-- NAME…]`: runs every *.bench.ts beside this file (or those whose name contains NAME), each exporting
 * `rows(): Promise<BenchRow[]>`, and prints one table. Figures are of this machine and this run; the ratios are what counts.
 */
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'));
const all: BenchRow[] = [];
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((name) => file.includes(name))) continue;
  console.error(`… ${basename(file, '.bench.ts')}`);
  const { rows } = (await import(join(import.meta.dirname, file))) as { rows: () => Promise<BenchRow[]> };
  all.push(...(await rows()));
}

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
console.log('| what | ours | against | theirs | unit | ratio |');
console.log('| --- | ---: | --- | ---: | --- | ---: |');
for (const row of all) {
  const note = row.note ? ` (${row.note})` : '';
  console.log(
    `| ${row.what}${note} | ${figure(row.ours)} | ${row.against} | ${figure(row.theirs)} | ${row.unit} | ${ratio(row).toFixed(2)}× |`,
  );
}
process.exit(0);
