/** Runs all recordings of a folder and counts. */
import { type ExecutionCase, featuresOf, readCompare, readExecutionCases } from './recordings.ts';
import { readApiScripts, runApiScript, whyNotApplicable } from './run-api-script.ts';
import { readEventPatternCases, runEventPatternCase } from './run-event-pattern.ts';
import { runExecutionCase } from './run-execution-case.ts';

export interface Count {
  passed: number;
  applicable: number;
}

/** The three kinds of recordings, each with a floor of its own: see conformance.test.ts. */
export type Part = 'executions' | 'services' | 'scripts' | 'patterns';

export interface Report {
  /** Per kind of recording. */
  parts: Record<Part, Count>;
  /** Executions by what they need, scripts by what they call, and event patterns. */
  tiers: Record<string, Count>;
  /** Executions and scripts by the features they use, event patterns by their operators. */
  features: Record<string, Count>;
  /** Recordings that are not run, by the reason. */
  notApplicable: Record<string, number>;
  failing: { id: string; tier: string; differences: string[] }[];
}

/** Tiers that need nothing but Step Functions, functions and (for callbacks) somebody who answers. */
const TIERS = new Set(['pure', 'lambda', 'local', 'callback']);
/** Of the others those can be run that use no service but these. */
const SERVICES = /^((aws-sdk:)?s3|sqs|events):/;

function partOf(one: ExecutionCase): Part {
  return TIERS.has(one.tier) ? 'executions' : 'services';
}

function whyNot(one: ExecutionCase): string | undefined {
  if (!one.trusted) return 'executions that their recorders doubt';
  const runs = one.integrations?.every((resource) => SERVICES.test(resource)) ?? false;
  if (!TIERS.has(one.tier) && !runs) return 'executions that need other AWS services';
  if (one.unresolved?.length) return 'executions with values that only AWS could give';
  return undefined;
}

function count(counts: Record<string, Count>, key: string, passed: boolean): void {
  counts[key] ??= { passed: 0, applicable: 0 };
  counts[key].applicable++;
  if (passed) counts[key].passed++;
}

/** `only`: cases whose id holds this text. */
export async function runAll(dir: string, only?: string): Promise<Report> {
  const compare = await readCompare(dir);
  const report: Report = {
    parts: {
      executions: { passed: 0, applicable: 0 },
      services: { passed: 0, applicable: 0 },
      scripts: { passed: 0, applicable: 0 },
      patterns: { passed: 0, applicable: 0 },
    },
    tiers: {},
    features: {},
    notApplicable: {},
    failing: [],
  };
  const wanted = (id: string) => !only || id.includes(only);
  const leaveOut = (why: string) => {
    report.notApplicable[why] = (report.notApplicable[why] ?? 0) + 1;
  };
  const add = (part: Part, tier: string, features: readonly string[], id: string, differences: string[]) => {
    const passed = differences.length === 0;
    count(report.parts, part, passed);
    count(report.tiers, tier, passed);
    for (const feature of features) count(report.features, feature, passed);
    if (!passed) report.failing.push({ id, tier, differences });
  };
  for (const one of readExecutionCases(dir).filter(({ id }) => wanted(id))) {
    const why = whyNot(one);
    if (why) leaveOut(why);
    else add(partOf(one), one.tier, featuresOf(one), one.id, await runExecutionCase(one, compare));
  }
  for (const script of readApiScripts(dir).filter(({ id }) => wanted(id))) {
    const why = whyNotApplicable(script);
    if (why) leaveOut(why);
    else add('scripts', `script ${script.kind}`, featuresOf(script), script.id, await runApiScript(script, compare));
  }
  for (const one of readEventPatternCases(dir).filter(({ id }) => wanted(id))) {
    const features = (one.operators ?? []).map((operator) => `pattern:${operator}`);
    add('patterns', 'event pattern', features, one.id, runEventPatternCase(one));
  }
  return report;
}

export function printReport(report: Report, show?: string): void {
  const line = (name: string, { passed, applicable: all }: Count) => {
    const share = all === 0 ? '' : `${((100 * passed) / all).toFixed(1).padStart(6)} %`;
    return `${name.padEnd(40)} ${String(passed).padStart(5)} / ${String(all).padEnd(5)} ${share}`;
  };
  for (const [part, counts] of Object.entries(report.parts)) console.log(line(part, counts));
  console.log('');
  for (const [tier, counts] of Object.entries(report.tiers)) console.log(line(`  ${tier}`, counts));
  console.log('');
  for (const [feature, counts] of Object.entries(report.features).sort()) console.log(line(`    ${feature}`, counts));
  if (Object.keys(report.notApplicable).length > 0) console.log('\nNot applicable:');
  for (const [why, number] of Object.entries(report.notApplicable)) console.log(`  ${number} ${why}`);
  if (report.failing.length > 0) console.log('\nFailing:');
  for (const { id, tier, differences } of report.failing) {
    console.log(`  ${tier}: ${id}`);
    for (const difference of differences.slice(0, show ? 50 : 1))
      console.log(`      ${difference.slice(0, show ? 2000 : 300)}`);
  }
}
