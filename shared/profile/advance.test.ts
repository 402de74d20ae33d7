import { describe, expect, test } from 'vitest';
import type { CustomerEvent } from '../events/index.ts';
import { compileRuleset, DEFAULT_LIMITS, type Limits, type TagDefinition, type TagGroup } from '../tags/index.ts';
import { type Advanced, advance, type CustomerState, emptyState, type ProfileInput, stateToText } from './index.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const on = (day: number): string => new Date(START + Math.round(day * DAY)).toISOString();
const words = (text: string) => ({ zh: text, en: text });
const tag = (key: string, more: Partial<TagDefinition>): TagDefinition => ({
  key,
  name: words(key),
  category: 'behaviour',
  ...more,
});

const rulesOf = (
  tags: TagDefinition[],
  {
    groups = [],
    version = 1,
    limits = DEFAULT_LIMITS,
  }: { groups?: TagGroup[]; version?: number; limits?: Limits } = {},
) => compileRuleset({ version, zone: 'UTC', groups, tags }, limits);

const event = (
  day: number,
  name: string,
  properties: Record<string, unknown> = {},
  id = `${name}@${day}`,
): ProfileInput => ({
  type: 'event',
  event: { id, customer: 'c', name, type: 'track', at: on(day), received: on(day), properties } satisfies CustomerEvent,
});

/** Gives inputs at days, one call each; all answers. */
function live(
  rules: ReturnType<typeof rulesOf>,
  ...calls: [number, ...ProfileInput[]][]
): { state: CustomerState; answers: Advanced[]; told: string[] } {
  let state = emptyState('c');
  const answers = calls.map(([day, ...inputs]) => {
    const answer = advance(state, inputs, rules, on(day));
    state = answer.state;
    return answer;
  });
  return { state, answers, told: answers.flatMap((answer) => story(answer)) };
}

const story = (answer: Pick<Advanced, 'changes'>): string[] =>
  answer.changes.map((change) =>
    change.type === 'tag'
      ? `${change.op === 'added' ? '+' : '-'}${change.key}@${(Date.parse(change.at) - START) / DAY}`
      : change.type === 'segment'
        ? `${change.op} ${change.segment}@${(Date.parse(change.at) - START) / DAY}`
        : `stage:${change.to}`,
  );

const silent7 = tag('silent', { when: { silent: { for: 'P7D' } } });
const silent7ever = tag('ever', { when: { silent: { for: 'P7D' } }, sticky: true });
const often = tag('often', { when: { did: { event: 'Order', within: 'P7D', count: { op: 'gte', value: 3 } } } });

describe('time', () => {
  test('three orders in the last 7 days fall away at exactly the first one plus 7 days', () => {
    const { answers, told } = live(
      rulesOf([often]),
      [0, event(0, 'Order')],
      [1, event(1, 'Order')],
      [6.9, event(6.9, 'Order')],
      [9, { type: 'time' }],
    );
    expect(told).toEqual(['+often@6.9', '-often@7']);
    expect(answers[2]?.dueAt).toBe(on(7));
    expect(answers[3]?.changes[0]).toMatchObject({ cause: { by: 'time' } });
    expect(answers[3]?.dueAt).toBeUndefined();
  });

  test('an order at the very moment at which the first one leaves the window does not count with it', () => {
    expect(live(rulesOf([often]), [0, event(0, 'Order')], [1, event(1, 'Order')], [7, event(7, 'Order')]).told).toEqual(
      [],
    );
  });

  test('a silence between two events of one call is remembered by a sticky tag, with its own moment', () => {
    const { told, answers } = live(rulesOf([silent7, silent7ever]), [20, event(0, 'Order'), event(8, 'Order')]);
    expect(told).toEqual(['+silent@7', '+ever@7', '-silent@8', '+silent@15']);
    expect(answers[0]?.changes[2]).toMatchObject({ cause: { by: 'event', messageId: 'Order@8' } });
  });

  test('an event at exactly the due moment means there was no silence', () => {
    expect(live(rulesOf([silent7, silent7ever]), [0, event(0, 'Order')], [7, event(7, 'Order')]).told).toEqual([]);
  });
});

test('one rule may ask the same memory twice', () => {
  const either = tag('either', { when: { any: [{ silent: { for: 'PT3H' } }, { silent: { for: 'P2D' } }] } });
  expect(live(rulesOf([either]), [0, event(0, 'Order')], [1, { type: 'time' }]).told).toEqual(['+either@0.125']);
});

