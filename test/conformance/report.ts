/** Runs all recordings of a folder and counts. */
import { type ExecutionCase, featuresOf, readCompare, readExecutionCases } from './recordings.ts';
import { readApiScripts, runApiScript } from './run-api-script.ts';
import { runExecutionCase } from './run-execution-case.ts';

export interface Count {
  passed: number;
  applicable: number;
}

export interface Report {
  tiers: Record<string, Count>;
  features: Record<string, Count>;
  failing: { id: string; tier: string; differences: string[] }[];
}

/** Cases that can be run here: nothing in them is unresolved, and no other AWS service is needed. */
function applicable(one: ExecutionCase): boolean {
  return (one.unresolved?.length ?? 0) === 0 && one.tier !== 'services';
}

function count(counts: Record<string, Count>, key: string, passed: boolean): void {
  counts[key] ??= { passed: 0, applicable: 0 };
  counts[key].applicable++;
  if (passed) counts[key].passed++;
}

/** `only`: cases whose id holds this text. */
export async function runAll(dir: string, only?: string): Promise<Report> {
  const compare = await readCompare(dir);
  const report: Report = { tiers: {}, features: {}, failing: [] };
  for (const one of readExecutionCases(dir)) {
    if (!applicable(one) || (only && !one.id.includes(only))) continue;
    const result = await runExecutionCase(one, compare);
    const passed = result.differences.length === 0;
    count(report.tiers, one.tier, passed);
    for (const feature of featuresOf(one)) count(report.features, feature, passed);
    if (!passed) report.failing.push(result);
  }
  for (const script of readApiScripts(dir)) {
    if (only && !script.id.includes(only)) continue;
    const result = await runApiScript(script, compare);
    count(report.tiers, result.tier, result.differences.length === 0);
    if (result.differences.length > 0) report.failing.push(result);
  }
  return report;
}

export function printReport(report: Report, show?: string): void {
  const line = (name: string, { passed, applicable: all }: Count) =>
    `${name.padEnd(34)} ${String(passed).padStart(5)} / ${String(all).padEnd(5)} ${((100 * passed) / all).toFixed(1).padStart(6)} %`;
  for (const [tier, counts] of Object.entries(report.tiers)) console.log(line(tier, counts));
  console.log('');
  for (const [feature, counts] of Object.entries(report.features).sort()) console.log(line(`  ${feature}`, counts));
  if (report.failing.length > 0) console.log('\nFailing:');
  for (const { id, tier, differences } of report.failing) {
    console.log(`  ${tier}: ${id}`);
    for (const difference of differences.slice(0, show ? 50 : 1))
      console.log(`      ${difference.slice(0, show ? 2000 : 300)}`);
  }
}
