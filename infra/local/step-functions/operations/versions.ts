/** Versions of a state machine. */
import { AwsError } from '../../time-source.ts';
import { checkArn, readMachineArn } from '../arn.ts';
import { optional, page, pageSize, readToken, seconds } from '../check.ts';
import { refuseDeleting } from '../deleted-machines.ts';
import { machineRow, type Route, versionArn } from '../machine-rows.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

/** Publishes the machine as it is; the newest version again if nothing has changed since. */
export function publish(service: Service, machineArn: string, description?: string): { arn: string; created: number } {
  const { db } = service;
  const machine = machineRow(service, machineArn);
  refuseDeleting(machine);
  const newest = db.get('SELECT * FROM versions WHERE machine = ? ORDER BY number DESC LIMIT 1', machineArn);
  if (newest && newest.revision === machine.revision) {
    return { arn: versionArn(machineArn, newest.number as number), created: newest.created as number };
  }
  const number = machine.next_version as number;
  const now = service.options.clock.now();
  db.run(
    'INSERT INTO versions (machine, number, definition, role, revision, description, created, config) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    machineArn,
    number,
    machine.definition as number,
    machine.role as string,
    machine.revision as string | null,
    description ?? null,
    now,
    machine.config as string,
  );
  db.run('UPDATE machines SET next_version = ? WHERE arn = ?', number + 1, machineArn);
  return { arn: versionArn(machineArn, number), created: now };
}

export const publishStateMachineVersion: Operation = (body, service) => {
  const arn = checkArn(body.stateMachineArn, 'stateMachine');
  const machine = machineRow(service, arn);
  const expected = optional(body, 'revisionId');
  if (expected !== undefined && expected !== (machine.revision ?? 'INITIAL')) {
    throw new AwsError(
      'ConflictException',
      `Failed to publish the State Machine version for revision ${expected}. The current State Machine revision is ${machine.revision ?? 'INITIAL'}.`,
      409,
    );
  }
  const { arn: published, created } = publish(service, arn, optional(body, 'description'));
  return { creationDate: seconds(created), stateMachineVersionArn: published };
};

export const listStateMachineVersions: Operation = (body, service) => {
  const size = pageSize(body);
  const arn = checkArn(body.stateMachineArn, 'stateMachine');
  machineRow(service, arn);
  const below = readToken(body);
  const rows = service.db.all(
    'SELECT number, created FROM versions WHERE machine = ? AND number < ? ORDER BY number DESC LIMIT ?',
    arn,
    below === undefined ? Number.MAX_SAFE_INTEGER : Number(below),
    size + 1,
  );
  const shown = page(rows, size, (row) => row.number as number);
  return {
    stateMachineVersions: shown.rows.map((row) => ({
      stateMachineVersionArn: versionArn(arn, row.number as number),
      creationDate: seconds(row.created as number),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

/** Deleting what is not there is no error; a version under an alias cannot be deleted. */
export const deleteStateMachineVersion: Operation = (body, service) => {
  const arn = checkArn(body.stateMachineVersionArn, 'stateMachine');
  const { machineArn, qualifier } = readMachineArn(arn);
  const users = service.db
    .all('SELECT name, routing FROM aliases WHERE machine = ?', machineArn)
    .filter((row) =>
      (JSON.parse(row.routing as string) as Route[]).some((route) => route.stateMachineVersionArn === arn),
    );
  if (users.length > 0) {
    const names = users.map((row) => row.name).join(', ');
    throw new AwsError(
      'ConflictException',
      `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
      409,
    );
  }
  service.db.run('DELETE FROM versions WHERE machine = ? AND number = ?', machineArn, Number(qualifier ?? 0));
  return {};
};
