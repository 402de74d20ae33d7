/** Holds the local AWS to what the real one did. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasRecordings, RECORDINGS } from './recordings.ts';
import { type Part, type Report, runAll } from './report.ts';

const there = hasRecordings(RECORDINGS);
if (!there) console.warn(`No recordings of AWS in ${RECORDINGS}: the conformance of the local AWS is not measured`);

describe.skipIf(!there)('the local AWS, beside recordings of the real one', () => {
  let report: Report;
  beforeAll(async () => {
    report = await runAll(RECORDINGS);
  }, 300_000);

  function expectAtLeast(part: Part, share: number, many: number): void {
    const { passed, applicable } = report.parts[part];
    expect(applicable).toBeGreaterThanOrEqual(many);
    expect(passed / applicable, report.failing.map(({ id }) => id).join('\n')).toBeGreaterThanOrEqual(share);
  }

  it('ends at least 98 of 100 executions with equal status, output, error, cause and history', () => {
    expectAtLeast('executions', 0.98, 500);
  });

  it('ends at least 85 of 100 executions with S3, SQS and EventBridge alike', () => {
    expectAtLeast('services', 0.85, 25);
  });

  it('answers at least 95 of 100 scripts of API calls alike', () => {
    expectAtLeast('scripts', 0.95, 150);
  });

  it('matches and refuses every event pattern alike', () => {
    expectAtLeast('patterns', 1, 500);
  });
});
