/** State machines, their versions and aliases, as rows; and which of them an ARN means. */
import { AwsError } from '../time-source.ts';
import { checkArn, readMachineArn } from './arn.ts';
import { invalid } from './check.ts';
import type { Row } from './database.ts';
import type { Service } from './service.ts';

function machineMissing(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function machineRow(service: Service, arn: string): Row {
  const row = service.db.recall('machines', 'SELECT * FROM machines WHERE arn = ?', arn);
  if (!row) throw machineMissing(arn);
  return row;
}

export function versionArn(machine: string, number: number): string {
  return `${machine}:${number}`;
}

export function aliasArn(machine: string, name: string): string {
  return `${machine}:${name}`;
}

export interface Route {
  stateMachineVersionArn: string;
  weight: number;
}

/** What an unqualified, version or alias ARN stands for. `pick` in [0, 100) chooses among an alias's weights. */
export interface Resolved {
  machine: Row;
  definition: number;
  role: string;
  config: string;
  updated: number;
  /** The revision it is at; null while it has never been changed. */
  revision: string | null;
  version?: Row;
  alias?: Row;
}

export function resolveMachine(service: Service, arn: unknown, pick: () => number): Resolved {
  const text = checkArn(arn, 'stateMachine');
  const { machineArn, name, qualifier } = readMachineArn(text);
  if (name.includes('/')) throw invalid(`The state machine ARN must not name a Map state: ${text}`);
  const machine = service.db.recall('machines', 'SELECT * FROM machines WHERE arn = ?', machineArn);
  if (!machine) throw machineMissing(text);
  if (qualifier === undefined) {
    return {
      machine,
      definition: machine.definition as number,
      role: machine.role as string,
      config: machine.config as string,
      updated: machine.updated as number,
      revision: machine.revision as string | null,
    };
  }
  let number = /^\d+$/.test(qualifier) ? Number(qualifier) : undefined;
  let alias: Row | undefined;
  if (number === undefined) {
    alias = service.db.recall('aliases', 'SELECT * FROM aliases WHERE machine = ? AND name = ?', machineArn, qualifier);
    if (!alias) throw machineMissing(text);
    number = chooseRoute(JSON.parse(alias.routing as string) as Route[], pick());
  }
  const version = service.db.recall(
    'versions',
    'SELECT * FROM versions WHERE machine = ? AND number = ?',
    machineArn,
    number,
  );
  if (!version) throw machineMissing(text);
  return {
    machine,
    version,
    definition: version.definition as number,
    role: version.role as string,
    config: version.config as string,
    updated: version.created as number,
    revision: version.revision as string | null,
    ...(alias && { alias }),
  };
}

function chooseRoute(routes: Route[], pick: number): number {
  let left = pick;
  const route = routes.find((r) => {
    left -= r.weight;
    return left < 0;
  });
  return Number((route ?? (routes[0] as Route)).stateMachineVersionArn.split(':').at(-1));
}
