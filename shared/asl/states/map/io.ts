/**
 * ItemReader and ResultWriter: a distributed Map that reads its items from S3, or writes its results there. Each is one
 * call, handed out like a task's and made for the Map Run; what comes back are the items, or where the results lie.
 *
 * Not covered: Parquet; a ResultWriter without a Resource; the results of a run that failed.
 */
import { StateFailure } from '../../failure.ts';
import { told } from '../../journal.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { State } from '../../machine.ts';
import type { Scope } from '../../query/index.ts';
import type { Run } from '../../run.ts';
import { scopeWithin } from '../../scope.ts';
import { parseResource } from '../../tasks/resource.ts';
import type { Frame, Join } from '../../types.ts';

/** AWS reads no more items than this, whatever MaxItems says. */
const MOST_ITEMS = 100_000_000;

/** What the reading call is given. `config`: ReaderConfig, with MaxItems as the number it comes to (0: no limit). */
export interface ItemSource {
  parameters: JsonObject;
  config: JsonObject & { MaxItems: number };
}

/** What the writing call is given. */
export interface ResultTarget {
  parameters: JsonObject;
  config: JsonObject;
  mapRunArn: string;
}

/** Throws where MaxItems or the parameters cannot be made out. */
export function itemSource(run: Run, frame: Frame, state: State, input: Json): ItemSource {
  const reader = state.raw.ItemReader as JsonObject;
  const scope = run.scope(frame, state);
  const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const most = state.query.number(scopeWithin(scope, config), input, 'MaxItems') ?? 0;
  const parameters = parametersOf(state, scope, input, reader, 'ItemReader');
  return { parameters, config: { ...config, MaxItems: Math.min(most, MOST_ITEMS) } };
}

/** Hands out the call that reads the items. */
export function askForItems(run: Run, frame: Frame, state: State, source: ItemSource): void {
  if (source.config.MaxItems < 0) {
    const failure = { error: 'States.ItemReaderFailed', cause: 'field MaxItems must be positive' };
    run.emit(frame, told('MapRunFailed', failure));
    state.kind.callFailed?.(run, frame, state);
    throw new StateFailure(failure);
  }
  handOut(run, frame, 'read', state.raw.ItemReader as JsonObject, source as unknown as JsonObject);
}

/** True when the results are to be written. */
export function writesResults({ raw }: State): boolean {
  return isObject(raw.ResultWriter) && typeof raw.ResultWriter.Resource === 'string';
}

/** Hands out the call that writes the results. */
export function writeResults(run: Run, frame: Frame, state: State): void {
  const writer = state.raw.ResultWriter as JsonObject;
  const scope = run.scope(frame, state);
  const target: ResultTarget = {
    parameters: parametersOf(state, scope, state.query.input(scope), writer, 'ResultWriter'),
    config: isObject(writer.WriterConfig) ? writer.WriterConfig : {},
    mapRunArn: frame.join?.mapRun?.arn ?? '',
  };
  handOut(run, frame, 'write', writer, target as unknown as JsonObject);
}

function parametersOf(state: State, scope: Scope, input: Json, holder: JsonObject, field: string): JsonObject {
  const member = state.query.name === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = state.query.template(scope, input, holder[member] ?? {}, `${field}/${member}`);
  return isObject(given) ? given : {};
}

function handOut(run: Run, frame: Frame, io: 'read' | 'write', holder: JsonObject, parameters: JsonObject): void {
  const resource = parseResource(holder.Resource as string);
  if (!resource) throw new Error(`The Resource '${String(holder.Resource)}' was not checked`);
  (frame.join as Join).io = io;
  frame.task = { ticket: run.state.nextTicket++, resource: { ...resource, family: 'map-io' }, parameters };
  run.handOut(frame);
}
