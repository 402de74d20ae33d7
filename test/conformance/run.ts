/**
 * `npm run conformance [-- --dir DIR] [--json] [--show TEXT]`: holds the local AWS to recordings of the real one.
 * `--show TEXT` prints what differs in the cases whose id holds the text.
 */
import { parseArgs } from 'node:util';
import { hasRecordings, RECORDINGS } from './recordings.ts';
import { printReport, runAll } from './report.ts';

const { values } = parseArgs({
  options: { dir: { type: 'string' }, json: { type: 'boolean' }, show: { type: 'string' } },
});
const dir = values.dir ?? RECORDINGS;
if (!hasRecordings(dir)) {
  console.error(`No recordings in ${dir}: name their folder with --dir`);
  process.exitCode = 2;
} else {
  const report = await runAll(dir, values.show);
  if (values.json) console.log(JSON.stringify(report, null, 1));
  else printReport(report, values.show);
}
