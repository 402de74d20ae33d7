import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { testApp } from './test-app.ts';

const PARTNER = 'aws.partner/shopify.com/1234/shop';
const PATIENCE = 180_000;

describe('events of other buses', () => {
  it(
    'stay where they are unless somebody asks for them',
    () => {
      const rules = Object.values(testApp().template('PergolaBus').findResources('AWS::Events::Rule'));
      expect(rules.filter(({ Properties }) => String(Properties.Name).includes('feed'))).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'come to ours by a rule each, whose role may put events on ours and nothing else',
    () => {
      const template = testApp({ sesEvents: 'true', partnerBuses: PARTNER }).template('PergolaBus');
      const target = {
        Targets: [
          Match.objectLike({
            Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Bus'), 'Arn'] },
            DeadLetterConfig: Match.anyValue(),
          }),
        ],
      };
      template.hasResourceProperties('AWS::Events::Rule', {
        Name: 'pergola-feed-ses',
        EventBusName: 'default',
        EventPattern: { source: ['aws.ses'], 'detail-type': [{ prefix: 'Email ' }] },
        ...target,
      });
      template.hasResourceProperties('AWS::Events::Rule', {
        Name: 'pergola-feed-partner-0',
        EventBusName: PARTNER,
        EventPattern: { source: [PARTNER] },
        ...target,
      });
      const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
        ({ Properties }) => Properties.PolicyDocument.Statement,
      );
      expect(statements.map(({ Action }) => Action)).toEqual(statements.map(() => 'events:PutEvents'));
    },
    PATIENCE,
  );

  it(
    'leave cdk-nag nothing to find',
    () => {
      const test = testApp({ sesEvents: 'true', partnerBuses: PARTNER });
      Validations.of(test.app).addPlugins(new AwsSolutionsChecks(test.app), new ServerlessChecks(test.app));
      const { directory } = test.app.synth();
      const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
      const rules = pluginReports.flatMap((report: { violations: { ruleName: string }[] }) =>
        report.violations.map(({ ruleName }) => ruleName),
      );
      expect(rules.filter((rule: string) => !rule.includes('console-not-built'))).toEqual([]);
    },
    PATIENCE,
  );
});
