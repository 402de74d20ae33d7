/**
 * What Assign sets, and AWS's bounds on it: 256 KiB in one Assign (and so for each variable), 10 MiB for all variables of
 * an execution. Source: AWS, "Passing data between states with variables".
 */
import { utf8Length } from '../utf8-length.ts';
import { dataLimitFailure } from './failure.ts';
import { exceedsPayloadLimit, type JsonObject, MAX_PAYLOAD_BYTES } from './json.ts';
import type { ExecutionState, Frame } from './types.ts';

const MAX_ALL_VARIABLES_BYTES = 10 * 1024 * 1024;

/** More bytes than a text's length times this it cannot have. */
const MOST_BYTES = 3;

/**
 * Sets variables in a frame; gives the JSON text of each, as the history shows it. Throws StateFailure.
 * `state`: the state's name, for the failure's cause.
 */
export function assign(
  execution: ExecutionState,
  frame: Frame,
  assigned: JsonObject,
  state: string,
): Record<string, string> {
  const texts: Record<string, string> = {};
  let length = 0;
  for (const [name, value] of Object.entries(assigned)) {
    const text = JSON.stringify(value);
    texts[name] = text;
    length += text.length;
  }
  if (length * MOST_BYTES > MAX_PAYLOAD_BYTES && exceedsPayloadLimit(Object.values(texts).join('')))
    throw dataLimitFailure(state);
  const vars = { ...frame.vars, ...assigned };
  // Weighed only when all that was ever set could be too much.
  const most = (execution.assigned ?? 0) + length * MOST_BYTES;
  execution.assigned = most <= MAX_ALL_VARIABLES_BYTES ? most : bytesOfAll(execution, frame, vars);
  if (execution.assigned > MAX_ALL_VARIABLES_BYTES) throw dataLimitFailure(state);
  frame.vars = vars;
  return texts;
}

function bytesOfAll(execution: ExecutionState, frame: Frame, vars: JsonObject): number {
  let bytes = 0;
  for (const { id, vars: own } of Object.values(execution.frames)) {
    for (const value of Object.values(id === frame.id ? vars : (own ?? {}))) bytes += utf8Length(JSON.stringify(value));
  }
  return bytes;
}
