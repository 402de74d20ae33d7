import { createHash } from 'node:crypto';
import { Annotations, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnStateMachine, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { compile } from '../../../shared/compiler/index.ts';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Journey } from '../../../shared/journey/index.ts';
import { PACK_LANGUAGE, type Pack } from '../../../shared/packs/index.ts';
import { STATE_MACHINE_PREFIX } from '../../topology.ts';
import { acknowledge } from '../acknowledge.ts';
import type { DeployConfig } from '../config.ts';
import { logGroup } from '../logs.ts';
import { EXECUTION_LOG_GROUP, executionRoleArn, stepArn } from '../names.ts';
import { installPacks } from './install.ts';

/** What a deploy needs of a pack. */
type DeployedPack = Pick<Pack, 'id' | 'journeys' | 'rules'>;

/**
 * The repository's journeys as state machines, compiled while synthesising: a journey that does not compile stops the
 * deploy, and a change of one is seen in `cdk diff`. Machines and versions are kept when they leave the template, for
 * customers may be asleep in them for months. Then the packs are installed: docs/decisions/0005.
 */
export class JourneysStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { config: DeployConfig; packs: readonly DeployedPack[] },
  ) {
    super(scope, id, props);
    const { config, packs } = props;
    const log = logGroup(this, 'ExecutionLog', EXECUTION_LOG_GROUP, config);
    const versions = packs.flatMap((pack) =>
      pack.journeys[config.language ?? PACK_LANGUAGE].map((journey) => this.machine(journey, pack, log.logGroupArn)),
    );
    const fingerprint = createHash('sha256')
      .update(JSON.stringify({ packs, language: config.language }))
      .digest('hex')
      .slice(0, 16);
    const ids = packs.map((pack) => pack.id);
    installPacks(this, config, ids, fingerprint).node.addDependency(...versions);
  }

  private machine(journey: Journey, pack: DeployedPack, logGroupArn: string): CfnStateMachineVersion {
    const machine = new CfnStateMachine(this, journey.id, {
      stateMachineName: `${STATE_MACHINE_PREFIX}${journey.id}`,
      stateMachineType: 'STANDARD',
      definitionString: this.definition(journey, pack),
      roleArn: executionRoleArn(this),
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
      tags: [{ key: 'pergola:journey', value: journey.id }],
    });
    machine.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(machine, {
      'AwsSolutions-SF1':
        'Every execution keeps its own history for 90 days and the enrolment its own journal for good; logging all of it again costs about $0.50 per GB and tells nothing new. Errors are logged.',
    });
    const version = new CfnStateMachineVersion(this, `${journey.id}-version`, {
      stateMachineArn: machine.attrArn,
      stateMachineRevisionId: machine.attrStateMachineRevisionId,
      description: 'From the repository',
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return version;
  }

  private definition(journey: Journey, pack: DeployedPack): string {
    const compiled = compile(journey, {
      // Only a comment in the definition; the number that counts is given when the version is registered.
      version: 1,
      functions: {
        decide: stepArn(this, 'steps-decide'),
        perform: stepArn(this, 'steps-perform'),
        await: stepArn(this, 'steps-await'),
      },
      knownTags: pack.rules.tags.map(({ key }) => key),
      knownSegments: (pack.rules.segments ?? []).map(({ id }) => id),
      knownFamilies: (pack.rules.segmentFamilies ?? []).map(({ id }) => id),
    });
    if (!compiled.ok) throw new JourneyDoesNotCompile(journey.id, compiled.diagnostics);
    for (const { code, message } of compiled.diagnostics) {
      Annotations.of(this).addWarningV2(`pergola:${journey.id}:${code}`, `${journey.id}: ${message.en}`);
    }
    return JSON.stringify(compiled.asl);
  }
}

export class JourneyDoesNotCompile extends Error {
  readonly code = 'journey-does-not-compile';
  constructor(journey: string, diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.map(
      ({ code, node, field, message }) => `  ${code} ${[node, field].filter(Boolean).join(' ')}: ${message.en}`,
    );
    super(`The journey ${journey} of the repository does not compile:\n${lines.join('\n')}`);
  }
}
