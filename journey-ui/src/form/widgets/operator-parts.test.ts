import { describe, expect, it } from 'vitest';
import { type Condition, conditionSchema, ruleDiagnostics } from '../../../../shared/rules/index.ts';
import {
  changedTo,
  HOLDERS,
  NO_CONDITION,
  OPERATOR_FACES,
  partsIn,
  unwrapped,
  withOneMore,
  wrapped,
} from './operator-parts.ts';

const faces = [...OPERATOR_FACES.values()];
const face = (name: string) => OPERATOR_FACES.get(name)!;
const isSound = (condition: Condition): boolean => conditionSchema.safeParse(condition).success;
const did: Condition = {
  did: { event: 'Order Completed', within: 'P7D', count: { op: 'gte', value: 3 } },
};

describe('the builder of conditions', () => {
  it('turns any condition into any other kind, and what comes out is of that kind', () => {
    for (const from of [undefined, NO_CONDITION, ...faces.map((one) => changedTo(undefined, one))]) {
      for (const to of faces) expect(partsIn(changedTo(from, to)).name).toBe(to.name);
    }
  });

  it('begins each kind with nothing worse than what is not filled in yet', () => {
    const codes = faces.flatMap((one) => {
      const parsed = conditionSchema.safeParse(changedTo(undefined, one));
      return parsed.success ? [] : ruleDiagnostics(parsed.error.issues).map(({ code }) => code);
    });
    expect(new Set(codes)).toEqual(new Set(['rule-field-missing', 'rule-operator-missing']));
  });

  it('keeps what the other kind has a place for', () => {
    expect(changedTo(did, face('sum'))).toEqual({
      sum: { event: 'Order Completed', within: 'P7D', of: '', op: 'gte', value: 1 },
    });
    expect(changedTo({ all: [did, { tag: 'a' }] }, face('any'))).toEqual({ any: [did, { tag: 'a' }] });
    // The key of a tag is no segment.
    expect(changedTo({ tag: 'a' }, face('segment'))).toEqual({ segment: '' });
  });

  it('puts any condition into any that holds others, and takes it out again', () => {
    expect(HOLDERS.length).toBeGreaterThan(1);
    for (const holder of HOLDERS) {
      const around = wrapped(did, holder);
      expect(isSound(around)).toBe(true);
      expect(unwrapped(around)).toEqual(did);
    }
    expect(unwrapped(did)).toBeUndefined();
    expect(unwrapped({ all: [did, did] })).toBeUndefined();
  });

  it('makes room for one more', () => {
    const list = withOneMore(did)!;
    expect(partsIn(list).argument).toEqual([did, NO_CONDITION]);
    expect(withOneMore(list)).toBeUndefined();
    expect(withOneMore(NO_CONDITION)).toBeUndefined();
  });
});
