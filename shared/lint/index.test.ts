/** What every lint must keep to, and stories of those that look closer. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Journey, parseJourney } from '../journey/index.ts';
import { PACKS } from '../packs/index.ts';
import type { Condition } from '../rules/index.ts';
import { parseRuleset } from '../tags/index.ts';
import { lintPage } from './document.ts';
import { aGarden, aJourney, aSegment, aTag, BOUGHT, LEVELS, tells } from './examples.ts';
import { LINTS, lint, lintJourney } from './index.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const codes = (input: Parameters<typeof lint>[0]) => lint(input).map(({ code }) => code);

describe.each(LINTS.map((one) => [`${one.id} ${one.code}`, one] as const))('%s', (_, one) => {
  test('finds its wrong example, with a place to go to and words in both languages', () => {
    const found = lint(one.wrong.input).filter(({ lint: id }) => id === one.id);
    expect(found.length).toBeGreaterThan(0);
    for (const { code, message, next, journey, node } of found) {
      expect(code).toBe(one.code);
      for (const words of [message, next]) {
        expect(words.zh).toMatch(/[\u4e00-\u9fff].*[。？]$/);
        expect(words.en).toMatch(/^[A-Z“0-9].*[.?]$/);
      }
      if (node !== undefined) {
        const document = one.wrong.input.journeys.find(({ id }) => id === journey);
        expect(document?.nodes.map(({ id }) => id)).toContain(node);
      }
    }
  });

  test('has nothing to say of its right example', () => {
    expect(lint(one.right.input).filter(({ lint: id }) => id === one.id)).toEqual([]);
  });

  test('has examples that could be installed', () => {
    for (const { input } of [one.wrong, one.right]) {
      const tags = input.ruleset.groups.some(({ levels }) => levels.length === 0) ? { groups: [] } : {};
      expect(parseRuleset({ ...input.ruleset, ...tags })).toMatchObject({ ok: true });
      for (const journey of input.journeys) expect(parseJourney(journey)).toMatchObject({ ok: true });
    }
  });
});

test('every lint has a file of its own, a number and a code', () => {
  const files = readdirSync(new URL('./lints/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  expect(LINTS.map(({ code }) => code).sort()).toEqual(files.sort());
  expect(LINTS.map(({ id }) => id)).toEqual([
    'L1',
    'L2',
    'L3',
    'L4',
    'L5',
    'L6',
    'L8',
    'L9',
    'L10',
    'L11',
    'L12',
    'L13',
    'L15',
    'L16',
    'L21',
    'L22',
  ]);
});

test('nothing is said of an empty garden', () => {
  expect(lint(aGarden({}))).toEqual([]);
});

test('the page in docs is the one that the registry makes', async () => {
  await expect(lintPage()).toMatchFileSnapshot('../../docs/lint.md');
});

describe('what is said', () => {
  const found = (journeys: Journey[], id: string) =>
    lint(aGarden({ ...LEVELS, journeys })).filter(({ lint: of }) => of === id);

  test.each([
    ['{% if coupon.url %}{{ coupon.url }}{% endif %}', 0],
    ['{{ user.id }} {{ journey.name }}', 0],
    ['{% unless event.properties.total %}{% abort_message %}{% endunless %}{{ event.properties.total }}', 0],
    ['{% assign who = user.name | default: "朋友" %}{{ who }}', 0],
    ['{{ user.name | default: user.nickname | default: "朋友" }}', 0],
    ['{% if user.name %}{{ user.nickname }}{% endif %}', 1],
    ['{{ user.name | upcase }}', 1],
  ])('a variable may be bare: %s', (body, n) => {
    expect(found([tells('老客', body)], 'L15')).toHaveLength(n);
  });

  test('the same text with another amount is the same; another text of the same length is not; once is enough', () => {
    const at = (id: string, body: string) => ({ ...tells('老客', body), id });
    const offer = (n: number) => `亲爱的{{ user.name | default: "朋友" }}，老客专属券立减 ${n} 元，不限品类，欢迎再来`;
    const told = found([at('a', offer(5)), at('b', offer(15)), at('c', offer(25))], 'L8');
    expect(told.map(({ journey, message }) => [journey, message.en.includes('of the journey a')])).toEqual([
      ['b', true],
      ['c', true],
    ]);
    expect(
      found([at('a', offer(5)), at('b', '上次买的面霜用着还习惯吗？有任何使用问题随时找我，我一直都在')], 'L8'),
    ).toEqual([]);
    expect(found([at('a', '好久不见 1'), at('b', '好久不见 2')], 'L8')).toEqual([]);
  });

  test('pressing words belong to later stages', () => {
    const late = (stage: 'touch' | 'monetize') => {
      const journey = tells('老客', 'Last chance: 10 off');
      return { ...journey, nodes: journey.nodes.map((node) => ({ ...node, stage })) };
    };
    expect([found([late('touch')], 'L12').length, found([late('monetize')], 'L12').length]).toEqual([1, 0]);
  });

  test('what is sent at once, or is no marketing, needs no way out', () => {
    const later = (body: object, wait: string) =>
      aJourney('later', [
        ['in', 'enter-event', { event: 'Order Completed' }],
        ['wait', 'wait', { duration: wait }],
        ['say', 'message', { channel: 'inbox', body: '您的订单', byResult: false, ...body }],
      ]);
    expect(found([later({}, 'P1D')], 'L13')).toMatchObject([{ node: 'say', field: 'goals' }]);
    expect(found([later({}, 'PT2H')], 'L13')).toEqual([]);
    expect(found([later({ transactional: true }, 'P3D')], 'L13')).toEqual([]);
    const exits = [{ id: 'gone', name: '离开', on: { type: 'tagRemoved' as const, key: '老客' } }];
    expect(found([{ ...later({}, 'P1D'), exits }], 'L13')).toEqual([]);
  });
});

describe('sent to all', () => {
  const told = (journey: Journey, members?: number, customers = 100) => {
    const segments = [aSegment('all', { tag: 'a' })];
    const garden = aGarden({ tags: [aTag('a', { manual: true })], segments, journeys: [journey] });
    const usage =
      members === undefined
        ? {}
        : { usage: { now: '2026-03-01T00:00:00.000Z', tags: {}, segments: { customers, members: { all: members } } } };
    return lint({ ...garden, ...usage }).filter(({ lint: id }) => id === 'L22');
  };
  const enters = (kind: string, config: object, audience?: Condition) =>
    aJourney(
      'j',
      [
        ['in', kind, config],
        ['say', 'message', { channel: 'inbox', body: 'x', byResult: false }],
      ],
      { entry: { reentry: { type: 'never' }, ...(audience && { audience }) } },
    );
  const schedule = { on: 'rate(7 days)', segment: 'all' };

  test('is a segment of more than 90 % of the customers, by schedule, by entering it, or as audience', () => {
    for (const journey of [
      enters('enter-schedule', schedule),
      enters('enter-segment', { op: 'entered', segment: 'all' }),
      enters('enter-event', { event: '*' }, { segment: 'all' }),
    ]) {
      expect([91, 90].map((members) => told(journey, members).length)).toEqual([1, 0]);
      expect(told(journey, 91)[0]?.message.en).toMatch(/91 %/);
    }
    expect(told(enters('enter-schedule', schedule))).toEqual([]);
    expect(told(enters('enter-schedule', schedule), 19, 19)).toEqual([]);
  });

  test('is not who does something in particular, has a tag, or is asked for more', () => {
    expect(told(enters('enter-event', { event: 'Order Completed' }))).toEqual([]);
    expect(told(enters('enter-event', { event: 'Order Completed' }, { segment: 'all' }), 99)).toEqual([]);
    const where = [{ path: 'properties.total', op: 'gte', value: 100 }];
    expect(told(enters('enter-event', { event: '*', where }))).toEqual([]);
    expect(told(enters('enter-event', { event: '*' }, { all: [{ segment: 'all' }, { tag: 'a' }] }), 99)).toEqual([]);
    const silent = aJourney('j', [
      ['in', 'enter-event', { event: '*' }],
      ['out', 'exit', {}],
    ]);
    expect(told(silent)).toEqual([]);
  });
});

describe('too many tags', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, i) => aTag(`t${i}`, { manual: true }));
  test('is a warning from 51 on, an error from 301 on; whoever runs it may say otherwise', () => {
    const severity = (count: number, limits = DEFAULT_LIMITS) =>
      lint(aGarden({ tags: tags(count) }), limits).find(({ lint: id }) => id === 'L1')?.severity;
    expect([50, 51, 300, 301].map((count) => severity(count))).toEqual([undefined, 'warning', 'warning', 'error']);
    expect(severity(11, { ...DEFAULT_LIMITS, tags: { warn: 5, error: 10 } })).toBe('error');
  });
});

describe('a tag without a use', () => {
  const used = (journeys: Journey[]) => codes(aGarden({ tags: [aTag('红色', { manual: true })], journeys }));
  test('is used where a journey begins with it, ends with it, puts it on, or where a text asks for it', () => {
    expect(used([])).toContain('unused-tag');
    expect(used([tells('红色', 'x')])).not.toContain('unused-tag');
    const on = { type: 'tagAdded', key: '红色' } as const;
    expect(used([tells('y', 'x', { exits: [{ id: 'e', name: 'e', on }] })])).not.toContain('unused-tag');
    expect(used([tells('y', "{% if user.tags contains '红色' %}红{% endif %}")])).not.toContain('unused-tag');
    expect(used([tells('y', '红色')])).toContain('unused-tag');
  });

  test('with a purpose it is told together with the others that wait for their use', () => {
    const purpose = { zh: '以后用', en: 'later' };
    const found = lint(aGarden({ tags: ['a', 'b'].map((key) => aTag(key, { manual: true, purpose })) }));
    expect(found.map(({ message }) => message.en)).toEqual(['2 tags have purposes that nothing serves yet: “a”, “b”.']);
  });

  test('is used by the rule of a tag that is used, and as a level beside one', () => {
    const tags = [
      ...LEVELS.tags,
      aTag('a', { manual: true }),
      aTag('b', { when: { all: [{ tag: 'a' }, { tag: 'VIP' }] } }),
    ];
    const garden = aGarden({ tags, groups: LEVELS.groups, segments: [aSegment('s', { tag: 'b' })] });
    expect(codes(garden)).not.toContain('unused-tag');
  });
});

test('a vague name may have its number in the rule of the tag that it looks at', () => {
  const exact = aTag('a', { when: { did: { event: 'X', count: { op: 'gte', value: 3 } } } });
  const rest = { purpose: { zh: '用', en: 'use' } };
  expect(codes(aGarden({ tags: [exact, aTag('高意向', { when: { tag: 'a' }, ...rest })] }))).not.toContain('vague-tag');
  expect(codes(aGarden({ tags: [aTag('Often here', { when: BOUGHT })] }))).toContain('vague-tag');
  expect(codes(aGarden({ tags: [aTag('Softened', { when: BOUGHT })] }))).not.toContain('vague-tag');
});

describe('a tag that never goes', () => {
  const stale = (tag: Parameters<typeof aTag>[1]) => codes(aGarden({ tags: [aTag('a', tag)] })).includes('stale-tag');
  const max = { event: 'X', of: 'properties.total', value: 5 } as const;
  test('is one whose rule nothing ends', () => {
    expect(stale({ when: BOUGHT })).toBe(true);
    expect(stale({ when: { all: [BOUGHT, { nth: { event: 'X', n: 2 } }] } })).toBe(true);
    expect(stale({ when: { max: { ...max, op: 'gte' } } })).toBe(true);
  });
  test('is none where a time, an event, a hand or its author ends it or says that it is meant', () => {
    expect(stale({ when: { did: { event: 'X', within: 'P7D' } } })).toBe(false);
    expect(stale({ when: { max: { ...max, op: 'lt' } } })).toBe(false);
    expect(stale({ when: { not: BOUGHT } })).toBe(false);
    expect(stale({ when: { any: [BOUGHT, { tag: 'b' }] } })).toBe(false);
    for (const more of [{ sticky: true }, { ttl: 'P90D' }, { manual: true }] as const) {
      expect(stale({ when: BOUGHT, ...more })).toBe(false);
    }
  });
});

describe('a contradiction', () => {
  const of = (journey: Journey, tags = LEVELS.tags) =>
    lint(aGarden({ ...LEVELS, tags, journeys: [journey] })).filter(({ code }) => code === 'contradiction');
  const conditions = (when: Parameters<typeof aSegment>[1]) =>
    lint(aGarden({ ...LEVELS, segments: [aSegment('s', when)] })).filter(({ code }) => code === 'contradiction');

  test('is found however it is nested, and once', () => {
    expect(conditions({ all: [BOUGHT, { any: [{ all: [{ tag: '新客' }, { tag: '老客' }] }, BOUGHT] }] })).toMatchObject(
      [{ severity: 'error', segment: 's', field: 'segments.0.when' }],
    );
    expect(conditions({ not: { any: [{ not: { tag: '新客' } }, { not: { tag: 'VIP' } }] } })).toHaveLength(1);
    expect(conditions({ all: [{ not: { tag: '新客' } }, { tag: 'VIP' }] })).toEqual([]);
    expect(conditions({ any: [{ tag: '新客' }, { not: { tag: 'VIP' } }] })).toEqual([]);
  });

  test('is a step that puts two levels on one customer', () => {
    const give = (op: 'add' | 'remove') =>
      aJourney('give', [
        ['in', 'enter-event', { event: 'X' }],
        ['tag', 'tag', { op, keys: ['新客', 'VIP'] }],
        ['out', 'exit', {}],
      ]);
    expect(of(give('add'))).toMatchObject([{ journey: 'give', node: 'tag', severity: 'error' }]);
    expect(of(give('remove'))).toEqual([]);
  });

  const message = (body: string) => ({ channel: 'inbox', body, byResult: false });
  const later = (more: Partial<Journey> = {}) =>
    aJourney(
      'later',
      [
        ['in', 'enter-tag', { op: 'added', key: '新客' }],
        ['week', 'wait', { duration: 'P7D' }],
        ['say', 'message', message('您的新人券还在')],
        ['out', 'exit', {}],
      ],
      more,
    );

  test('is an offer for the new that others come to: at once, or after a wait', () => {
    expect(of(tells('沉默7天', '新人专享券'))).toMatchObject([{ node: 'say', severity: 'error' }]);
    expect(of(tells('沉默7天', '新人专享券'))[0]!.message.en).toContain('“老客”, “VIP”');
    expect(of(tells('新客', '新人专享券'))).toEqual([]);
    expect(of(tells('沉默7天', '欢迎新人，有事找我'))).toEqual([]);
    expect(of(later())).toHaveLength(1);
  });

  test('is none where the journey ends when she is new no more, in whichever way that is said', () => {
    const ends = (on: Journey['exits'][number]['on']) => of(later({ exits: [{ id: 'e', name: 'e', on }] }));
    expect(ends({ type: 'tagRemoved', key: '新客' })).toEqual([]);
    expect(ends({ type: 'event', event: 'Order Completed' })[0]?.message.en).toMatch(/but “VIP” may/);
    expect(ends({ type: 'event', event: 'Other' })).toHaveLength(1);
    expect(
      ends({ type: 'event', event: 'Order Completed', where: [{ path: 'properties.total', op: 'gte', value: 9 }] }),
    ).toHaveLength(1);
  });

  test('is none where a branch asks first, or only a segment of the new comes in', () => {
    const asks = (when: Parameters<typeof aSegment>[1]): Journey => {
      const base = aJourney('asks', [
        ['in', 'enter-event', { event: 'X' }],
        ['new', 'branch', { branches: [{ id: 'yes', when }] }],
        ['out', 'exit', {}],
        ['say', 'message', message('新人券')],
      ]);
      const edge = (id: string, node: string, outlet: string, to: string) => ({ id, from: { node, outlet }, to });
      return {
        ...base,
        edges: [
          edge('e0', 'in', 'next', 'new'),
          edge('e1', 'new', 'yes', 'say'),
          edge('e2', 'new', 'else', 'out'),
          edge('e3', 'say', 'next', 'out'),
        ],
      };
    };
    expect(of(asks({ tag: '新客' }))).toEqual([]);
    expect(of(asks({ not: BOUGHT }))).toEqual([]);
    expect(of(asks({ not: { did: { event: 'Order Completed', within: 'P30D' } } }))).toHaveLength(1);
    const segment = aSegment('new', { all: [{ tag: '新客' }, { not: BOUGHT }] });
    const entered = aJourney('entered', [
      ['in', 'enter-segment', { op: 'entered', segment: 'new' }],
      ['say', 'message', message('新人券')],
      ['out', 'exit', {}],
    ]);
    expect(codes(aGarden({ ...LEVELS, segments: [segment], journeys: [entered] }))).not.toContain('contradiction');
    expect(codes(aGarden({ ...LEVELS, segments: [aSegment('new', BOUGHT)], journeys: [entered] }))).toContain(
      'contradiction',
    );
  });
});

test('a VIP who is made one on the way is reached after the wait', () => {
  const waits = (more: Partial<Journey> = {}) =>
    aJourney(
      'waits',
      [
        ['in', 'enter-tag', { op: 'added', key: '老客' }],
        ['week', 'wait', { duration: 'P7D' }],
        ['say', 'message', { channel: 'inbox', body: 'x', byResult: false }],
        ['out', 'exit', {}],
      ],
      more,
    );
  const of = (journey: Journey) => codes(aGarden({ ...LEVELS, journeys: [journey] })).includes('mass-to-vip');
  expect(of(waits())).toBe(true);
  expect(of(waits({ exits: [{ id: 'e', name: 'e', on: { type: 'tagAdded', key: 'VIP' } }] }))).toBe(false);
  expect(of(tells('老客', 'x'))).toBe(false);
  const out = (exclude: Journey['entry']['exclude']) => waits({ entry: { reentry: { type: 'never' }, exclude } });
  expect(of(out({ tags: ['VIP'], ends: true }))).toBe(false);
  expect(of(out({ tags: ['VIP'] }))).toBe(true);
});

describe('messages of one journey under the caps', () => {
  const say = (id: string, more: object = {}) =>
    [id, 'message', { channel: 'inbox', body: id, byResult: false, ...more }] as const;
  const wait = (id: string, duration: string) => [id, 'wait', { duration }] as const;
  const event = ['in', 'enter-event', { event: 'Short Link Created' }] as const;
  const told = (nodes: Parameters<typeof aJourney>[1], more: Partial<Journey> = {}, rules: object = {}) => {
    const garden = aGarden({ ...LEVELS, journeys: [aJourney('j', nodes, more)] });
    const ruleset = { ...garden.ruleset, ...rules };
    return lint({ ...garden, ruleset })
      .filter(({ lint: id }) => id === 'L10')
      .map(({ node, severity }) => `${node} ${severity}`);
  };

  test('two on one day are told: as an error where no time passes, else as what may be', () => {
    expect(told([event, say('a'), say('b')])).toEqual(['b error']);
    expect(told([event, say('a'), wait('w', 'PT23H'), say('b')])).toEqual(['b warning']);
    expect(told([event, say('a'), wait('w', 'P1D'), say('b')])).toEqual([]);
    const awaited = [
      'w',
      'wait-for',
      { for: [{ id: 'next', on: { type: 'event', event: 'X' } }], limit: 'P3D', since: 'here' },
    ];
    expect(told([event, say('a'), awaited as never, say('b')])).toEqual(['b warning']);
  });

  test('what waits, what is transactional and what follows when nothing was sent are no mistakes', () => {
    expect(told([event, say('a'), say('b', { waitAtMost: 'P2D' })])).toEqual([]);
    expect(told([event, say('a'), say('b', { transactional: true }), wait('w', 'P1D'), say('c')])).toEqual([]);
    const journey = aJourney('j', [event, say('a', { byResult: true }), say('b')]);
    const other = journey.edges.map((edge) =>
      edge.from.node === 'a' ? { ...edge, from: { node: 'a', outlet: 'not-sent' } } : edge,
    );
    expect(codes(aGarden({ journeys: [{ ...journey, edges: other }] }))).not.toContain('over-caps');
  });

  test('the caps are those of whoever comes in, and the tenant’s own', () => {
    const three = [say('a'), wait('v', 'P1D'), say('b'), wait('w', 'P1D'), say('c')] as const;
    expect(told([event, ...three])).toEqual([]);
    expect(told([['in', 'enter-tag', { op: 'added', key: '新客' }], ...three])).toEqual(['c warning']);
    expect(told([event, ...three], { entry: { reentry: { type: 'never' }, audience: { tag: '新客' } } })).toEqual([
      'c warning',
    ]);
    expect(told([['in', 'enter-tag', { op: 'added', key: '老客' }], ...three])).toEqual([]);
    expect(told([event, say('a'), say('b')], {}, { caps: { lifecycle: [] } })).toEqual([]);
    expect(told([event, say('a'), say('b'), say('c')], {}, { caps: { perDay: 2, lifecycle: [] } })).toEqual([
      'c error',
    ]);
  });

  test('a loop is gone round as often as time allows', () => {
    const round = (duration: string) => {
      const journey = aJourney('j', [event, say('a'), wait('w', duration)], {
        exits: [{ id: 'x', name: 'x', on: { type: 'event', event: 'X' } }],
      });
      const back = { id: 'back', from: { node: 'w', outlet: 'next' }, to: 'a' };
      return codes(aGarden({ journeys: [{ ...journey, edges: [...journey.edges, back] }] })).includes('over-caps');
    };
    expect([round('PT6H'), round('P1D')]).toEqual([true, false]);
  });
});

describe('what customers have', () => {
  const now = '2026-06-01T00:00:00.000Z';
  const told = (usage: Parameters<typeof lint>[0]['usage']) => {
    const tags = [
      aTag('浏览', { when: { did: { event: 'Product Viewed' } }, family: { by: 'properties.product_id', bound: 5 } }),
      aTag('活跃', { when: { did: { event: 'Visited', within: 'P7D' } } }),
    ];
    return lint({ ...aGarden({ tags }), ...(usage && { usage }) })
      .filter(({ lint: id }) => ['L1', 'L5'].includes(id))
      .map(({ lint: id, tag }) => `${id} ${tag}`);
  };
  const use = (values: number, newest: string) => ({ partly: false, values, newest });

  test('a family of more than 200 values is told, and a tag that nobody got for 90 days', () => {
    expect(told(undefined)).toEqual([]);
    expect(told({ now, tags: { 浏览: use(200, now), 活跃: use(1, '2026-03-03T00:00:00.001Z') } })).toEqual([]);
    expect(told({ now, tags: { 浏览: use(201, now), 活跃: use(1, '2026-03-03T00:00:00.000Z') } })).toEqual([
      'L1 浏览',
      'L5 活跃',
    ]);
    // Values are a family's.
    expect(told({ now, tags: { 活跃: use(500, now) } })).toEqual([]);
  });
});

describe('one journey in the editor', () => {
  test('hears of itself only', () => {
    const { ruleset } = aGarden(LEVELS);
    expect(lintJourney(ruleset, tells('沉默7天', '新人券')).map(({ code }) => code)).toEqual([
      'contradiction',
      'mass-to-vip',
    ]);
  });
});

test('the packs beside each other have no error: who is new to the one need not be new to the other', () => {
  const all = <T>(of: (rules: (typeof PACKS)[number]['rules']) => readonly T[] | undefined) =>
    PACKS.flatMap(({ rules }) => of(rules) ?? []);
  const ruleset = {
    version: 1,
    zone: 'Asia/Shanghai',
    groups: all(({ groups }) => groups),
    tags: all(({ tags }) => tags),
    segments: all(({ segments }) => segments),
  };
  const found = lint({ ruleset, journeys: PACKS.flatMap(({ journeys }) => journeys.zh) });
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe.each(PACKS)('the pack $id', ({ rules, journeys: both }) => {
  test.each([
    'zh',
    'en',
  ] as const)('passes in %s; of its journeys it is only said that they reach the valued', (language) => {
    const journeys = both[language];
    const found = lint({ ruleset: { ...rules, version: 1 }, journeys });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    const ofJourneys = found.filter(({ journey }) => journey !== undefined).map(({ code }) => code);
    expect(ofJourneys.filter((code) => code !== 'mass-to-vip')).toEqual([]);
  });
});
