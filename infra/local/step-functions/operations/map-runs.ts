/** ListMapRuns, DescribeMapRun, UpdateMapRun. */
import type { MapRunFacts } from '../../../../shared/asl/index.ts';
import { AwsError } from '../../time-source.ts';
import { checkArn } from '../arn.ts';
import { page, pageSize, readToken, seconds } from '../check.ts';
import { executionRow } from '../execution-rows.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

/** How a Map Run stands. Throws AwsError when there is none. */
export function mapRunFacts(service: Service, given: unknown): MapRunFacts & { uid: string } {
  const arn = checkArn(given, 'mapRun');
  const row = service.db.get('SELECT execution, detail FROM map_runs WHERE arn = ?', arn);
  if (!row) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
  return { ...(JSON.parse(row.detail as string) as MapRunFacts), uid: row.execution as string };
}

/** `arn:…:mapRun:<machine>/<label>:<id>` → `arn:…:stateMachine:<machine>/<label>` */
function machineOf(mapRunArn: string): string {
  return mapRunArn.split(':').slice(0, 7).join(':').replace(':mapRun:', ':stateMachine:');
}

export const listMapRuns: Operation = (body, service) => {
  const size = pageSize(body);
  const row = executionRow(service, body.executionArn);
  const [started, arn] = readToken(body)?.split(/:(.*)/s) ?? [];
  const rows = service.db
    .all(
      'SELECT detail FROM map_runs WHERE execution = ? AND (started, arn) > (?, ?) ORDER BY started, arn',
      row.uid as string,
      Number(started ?? -1),
      arn ?? '',
    )
    .map(({ detail }) => JSON.parse(detail as string) as MapRunFacts)
    // Maps inside a child belong to the child.
    .filter((run) => run.executionArn === row.arn);
  const shown = page(rows, size, (run) => `${run.started}:${run.arn}`);
  return {
    mapRuns: shown.rows.map((run) => ({
      executionArn: run.executionArn,
      mapRunArn: run.arn,
      stateMachineArn: machineOf(run.arn),
      startDate: seconds(run.started),
      ...(run.stopped !== undefined && { stopDate: seconds(run.stopped) }),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

export const describeMapRun: Operation = (body, service) => {
  const run = mapRunFacts(service, body.mapRunArn);
  return {
    mapRunArn: run.arn,
    executionArn: run.executionArn,
    status: run.status,
    startDate: seconds(run.started),
    ...(run.stopped !== undefined && { stopDate: seconds(run.stopped) }),
    maxConcurrency: run.maxConcurrency,
    toleratedFailurePercentage: run.toleratedFailurePercentage,
    toleratedFailureCount: run.toleratedFailureCount,
    itemCounts: run.itemCounts,
    executionCounts: run.executionCounts,
    redriveCount: run.redriveCount,
    ...(run.redriven !== undefined && { redriveDate: seconds(run.redriven) }),
  };
};

/** A number, if it is given. */
function number(body: Record<string, unknown>, member: string): number | undefined {
  const value = body[member];
  return typeof value === 'number' ? value : undefined;
}

/** New limits for a run that is under way; of one that has ended nothing changes. */
export const updateMapRun: Operation = (body, service) => {
  const maxConcurrency = number(body, 'maxConcurrency');
  const percentage = number(body, 'toleratedFailurePercentage');
  const count = number(body, 'toleratedFailureCount');
  const { arn, uid } = mapRunFacts(service, body.mapRunArn);
  service.engine.tell(uid, {
    kind: 'updateMapRun',
    arn,
    ...(maxConcurrency !== undefined && { maxConcurrency }),
    tolerate: { ...(count !== undefined && { count }), ...(percentage !== undefined && { percentage }) },
  });
  return {};
};