describe('late events', () => {
  test('take back a silence that never was; the record is corrected, and the world is told once', () => {
    const { answers, state } = live(
      rulesOf([silent7, silent7ever]),
      [0, event(0, 'Order')],
      [7, { type: 'time' }],
      [7.5, event(6.5, 'Order')],
    );
    expect(story(answers[1] as Advanced)).toEqual(['+silent@7', '+ever@7']);
    expect(story(answers[2] as Advanced)).toEqual(['-silent@7', '-ever@7']);
    expect(answers[2]?.rewritten?.removed.map((change) => change.key)).toEqual(['silent', 'ever']);
    expect(answers[2]?.rewritten?.added).toEqual([]);
    expect(state.tags).toEqual({});
    expect(state.dueAt).toBe(on(13.5));
  });

  test('that only move the date of a tag do not tell of it a second time', () => {
    const bought = tag('bought', { when: { did: { event: 'Order' } } });
    const { answers, state } = live(rulesOf([bought]), [1, event(1, 'Order')], [1.5, event(0.5, 'Order')]);
    expect(answers[1]?.changes).toEqual([]);
    expect(answers[1]?.rewritten?.added).toMatchObject([{ key: 'bought', at: on(0.5), evidence: ['Order@0.5'] }]);
    expect(state.tags['bought']).toMatchObject({ since: on(0.5), evidence: ['Order@0.5'] });
  });

  test('later than the window still count, though no moment of the past is judged again', () => {
    const rules = rulesOf([
      tag('two', { when: { did: { event: 'Order', count: { op: 'gte', value: 2 } } } }),
      silent7ever,
    ]);
    const { state } = live(
      rules,
      [0, event(0, 'Order')],
      [7, { type: 'time' }],
      [10, event(10, 'View')],
      [20, event(20, 'View')],
      [30, event(3, 'Order')],
    );
    expect(Object.keys(state.tags).sort()).toEqual(['ever', 'two']);
  });

  test('more than are kept open: in order they still come out exactly, and the record stays small', () => {
    const rules = rulesOf([often, silent7ever], { limits: { latenessMs: DAY, openEvents: 6 } });
    const inputs = Array.from({ length: 500 }, (_, i) => event(i / 1000, 'Order'));
    const { state, told } = live(rules, ...inputs.map((input, i): [number, ProfileInput] => [i / 1000, input]));
    expect(told).toEqual(['+often@0.002']);
    expect(stateToText(state).length).toBeLessThan(1000);
    expect(story(advance(state, [], rules, on(30)))).toEqual([`-often@${0.497 + 7}`, `+ever@${0.499 + 7}`]);
  });
});

describe('manual tags', () => {
  test('that no rule knows come and go by hand, once', () => {
    const add: ProfileInput = { type: 'tag', op: 'add', key: '手动', cause: 'wang', by: 'journey' };
    const { told, answers } = live(
      rulesOf([]),
      [0, event(0, 'Order')],
      [1, add],
      [2, add],
      [3, { ...add, op: 'remove' }],
      [4, { ...add, op: 'remove' }],
    );
    expect(told).toEqual(['+手动@1', '-手动@3']);
    expect(answers[1]?.changes[0]).toMatchObject({ cause: { by: 'journey', ref: 'wang' } });
  });

  test('with a time to live fall away, and a hand laid on again renews it', () => {
    const add: ProfileInput = { type: 'tag', op: 'add', key: 'care', cause: 'wang' };
    const { told, state } = live(
      rulesOf([tag('care', { manual: true, ttl: 'P10D' })]),
      [0, add],
      [5, add],
      [14.9, { type: 'time' }],
    );
    expect(told).toEqual(['+care@0']);
    expect(state.tags['care']?.until).toBe(on(15));
    expect(story(advance(state, [], rulesOf([tag('care', { manual: true, ttl: 'P10D' })]), on(40)))).toEqual([
      '-care@15',
    ]);
  });

  test('replace each other within an exclusive group', () => {
    const groups = [{ id: 'g', name: words('g'), levels: ['low', 'high'] }];
    const rules = rulesOf([tag('low', { manual: true, group: 'g' }), tag('high', { manual: true, group: 'g' })], {
      groups,
    });
    const set = (key: string): ProfileInput => ({ type: 'tag', op: 'add', key, cause: 'wang' });
    expect(live(rules, [0, set('high')], [1, set('low')]).told).toEqual(['+high@0', '-high@1', '+low@1']);
  });
});

test('a rule with a time to live is renewed by every event that counts, and ends that long after the last', () => {
  const keen = tag('keen', {
    when: { did: { event: 'View', count: { op: 'gte', value: 2 }, within: 'P30D' } },
    ttl: 'P3D',
  });
  const { told } = live(
    rulesOf([keen]),
    [0, event(0, 'View')],
    [1, event(1, 'View')],
    [3, event(3, 'View')],
    [7, event(7, 'View')],
    [60, { type: 'time' }],
  );
  expect(told).toEqual(['+keen@1', '-keen@6', '+keen@7', '-keen@10']);
});

