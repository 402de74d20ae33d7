import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../topology.ts';
import { acknowledge } from '../acknowledge.ts';
import type { BusStack } from '../bus.ts';
import type { DeployConfig } from '../config.ts';
import type { DataStack } from '../data.ts';
import { parameterPath } from '../names.ts';
import { codeOf } from './bundle.ts';
import { commonEnvironment } from './environment.ts';
import { executionRole } from './execution-role.ts';
import { handler } from './handler.ts';
import { connect } from './triggers.ts';

/** Every function of the topology with its role, log and trigger, and the role under which journeys run. */
export class FunctionsStack extends Stack {
  readonly lambdas: Readonly<Record<FunctionName, Lambda>>;
  readonly executionRole: Role;

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { config: DeployConfig; data: DataStack; bus: BusStack },
  ) {
    super(scope, id, props);
    const { config, data, bus } = props;
    const common = commonEnvironment(this, config);
    const writeKeys = this.writeKeys(config);
    this.executionRole = executionRole(this);
    const code = codeOf(this, Object.values<FunctionSpec>(FUNCTIONS));
    this.lambdas = Object.fromEntries(
      Object.entries<FunctionSpec>(FUNCTIONS).map(([key, spec]) => {
        const name = key as FunctionName;
        const lambda = handler(
          this,
          name,
          spec,
          code(spec),
          { ...common, ...secrets(spec, writeKeys, config), ...parameterOf(spec) },
          config,
        );
        connect({ scope: this, name, lambda, trigger: spec.trigger, data, bus });
        return [name, lambda];
      }),
    ) as Record<FunctionName, Lambda>;
    this.readersFirst();
  }

  /**
   * A deployment makes those who read streams new before all others: what a new function writes is then read by a new one,
   * and what an old one wrote is known to both.
   */
  private readersFirst(): void {
    const resources = Object.entries<Lambda>(this.lambdas).map(([name, { node }]) => ({
      reader: FUNCTIONS[name as FunctionName].trigger.type === 'stream',
      resource: node.defaultChild as CfnFunction,
    }));
    const readers = resources.filter(({ reader }) => reader);
    for (const { reader, resource } of resources)
      if (!reader) for (const first of readers) resource.addDependency(first.resource);
  }

  /** The keys apps send with; one is made at random unless the operator brings a secret. */
  private writeKeys(config: DeployConfig): ISecret {
    if (config.writeKeysSecret !== undefined) {
      return Secret.fromSecretCompleteArn(this, 'WriteKeys', config.writeKeysSecret);
    }
    const secret = new Secret(this, 'WriteKeys', {
      secretName: 'pergola/write-keys',
      description: 'Keys with which apps send events to /v1, comma separated',
      generateSecretString: { excludePunctuation: true, passwordLength: 32 },
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'Senders hold these keys; a rotation that they do not know of would lose their events. docs/deploy.md says how to change them.',
    });
    return secret;
  }
}

/**
 * Only a function whose routes are guarded by write keys gets them. They are resolved into its environment when it is
 * deployed: a write key is public by nature (Segment's sit in web pages) and allows nothing but sending, so it does
 * not earn a secret look-up at every cold start. The revision makes the next deploy read the secret again.
 */
function secrets(spec: FunctionSpec, writeKeys: ISecret, config: DeployConfig): Record<string, string> {
  if (spec.trigger.type !== 'http' || spec.trigger.auth !== 'writeKey') return {};
  return { WRITE_KEYS: writeKeys.secretValue.unsafeUnwrap(), WRITE_KEYS_REVISION: config.writeKeysRevision };
}

/** Where a function finds its settings; it reads them when it needs them. */
const parameterOf = ({ parameter }: FunctionSpec): Record<string, string> =>
  parameter === undefined ? {} : { [`${parameter.toUpperCase()}_PARAMETER`]: parameterPath(parameter) };
