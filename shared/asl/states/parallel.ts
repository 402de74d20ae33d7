import { abortParts } from '../failing.ts';
import type { JsonObject } from '../json.ts';
import { openPart } from '../open-part.ts';
import type { Join } from '../types.ts';
import { defineStateKind, WORK_FIELDS } from './define-state-kind.ts';

const STARTED = { type: 'ParallelStateStarted' };
const SUCCEEDED = { type: 'ParallelStateSucceeded' };
const FAILED = { type: 'ParallelStateFailed' };

/** Parallel: all branches at once; ends with the list of their outputs, or with the first failure. */
export const parallel = defineStateKind({
  type: 'Parallel',
  flow: 'next-or-end',
  fields: [...WORK_FIELDS, 'Branches', 'Arguments'],
  required: { any: ['Branches'] },
  mock: 'needed',
  mockProblem: (raw, result) => {
    if (!Array.isArray(result)) return 'Mocked result must be an array.';
    if (result.length === (raw.Branches as JsonObject[]).length) return undefined;
    return 'Mocked result must contain the same number of items as number of Parallel branches.';
  },
  inspected: () => ['afterResultSelector', 'afterResultPath'],
  abortable: true,
  counted: true,
  parts: (raw) => (raw.Branches as JsonObject[]).map((machine, i) => ({ name: String(i), machine })),
  inner: (raw) =>
    (Array.isArray(raw.Branches) ? raw.Branches : []).map((machine, i) => ({ machine, at: `/Branches[${i}]` })),
  begin(run, frame, state) {
    const scope = run.scope(frame, state);
    const input = state.query.parameters(scope, state.query.input(scope));
    const started = run.emit(frame, STARTED);
    frame.mode = 'children';
    frame.join = { results: [], left: state.parts.length };
    run.schedule(state.parts.map((path, slot) => openPart(run, frame, { path, slot, input, last: started })));
  },
  partDone(run, frame, state, part, output) {
    const join = frame.join as Join;
    join.results[part.slot as number] = output;
    frame.last = part.last;
    if (--join.left > 0) return;
    // What follows points to the branches' last event, not to this one (unless it is a failure).
    const last = frame.last;
    run.emit(frame, SUCCEEDED);
    state.kind.answered?.(run, frame, state, join.results, last);
  },
  answered(run, frame, state, results, last = frame.last) {
    frame.join = undefined;
    run.leave(frame, state, results, last);
  },
  partFailed(run, frame, _state, part, failure) {
    frame.last = part.last;
    abortParts(run, frame, part);
    frame.join = undefined;
    run.fail(frame, failure, { fromPart: true });
  },
  failed(run, frame) {
    run.emit(frame, FAILED);
  },
});