test('a rule that has nothing left to count is still renewed by every event that it counts', () => {
  const bought = tag('bought', { when: { did: { event: 'Order' } }, ttl: 'P10D' });
  const { told } = live(rulesOf([bought]), [0, event(0, 'Order')], [8, event(8, 'Order')], [60, { type: 'time' }]);
  expect(told).toEqual(['+bought@0', '-bought@18']);
});

test('of an exclusive group an event confirms only the levels whose own rule it counts for', () => {
  const groups = [{ id: 'g', name: words('g'), levels: ['viewer', 'buyer'] }];
  const rules = rulesOf(
    [
      tag('viewer', { when: { did: { event: 'View' } }, ttl: 'P3D', group: 'g' }),
      tag('buyer', { when: { did: { event: 'Order', count: { op: 'gte', value: 5 } } }, group: 'g' }),
    ],
    { groups },
  );
  const { told } = live(rules, [0, event(0, 'View')], [2, event(2, 'Order')], [20, { type: 'time' }]);
  expect(told).toEqual(['+viewer@0', '-viewer@3']);
});

describe('families', () => {
  test('keep what she did last, though its rule has nothing left to count', () => {
    const bought = tag('bought', { family: { by: 'properties.id', bound: 2 }, when: { did: { event: 'Order' } } });
    const orders = ['a', 'b', 'a', 'c'].map((id, i): [number, ProfileInput] => [i, event(i, 'Order', { id })]);
    expect(live(rulesOf([bought]), ...orders).told).toEqual([
      '+bought:a@0',
      '+bought:b@1',
      '-bought:b@3',
      '+bought:c@3',
    ]);
  });

  const seen = tag('seen', {
    family: { by: 'properties.id', bound: 3 },
    when: { did: { event: 'View', within: 'P10D' } },
  });

  test('give a tag for each value; the one longest untouched makes room', () => {
    const views = ['a', 'b', 'c', 'a', 'd'].map((id, i): [number, ProfileInput] => [i, event(i, 'View', { id })]);
    const { told, state } = live(rulesOf([seen]), ...views, [40, { type: 'time' }]);
    expect(told).toEqual([
      '+seen:a@0',
      '+seen:b@1',
      '+seen:c@2',
      '-seen:b@4',
      '+seen:d@4',
      '-seen:c@12',
      '-seen:a@13',
      '-seen:d@14',
    ]);
    expect(state.tags).toEqual({});
  });

  test('a tag that looks at the family goes with the value that makes room, at that very moment', () => {
    const looked = tag('looked', { family: { by: 'properties.id', bound: 1 }, when: { silent: { for: 'P3D' } } });
    const { told } = live(
      rulesOf([looked, tag('left alone', { when: { tag: 'looked' } })]),
      [0, event(0, 'View', { id: 'a' })],
      [4, event(4, 'View', { id: 'b' })],
    );
    expect(told).toEqual(['+looked:a@3', '+left alone@3', '-looked:a@4', '-left alone@4']);
  });

  test('a condition on the family holds with any of its tags', () => {
    const looked = tag('looked', { when: { tag: 'seen' } });
    expect(live(rulesOf([looked, seen]), [0, event(0, 'View', { id: 'a' })], [20, { type: 'time' }]).told).toEqual([
      '+seen:a@0',
      '+looked@0',
      '-seen:a@10',
      '-looked@10',
    ]);
  });
});

describe('a table of inferences', () => {
  const rules = rulesOf([
    tag('needs', {
      infer: {
        event: 'Order',
        of: 'properties.products.category',
        table: [
          { from: ['cream', 'lotion'], to: ['serum', 'mask'] },
          { from: ['serum'], to: ['mask'] },
        ],
      },
    }),
    tag('to recommend', { when: { tag: 'needs' } }),
    tag('to recommend a serum', { when: { tag: 'needs:serum' } }),
  ]);
  const order = (day: number, ...categories: string[]) =>
    event(day, 'Order', { products: categories.map((category) => ({ category })) });

  test('gives what she may need by what she bought, until she has it, and says by which order', () => {
    const { told, answers, state } = live(
      rules,
      [1, order(1, 'soap')],
      [2, order(2, 'soap', 'lotion')],
      [3, order(3, 'serum')],
      [4, order(4, 'cream', 'mask')],
    );
    expect(told).toEqual([
      '+needs:serum@2',
      '+needs:mask@2',
      '+to recommend@2',
      '+to recommend a serum@2',
      '-needs:serum@3',
      '-to recommend a serum@3',
      '-needs:mask@4',
      '-to recommend@4',
    ]);
    expect(answers[1]?.changes[0]).toMatchObject({
      evidence: ['Order@2'],
      why: { en: expect.stringContaining('“Order” (category is one of cream, lotion) once') },
    });
    expect(Object.keys(state.tags)).toEqual([]);
  });
});

