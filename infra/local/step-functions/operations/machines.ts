/** Creating, changing, describing, listing and deleting state machines. */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../time-source.ts';
import { checkArn, readMachineArn, statesArn } from '../arn.ts';
import { checkName, invalid, metadataOnly, optional, page, pageSize, readToken, required, seconds } from '../check.ts';
import { checkDefinition } from '../check-definition.ts';
import { deleteMachine, refuseDeleting } from '../deleted-machines.ts';
import { checkEncryption, OWN_KEY } from '../encryption.ts';
import { logDestination } from '../logging.ts';
import { machineRow, resolveMachine } from '../machine-rows.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';
import { describeDefinition } from './describe-definition.ts';
import { checkTags, putTags, type Tag } from './tags.ts';
import { publish } from './versions.ts';

export interface MachineConfig {
  loggingConfiguration: unknown;
  tracingConfiguration: unknown;
  encryptionConfiguration: unknown;
}

const DEFAULTS: MachineConfig = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: OWN_KEY,
};

function checkRole(arn: string): string {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(arn)) throw new AwsError('InvalidArn', `Invalid Role Arn: '${arn}'`);
  return arn;
}

function readConfig(service: Service, body: Record<string, unknown>, before: MachineConfig): MachineConfig {
  checkEncryption(body.encryptionConfiguration);
  const config = { ...before };
  for (const key of Object.keys(DEFAULTS) as (keyof MachineConfig)[]) {
    if (body[key] !== undefined && body[key] !== null) config[key] = body[key];
  }
  const logging = config.loggingConfiguration as {
    level?: string;
    includeExecutionData?: boolean;
    destinations?: unknown[];
  };
  const destinations = logging.destinations ?? [];
  if (destinations.length > 1 || ((logging.level ?? 'OFF') !== 'OFF' && destinations.length === 0))
    throw badLogging('Must specify exactly one Log Destination.');
  const group = logDestination(destinations[0]);
  const { logs } = service.options;
  if (group !== undefined && logs && !logs.hasGroup(group)) throw badLogging('Log Destination not found.');
  config.loggingConfiguration = { level: 'OFF', includeExecutionData: false, ...logging };
  return config;
}

/** Only a version that is published now can be described. */
function versionDescription(body: Record<string, unknown>): string | undefined {
  const description = optional(body, 'versionDescription');
  if (description !== undefined && body.publish !== true)
    throw invalid('Version description can only be set when publish is true');
  return description;
}

function badLogging(why: string): AwsError {
  return new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${why}`);
}

export const createStateMachine: Operation = (body, service) => {
  const name = checkName(required(body, 'name'));
  const text = required(body, 'definition');
  const role = checkRole(required(body, 'roleArn'));
  const type = optional(body, 'type') ?? 'STANDARD';
  const wantsVersion = body.publish === true;
  const description = versionDescription(body);
  checkDefinition(text, type);
  const config = JSON.stringify(readConfig(service, body, DEFAULTS));
  const { db, engine, options } = service;
  const arn = statesArn(service.place, `stateMachine:${name}`);
  const tags = (body.tags ?? []) as Tag[];
  checkTags(arn, tags);
  const existing = db.get('SELECT * FROM machines WHERE arn = ?', arn);
  const definition = engine.definitions.keep(text);
  const now = options.clock.now();
  if (existing) {
    refuseDeleting(existing);
    // The same request again is the same machine; role and tags do not count (AWS).
    if (existing.definition !== definition || existing.type !== type || existing.config !== config) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
  } else {
    db.run(
      'INSERT INTO machines (arn, name, type, definition, role, created, updated, config) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      arn,
      name,
      type,
      definition,
      role,
      now,
      now,
      config,
    );
    putTags(service, arn, tags);
  }
  const created = existing ? (existing.created as number) : now;
  return {
    stateMachineArn: arn,
    creationDate: seconds(created),
    ...(wantsVersion && { stateMachineVersionArn: publish(service, arn, description).arn }),
  };
};

export const updateStateMachine: Operation = (body, service) => {
  const arn = checkArn(body.stateMachineArn, 'stateMachine');
  const row = machineRow(service, arn);
  refuseDeleting(row);
  const text = optional(body, 'definition');
  const role = optional(body, 'roleArn');
  const changesConfig = ['loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'].some(
    (key) => body[key] != null,
  );
  if (text === undefined && role === undefined && !changesConfig) {
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  const description = versionDescription(body);
  if (role !== undefined) checkRole(role);
  if (text !== undefined) checkDefinition(text, row.type as string);
  const config = JSON.stringify(readConfig(service, body, JSON.parse(row.config as string) as MachineConfig));
  const now = service.options.clock.now();
  const definition = text === undefined ? (row.definition as number) : service.engine.definitions.keep(text);
  const changed = definition !== row.definition || (role !== undefined && role !== row.role) || config !== row.config;
  const revision = changed ? randomUUID() : (row.revision as string | null);
  service.db.run(
    'UPDATE machines SET definition = ?, role = ?, config = ?, updated = ?, revision = ? WHERE arn = ?',
    definition,
    role ?? (row.role as string),
    config,
    now,
    revision,
    arn,
  );
  return {
    updateDate: seconds(now),
    ...(revision !== null && { revisionId: revision }),
    ...(body.publish === true && {
      stateMachineVersionArn: publish(service, arn, description).arn,
    }),
  };
};

export const describeStateMachine: Operation = (body, service) => {
  const arn = checkArn(body.stateMachineArn, 'stateMachine');
  const { machine, version, definition, role, config } = resolveMachine(service, arn, () => 0);
  const revision = version ? version.revision : machine.revision;
  return {
    stateMachineArn: arn,
    name: machine.name,
    status: machine.deleting ? 'DELETING' : 'ACTIVE',
    ...describeDefinition(service.engine.definitions.text(definition), !metadataOnly(body)),
    roleArn: role,
    type: machine.type,
    creationDate: seconds((version ?? machine).created as number),
    ...(JSON.parse(config) as MachineConfig),
    ...(revision !== null && { revisionId: revision }),
    ...(version && version.description !== null && { description: version.description }),
  };
};

export const listStateMachines: Operation = (body, service) => {
  const size = pageSize(body);
  const after = readToken(body);
  const rows = service.db.all(
    'SELECT arn, name, type, created FROM machines WHERE arn > ? ORDER BY arn LIMIT ?',
    after ?? '',
    size + 1,
  );
  const shown = page(rows, size, (row) => row.arn as string);
  return {
    stateMachines: shown.rows.map((row) => ({
      stateMachineArn: row.arn,
      name: row.name,
      type: row.type,
      creationDate: seconds(row.created as number),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

export const deleteStateMachine: Operation = (body, service) => {
  const { machineArn, qualifier } = readMachineArn(checkArn(body.stateMachineArn, 'stateMachine'));
  if (qualifier !== undefined) {
    throw invalid('StateMachine ARN must not be qualified');
  }
  deleteMachine(service.db, machineArn);
  return {};
};
