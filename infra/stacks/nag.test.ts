import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { REGION, testApp } from './test-app.ts';

/** A synthesis with all rules takes 6 s of one free core; this machine may have none. */
const PATIENCE = 180_000;

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs?: readonly { readonly constructPath?: string }[];
}

/**
 * What cdk-nag says of the app, from the report it writes beside the templates. In no account, as `npm run synth` is
 * without credentials.
 */
function findings(): string[] {
  const test = testApp({}, { region: REGION });
  Validations.of(test.app).addPlugins(new AwsSolutionsChecks(test.app), new ServerlessChecks(test.app));
  const { directory } = test.app.synth();
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: Violation[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) => violations).map(({ ruleName }) => ruleName);
}

describe('cdk-nag', () => {
  it(
    'finds nothing that is not answered',
    () => {
      expect(findings().filter((rule) => !rule.includes('console-not-built'))).toEqual([]);
    },
    PATIENCE,
  );
});

describe('an acknowledgement', () => {
  const { app } = testApp();
  const given: { path: string; id: string; reason: unknown }[] = [];
  beforeAll(() => {
    for (const construct of app.node.findAll()) {
      for (const { type, data } of construct.node.metadata) {
        if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
        for (const [id, reason] of Object.entries(data as object))
          given.push({ path: construct.node.path, id, reason });
      }
    }
  });

  it('has a reason that somebody can read', () => {
    expect(given.length).toBeGreaterThan(20);
    for (const { id, reason } of given) expect(String(reason).length, id).toBeGreaterThan(40);
  });

  it('is about one construct, not about a stack or the app', () => {
    expect(given.filter(({ path }) => !path.includes('/'))).toEqual([]);
  });
});