test('a tag says which product she looked at twice, and goes on to the next one with her', () => {
  const by = 'properties.product';
  const rules = rulesOf([
    tag('keen', { when: { did: { event: 'Viewed', within: 'P3D', by, count: { op: 'gte', value: 2 } } } }),
  ]);
  const view = (day: number, product: string) => event(day, 'Viewed', { product });
  const steps: [number, ProfileInput][] = [
    [1, view(1, 'cream')],
    [2, view(2, 'cream')],
    [2.5, view(2.5, 'soap')],
    [3, view(3, 'soap')],
  ];
  const { told, answers, state } = live(rules, ...steps);
  expect(answers[1]?.state.tags['keen']).toMatchObject({ value: 'cream', evidence: ['Viewed@1', 'Viewed@2'] });
  expect(state.tags['keen']).toMatchObject({ since: on(2), value: 'soap', evidence: ['Viewed@2.5', 'Viewed@3'] });
  expect(told).toEqual(['+keen@2']);
  const shuffled = live(rules, [3, ...steps.map(([, input]) => input).toReversed()]);
  expect(shuffled.state.tags).toEqual(state.tags);
});

describe('another ruleset', () => {
  test('keeps the memory of rules that stay, begins new ones empty, and takes away tags without a rule', () => {
    const bought2 = tag('bought-2', { when: { did: { event: 'Order', count: { op: 'gte', value: 2 } } } });
    const gone = tag('gone', { when: { did: { event: 'Order' } } });
    const fresh = tag('fresh', { when: { nth: { event: 'Order', n: 2 } } });
    const { state } = live(rulesOf([bought2, gone]), [0, event(0, 'Order')]);
    const rules = rulesOf([bought2, fresh], { version: 2 });
    const changed = advance(state, [{ type: 'ruleset' }], rules, on(1));
    expect(story(changed)).toEqual(['-gone@1']);
    expect(changed.changes[0]).toMatchObject({ cause: { by: 'ruleset', ref: '2' } });
    const second = advance(changed.state, [event(2, 'Order')], rules, on(2));
    expect(story(second)).toEqual(['+bought-2@2']);
    expect(story(advance(second.state, [event(3, 'Order')], rules, on(3)))).toEqual(['+fresh@3']);
  });

  test('is noticed without being told, with the next event or sweep', () => {
    const { state } = live(rulesOf([silent7]), [0, event(0, 'Order')]);
    const rules = rulesOf([tag('silent-2', { when: { silent: { for: 'P2D' } } })], { version: 2 });
    // The last event is remembered: the memory belongs to "the last event", not to how long ago it must be.
    expect(story(advance(state, [{ type: 'time' }], rules, on(3)))).toEqual(['+silent-2@3']);
  });
});

test('what time brings at the very moment at which new rules come is no doing of the rules', () => {
  const { state } = live(rulesOf([silent7]), [0, event(0, 'Order')]);
  const rules = rulesOf([silent7, tag('bought', { when: { did: { event: 'Order' } } })], { version: 2 });
  const { changes } = advance(state, [{ type: 'time' }], rules, on(7));
  expect(changes).toMatchObject([{ key: 'silent', op: 'added', at: on(7), cause: { by: 'time' } }]);
  const late = advance(state, [{ type: 'time' }], rules, on(8));
  expect(late.changes).toMatchObject([{ key: 'silent', at: on(7), cause: { by: 'time' } }]);
});

test('stages change once, and say from where', () => {
  const set: ProfileInput = { type: 'stage', stage: 'trial', cause: 'e-1' };
  const { answers, state } = live(rulesOf([]), [0, set], [1, set], [2, { ...set, stage: 'engage' }]);
  expect(answers.map((answer) => answer.changes)).toMatchObject([
    [{ to: 'trial', at: on(0) }],
    [],
    [{ from: 'trial', to: 'engage' }],
  ]);
  expect(state.stage).toBe('engage');
});

test('money adds up exactly, in whatever order it comes', () => {
  const rich = tag('rich', { when: { sum: { event: 'Order', of: 'properties.total', op: 'gte', value: 1000 } } });
  const amounts = [...Array.from({ length: 9999 }, () => 0.1), 0.1];
  const { told } = live(rulesOf([rich]), [1, ...amounts.map((total, i) => event(i / 10_000, 'Order', { total }))]);
  expect(told).toEqual(['+rich@0.9999']);
});

test('an unchanged customer is given back as she is, so that nothing need be written', () => {
  const { state } = live(rulesOf([silent7]), [0, event(0, 'Order')]);
  expect(advance(state, [{ type: 'time' }], rulesOf([silent7]), on(3)).state).toBe(state);
  expect(advance(state, [event(0, 'Order')], rulesOf([silent7]), on(1)).changes).toEqual([]);
});
