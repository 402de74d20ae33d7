/** Holds the local Step Functions to what real AWS did. */
import { describe, expect, it } from 'vitest';
import { hasRecordings } from './recordings.ts';
import { runAll } from './report.ts';

const DIR = '../shared/conformance';
const there = hasRecordings(DIR);
if (!there) console.warn(`No recordings of AWS in ${DIR}: the conformance of Step Functions is not measured`);

describe.skipIf(!there)('the local Step Functions, beside recordings of the real one', () => {
  it('ends at least 98 of 100 executions with equal status, output, error, cause and history', async () => {
    const { tiers } = await runAll(DIR);
    const all = Object.entries(tiers)
      .filter(([name]) => !name.startsWith('script'))
      .map(([, tier]) => tier);
    const passed = all.reduce((sum, tier) => sum + tier.passed, 0);
    const applicable = all.reduce((sum, tier) => sum + tier.applicable, 0);
    expect(applicable).toBeGreaterThan(500);
    expect(passed / applicable).toBeGreaterThanOrEqual(0.98);
  });
});
