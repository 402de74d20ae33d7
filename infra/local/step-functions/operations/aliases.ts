/** Aliases: names for one or two weighted versions. */
import { AwsError } from '../../time-source.ts';
import { checkArn, readMachineArn } from '../arn.ts';
import { invalid, optional, page, pageSize, readToken, required, seconds } from '../check.ts';
import type { Row } from '../database.ts';
import { aliasArn, machineRow, type Route } from '../machine-rows.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;

/** One or two versions of the same machine whose weights make 100. Checked in AWS's order. */
function readRoutes(service: Service, body: Record<string, unknown>): { machineArn: string; routes: Route[] } {
  const routes = (body.routingConfiguration ?? []) as Route[];
  const arns = routes.map((route) => String(route.stateMachineVersionArn));
  const received = `Received: [${arns.join(', ')}]`;
  if (new Set(arns).size < arns.length)
    throw invalid(`Routing configuration must contain distinct state machine version ARNs. ${received}`);
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw invalid(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  const parts = arns.map((arn) => readMachineArn(checkArn(arn, 'stateMachine')));
  const machineArn = (parts[0] as { machineArn: string }).machineArn;
  const isVersion = ({ machineArn: machine, qualifier }: { machineArn: string; qualifier?: string }) =>
    /^\d+$/.test(qualifier ?? '') &&
    service.db.get('SELECT 1 FROM versions WHERE machine = ? AND number = ?', machine, Number(qualifier));
  if (!parts.every(isVersion))
    throw invalid(`Routing configuration must contain state machine version ARNs. ${received}`);
  if (parts.some((part) => part.machineArn !== machineArn))
    throw invalid(`Routing configuration must contain versions of the same state machine. ${received}`);
  return { machineArn, routes };
}

/** `machine:name`; a number names a version, not an alias. */
function checkAliasArn(given: unknown): string {
  const arn = checkArn(given, 'stateMachine');
  const { qualifier } = readMachineArn(arn);
  if (qualifier === undefined || !NAME.test(qualifier))
    throw new AwsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: stateMachine'`);
  return arn;
}

function aliasRow(service: Service, arn: string): Row {
  const { machineArn, qualifier } = readMachineArn(arn);
  const row = service.db.get('SELECT * FROM aliases WHERE machine = ? AND name = ?', machineArn, qualifier ?? '');
  if (!row)
    throw new AwsError('ResourceNotFound', 'Request references a resource that does not exist.', 400, {
      resourceName: arn,
    });
  return row;
}

export const createStateMachineAlias: Operation = (body, service) => {
  const name = required(body, 'name');
  const { machineArn, routes } = readRoutes(service, body);
  const { db, options } = service;
  const routing = JSON.stringify(routes);
  const description = optional(body, 'description') ?? null;
  const existing = db.get('SELECT * FROM aliases WHERE machine = ? AND name = ?', machineArn, name);
  const now = options.clock.now();
  if (existing) {
    if (existing.routing !== routing || existing.description !== description) {
      throw new AwsError(
        'ConflictException',
        `Failed to create alias because an alias with the same name and a different routing configuration already exists.`,
        409,
      );
    }
  } else {
    const count = db.get('SELECT COUNT(*) AS n FROM aliases WHERE machine = ?', machineArn)?.n as number;
    if (count >= 100)
      throw new AwsError('ServiceQuotaExceededException', 'The maximum number of aliases (100) is reached', 402);
    db.run(
      'INSERT INTO aliases (machine, name, description, routing, created, updated) VALUES (?, ?, ?, ?, ?, ?)',
      machineArn,
      name,
      description,
      routing,
      now,
      now,
    );
  }
  return {
    stateMachineAliasArn: aliasArn(machineArn, name),
    creationDate: seconds((existing?.created as number) ?? now),
  };
};

export const describeStateMachineAlias: Operation = (body, service) => {
  const arn = checkAliasArn(body.stateMachineAliasArn);
  const row = aliasRow(service, arn);
  return {
    stateMachineAliasArn: arn,
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    routingConfiguration: JSON.parse(row.routing as string),
    creationDate: seconds(row.created as number),
    updateDate: seconds(row.updated as number),
  };
};

export const updateStateMachineAlias: Operation = (body, service) => {
  const arn = checkAliasArn(body.stateMachineAliasArn);
  if (body.description == null && body.routingConfiguration == null)
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the description or the RoutingConfiguration must be specified',
    );
  const row = aliasRow(service, arn);
  const now = service.options.clock.now();
  const routing =
    body.routingConfiguration === undefined
      ? (row.routing as string)
      : JSON.stringify(readRoutes(service, body).routes);
  service.db.run(
    'UPDATE aliases SET description = ?, routing = ?, updated = ? WHERE machine = ? AND name = ?',
    optional(body, 'description') ?? (row.description as string | null),
    routing,
    now,
    row.machine as string,
    row.name as string,
  );
  return { updateDate: seconds(now) };
};

/** Deleting what is not there is no error. */
export const deleteStateMachineAlias: Operation = (body, service) => {
  const { machineArn, qualifier } = readMachineArn(checkAliasArn(body.stateMachineAliasArn));
  service.db.run('DELETE FROM aliases WHERE machine = ? AND name = ?', machineArn, qualifier ?? '');
  return {};
};

export const listStateMachineAliases: Operation = (body, service) => {
  const size = pageSize(body);
  const { machineArn, qualifier } = readMachineArn(checkArn(body.stateMachineArn, 'stateMachine'));
  machineRow(service, machineArn);
  const after = readToken(body);
  const arn = String(body.stateMachineArn);
  const rows = service.db
    .all('SELECT * FROM aliases WHERE machine = ? AND name > ? ORDER BY name', machineArn, after ?? '')
    .filter((row) => qualifier === undefined || (row.routing as string).includes(`"${arn}"`));
  const shown = page(rows, size, (row) => row.name as string);
  return {
    stateMachineAliases: shown.rows.map((row) => ({
      stateMachineAliasArn: aliasArn(machineArn, row.name as string),
      creationDate: seconds(row.created as number),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};
