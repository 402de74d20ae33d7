import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compileMachine,
  type ExecutionState,
  type Json,
  nextDue,
  type StepResult,
  type Stimulus,
  start,
  step,
} from '../../../shared/asl/index.ts';
import { Database, type Row } from './database.ts';
import { keepParts, readParts } from './execution-parts.ts';
import { packState, unpackState } from './packed-state.ts';

const work: Json = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:work' };
const tried = { ...(work as object), Retry: [{ ErrorEquals: ['Down'], MaxAttempts: 1 }] } as Json;
const distributed = (items: number[], state: Json, more: object = {}): Json => ({
  Type: 'Map',
  Items: items,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Do',
    States: { Do: state } as Json,
  },
  ...more,
});
const ending = (state: Json): Json => ({ ...(state as object), End: true });

/** Distributed Maps beside each other and in one another, with failures that are put up with, caught and tried again. */
const MACHINE = compileMachine({
  QueryLanguage: 'JSONata',
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Some',
          States: {
            Some: distributed([1, 2, 3], ending(work), {
              ToleratedFailureCount: 1,
              MaxConcurrency: 2,
              Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
              End: true,
            }),
          },
        },
        {
          StartAt: 'Outer',
          States: {
            Outer: distributed([1, 2], ending(distributed([1, 2, 3], ending(work), { ToleratedFailureCount: 2 })), {
              End: true,
            }),
          },
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again' }],
      Next: 'Again',
    },
    Again: distributed([1, 2, 3, 4], ending(tried), { ItemBatcher: { MaxItemsPerBatch: 3 }, Next: 'Plain' }),
    // Its items are done at once: the next Map begins in the same step, in the same frame.
    Plain: distributed([1, 2, 3], { Type: 'Pass', End: true }, { Next: 'Fewer' }),
    Fewer: distributed([1, 2], ending(tried), { End: true }),
  },
} as unknown as Json);

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('the document and the rows of its parts are, after every step, the execution as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 40 }), fc.uuid(), (draws, id) => {
      const db = new Database(':memory:');
      let now = Date.parse('2026-03-01T09:00:00Z');
      let drawn = 0;
      let redrives = 0;
      const draw = () => draws[drawn++ % draws.length] as number;
      // Some are stopped after every move, so that a step ends in the middle of anything.
      const how = draw() % 3 === 0 ? { limit: 1 } : {};
      const kept = (result: StepResult): ExecutionState => {
        const { state } = result;
        if (result.partChanges) keepParts(db, 1, state, result.partChanges);
        const { execution, machine } = state;
        const row: Row = {
          uid: state.id,
          arn: execution.Id,
          name: execution.Name,
          role: execution.RoleArn,
          machine: machine.Id,
          started: execution.StartTime as number,
          input: JSON.stringify(execution.Input),
          state: packState(state),
        };
        const read = unpackState(row)?.state as ExecutionState;
        readParts(db, 1, read);
        if (state.status !== 'SUCCEEDED') expect(plain(read)).toEqual(plain(state));
        return state;
      };
      const open = (state: ExecutionState) =>
        Object.values(state.frames).filter(({ mode, task }) => mode === 'task' && task !== undefined);
      let state = kept(
        start(
          MACHINE,
          {
            id,
            executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e',
            name: 'e',
            roleArn: 'arn:aws:iam::000000000000:role/r',
            stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
            input: {},
            stateMachineName: 'm',
          },
          now,
          how,
        ),
      );
      for (let steps = 0; steps < 200; steps++) {
        let stimulus: Stimulus;
        const [task] = open(state).slice(draw() % Math.max(1, open(state).length));
        const ticket = task?.task?.ticket;
        if (state.status !== 'RUNNING') {
          if (state.status === 'SUCCEEDED' || redrives++ > 2) break;
          stimulus = { kind: 'redrive' };
        } else if (state.ready.length > 0) stimulus = { kind: 'continue' };
        else if (ticket === undefined) {
          const due = nextDue(state);
          if (due === undefined) break;
          now = due;
          stimulus = { kind: 'time' };
        } else if (draw() < 3) stimulus = { kind: 'stop' };
        else if (draw() < 30) stimulus = { kind: 'taskFailed', ticket, error: 'Down' };
        else stimulus = { kind: 'taskSucceeded', ticket, output: { ticket } };
        state = kept(step(MACHINE, state, stimulus, now, how));
      }
      db.close();
    }),
    { numRuns: 60 },
  );
});
