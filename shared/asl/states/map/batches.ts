/** ItemBatcher: hands several items to one iteration as `{ BatchInput?, Items }`. */
import { utf8Length } from '../../../utf8-length.ts';
import { type Json, type JsonObject, MAX_PAYLOAD_BYTES } from '../../json.ts';
import type { State } from '../../machine.ts';
import type { Run } from '../../run.ts';
import { scopeWithin } from '../../scope.ts';
import type { Frame } from '../../types.ts';

/** The items in batches, as iterations get them. */
export function batchItems(run: Run, frame: Frame, state: State, input: Json, items: Json[]): Json[] {
  const batcher = state.raw.ItemBatcher as JsonObject;
  const scope = scopeWithin(run.scope(frame, state), batcher);
  const most = state.query.number(scope, input, 'MaxItemsPerBatch') || Number.POSITIVE_INFINITY;
  // A batch is a child's input: it never holds more than a payload may.
  const bytes = Math.min(
    state.query.number(scope, input, 'MaxInputBytesPerBatch') || MAX_PAYLOAD_BYTES,
    MAX_PAYLOAD_BYTES,
  );
  const shared: JsonObject = {};
  if (batcher.BatchInput !== undefined) {
    shared.BatchInput = state.query.template(scope, input, batcher.BatchInput, 'ItemBatcher/BatchInput');
  }
  const batches: Json[] = [];
  let batch: Json[] = [];
  for (const item of items) {
    const next = [...batch, item];
    const full = next.length > most || utf8Length(JSON.stringify({ ...shared, Items: next })) > bytes;
    if (full && batch.length > 0) {
      batches.push({ ...shared, Items: batch });
      batch = [item];
    } else batch = next;
  }
  if (batch.length > 0) batches.push({ ...shared, Items: batch });
  return batches;
}
