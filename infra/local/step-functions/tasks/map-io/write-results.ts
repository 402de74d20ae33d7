/**
 * What a distributed Map's ResultWriter writes: a file for each status that children ended with, and a manifest that
 * names them. Format: AWS, "ResultWriter (Map)". All children of a status are in one file (AWS begins another at 5 GB).
 */
import type { Json, JsonObject, ResultTarget } from '../../../../../shared/asl/index.ts';
import type { Row } from '../../database.ts';
import { redriveStatus } from '../../redrive-status.ts';
import type { Service } from '../../service.ts';
import type { TaskRunner } from '../define-task.ts';
import { callS3 } from './call-s3.ts';

const FAILED = 'States.ResultWriterFailed';
const STATUSES = ['FAILED', 'PENDING', 'SUCCEEDED'] as const;

/** `s3:putObject`. Answers where the manifest lies. */
export const writeResults: TaskRunner = async (call, service) => {
  const { parameters, config, mapRunArn } = call.parameters as unknown as ResultTarget;
  const bucket = String(parameters.Bucket ?? '');
  const prefix = String(parameters.Prefix ?? '').replace(/\/$/, '');
  const folder = [prefix, mapRunArn.split(':').at(-1)].filter(Boolean).join('/');
  const lines = config.OutputType === 'JSONL';
  const put = async (name: string, body: string): Promise<JsonObject> => {
    const key = `${folder}/${name}`;
    await callS3(service, FAILED, 'PutObject', { Bucket: bucket, Key: key, Body: body });
    return { Key: key, Size: Buffer.byteLength(body) };
  };
  const files: Record<string, Json> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  const rows = service.db.all('SELECT * FROM map_children WHERE map_run = ? ORDER BY id', mapRunArn);
  for (const status of STATUSES) {
    const results = rows
      .filter(
        (row) =>
          (row.status === 'SUCCEEDED' ? 'SUCCEEDED' : row.status === 'RUNNING' ? 'PENDING' : 'FAILED') === status,
      )
      .flatMap((row) => resultOf(row, service, String(config.Transformation ?? 'NONE')));
    if (results.length === 0) continue;
    const body = lines ? results.map((one) => `${JSON.stringify(one)}\n`).join('') : JSON.stringify(results);
    files[status] = [await put(`${status}_0.${lines ? 'jsonl' : 'json'}`, body)];
  }
  const manifest = { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: files };
  const { Key } = await put('manifest.json', JSON.stringify(manifest));
  return { Bucket: bucket, Key } as JsonObject;
};

/** NONE: the whole child; COMPACT: its output; FLATTEN: the items of an output that is a list. */
function resultOf(row: Row, service: Service, transformation: string): Json[] {
  if (transformation === 'NONE' || row.status !== 'SUCCEEDED') return [childOf(row, service)];
  const output = JSON.parse(row.output as string) as Json;
  return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
}

function childOf(row: Row, service: Service): JsonObject {
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(row, service.options.clock.now());
  const instant = (ms: Row[string]) => (ms === null ? null : new Date(ms as number).toISOString());
  return {
    ExecutionArn: row.arn as string,
    Input: row.input as string,
    InputDetails: { Included: true },
    Name: row.name as string,
    ...(row.output !== null && { Output: row.output as string, OutputDetails: { Included: true } }),
    ...(row.error !== null && { Error: row.error as string }),
    ...(row.cause !== null && { Cause: row.cause as string }),
    RedriveCount: row.redrives as number,
    RedriveStatus: status,
    ...(reason !== undefined && { RedriveStatusReason: reason }),
    StartDate: instant(row.started as Row[string]),
    StateMachineArn: row.machine as string,
    Status: row.status as string,
    StopDate: instant(row.stopped as Row[string]),
  };
}
