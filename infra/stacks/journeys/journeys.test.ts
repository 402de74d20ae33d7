import aslValidator from 'asl-validator';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../shared/compiler/index.ts';
import { drawn } from '../../../shared/compiler/testing/build.ts';
import type { Journey } from '../../../shared/journey/index.ts';
import { FUNCTIONS as TOPOLOGY } from '../../topology.ts';
import { readConfig } from '../config.ts';
import { ACCOUNT, emptyApp, REGION } from '../test-app.ts';
import { JourneysStack } from './index.ts';

const alias = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:pergola-steps-${name}:live`;
const FUNCTIONS = { decide: alias('decide'), perform: alias('perform'), await: alias('await') };

const cards = (body: string): Journey =>
  drawn(
    {
      in: ['enter-event', { event: 'Contact Added' }],
      hello: ['message', { channel: 'inbox', body, byResult: false }, '欢迎'],
      week: ['wait', { duration: 'P7D' }, '等一周'],
      again: ['message', { channel: 'inbox', body: '再次', byResult: false }, '再次提醒'],
    },
    ['in>hello', 'hello>week', 'week>again'],
    { id: 'welcome' },
  );

function deployed(journey: Journey, env: { account?: string; region?: string } = { account: ACCOUNT, region: REGION }) {
  const app = emptyApp();
  const packs = [
    { id: 'some-pack', journeys: { zh: [journey], en: [journey] }, rules: { zone: 'UTC', groups: [], tags: [] } },
  ];
  return Template.fromStack(new JourneysStack(app, 'Journeys', { env, config: readConfig(app.node), packs }));
}

const machineIn = (template: Template) =>
  Object.entries(template.findResources('AWS::StepFunctions::StateMachine'))[0]!;

describe('a journey of the repository', () => {
  const template = deployed(cards('你好'));
  const [id, machine] = machineIn(template);

  it('is a state machine that AWS would take, and calls nothing but the step handlers', () => {
    const asl = JSON.parse(machine['Properties']['DefinitionString']);
    expect(aslValidator(structuredClone(asl)).errors).toEqual([]);
    expect(problemsOf(asl, FUNCTIONS)).toEqual([]);
  });

  it('runs under the one role, traced, its errors logged without data', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'pergola-jny-welcome',
      StateMachineType: 'STANDARD',
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/pergola-journeys`,
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: {
        Level: 'ERROR',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: Match.anyValue() } }],
      },
    });
  });

  it('is kept, with every version of it, whatever later deploys say', () => {
    expect(machine).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::StepFunctions::StateMachineVersion', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { StateMachineRevisionId: { 'Fn::GetAtt': [id, 'StateMachineRevisionId'] } },
    });
  });

  it('is installed by a route that the publisher has', () => {
    expect(TOPOLOGY['http-publish'].trigger.routes).toContain('/api/packs/{id}/install');
  });

  it('is installed once its machine is there, and again when it changes', () => {
    const packs = (of: Template) => Object.values(of.findResources('Custom::PergolaPacks'))[0]!;
    expect(packs(template)['Properties']).toMatchObject({ packs: ['some-pack'], publisher: 'pergola-http-publish' });
    expect(packs(template)['DependsOn']).toEqual([expect.stringMatching(/^welcomeversion/)]);
    const print = (of: Template) => packs(of)['Properties']['fingerprint'];
    expect(print(deployed(cards('你好')))).toBe(print(template));
    expect(print(deployed(cards('您好')))).not.toBe(print(template));
  });

  it('is synthesised without an account, too: the ARNs are then filled in by CloudFormation', () => {
    const [, unknown] = machineIn(deployed(cards('你好'), { region: REGION }));
    const parts = unknown['Properties']['DefinitionString']['Fn::Join'][1] as unknown[];
    const filled = parts.map((part) => (typeof part === 'string' ? part : ACCOUNT)).join('');
    expect(filled).toBe(machine['Properties']['DefinitionString']);
  });

  it('stops the synth when it does not compile, naming the node', () => {
    const broken = drawn({ in: ['enter-event', { event: '' }] }, [], { id: 'broken' });
    expect(() => deployed(broken)).toThrow(/journey broken of the repository does not compile:\n {2}[\w-]+ .*in/);
  });
});
