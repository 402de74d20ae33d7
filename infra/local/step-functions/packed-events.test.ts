import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMachine, drive, type HistoryEvent, type Json } from '../../../shared/asl/index.ts';
import { packEvents, unpackEvents } from './packed-events.ts';

const truncated = { truncated: false };

/** Details as events have them: some are payloads, which a member follows that says that nothing is cut. */
const details = fc
  .array(
    fc.record({
      member: fc.constantFrom('input', 'output', 'name', 'resource', 'assignedVariables', 'timeoutInSeconds'),
      value: fc.oneof(
        fc.constantFrom('{"id":"c-1"}', '{"id":"c-1","n":2}', ''),
        fc.string(),
        fc.integer(),
        fc.dictionary(fc.string(), fc.string()),
      ),
      payload: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((members) =>
    Object.fromEntries(
      members.flatMap(({ member, value, payload }) => [
        [member, value],
        ...(payload ? [[`${member}Details`, truncated]] : []),
      ]),
    ),
  );

const body = fc.record({
  type: fc.constantFrom('PassStateEntered', 'PassStateExited', 'TaskScheduled', 'MapRunStarted', 'TaskStateAborted'),
  name: fc.constantFrom(
    'stateEnteredEventDetails',
    'taskScheduledEventDetails',
    'mapRunStartedEventDetails',
    undefined,
  ),
  details,
  back: fc.nat(100),
  late: fc.boolean(),
});

const steps = fc
  .tuple(fc.array(body, { maxLength: 8 }), fc.integer({ min: 1, max: 24_000 }), fc.boolean())
  .map(([bodies, first, oneMoment]) =>
    bodies.map(
      ({ type, name, details: more, back, late }, i) =>
        ({
          timestamp: 1_772_355_600_000 + (late && !oneMoment ? i : 0),
          type,
          id: first + i,
          previousEventId: Math.max(0, first + i - back),
          ...(name && { [name]: more }),
        }) as HistoryEvent,
    ),
  );

describe('the events of a step as one text', () => {
  it('are the same events when they are read', () => {
    fc.assert(
      fc.property(steps, (events) => {
        expect(unpackEvents(packEvents(events))).toEqual(events);
      }),
    );
  });

  it('are read as they are from files that hold them so', () => {
    fc.assert(
      fc.property(steps, (events) => {
        expect(unpackEvents(JSON.stringify(events))).toEqual(events);
      }),
    );
  });

  it('take less than half the room when states hand on what they were given', () => {
    const pass = (next: object): Json => ({ Type: 'Pass', ...next });
    const machine = compileMachine({
      StartAt: 'A',
      States: { A: pass({ Next: 'B' }), B: pass({ Next: 'C' }), C: pass({ End: true }) },
    });
    const { events } = drive(
      machine,
      {
        id: 'id',
        executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e',
        name: 'e',
        roleArn: 'arn:aws:iam::000000000000:role/r',
        stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
        stateMachineName: 'm',
        input: { customer: 'c-1', order: { id: 'o-1', total: 128 } },
      },
      { now: 1_772_355_600_000, answer: () => 'later' },
    );
    const packed = packEvents(events);
    expect(packed.length).toBeLessThan(JSON.stringify(events).length / 2);
    expect(unpackEvents(packed)).toEqual(events);
  });
});
