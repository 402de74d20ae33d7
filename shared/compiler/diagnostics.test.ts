/** An example of everything that the compiler can find wrong. */
import { describe, expect, test } from 'vitest';
import { addNode, type Journey } from '../journey/index.ts';
import { found } from './diagnostics.ts';
import { compile } from './index.ts';
import { FUNCTIONS } from './testing/arns.ts';
import { drawn } from './testing/build.ts';

const good = drawn({ in: ['enter-event'], m: ['message'], x: ['exit'] }, ['in>m', 'm>x']);
const wait = (duration: string) => ['wait', { duration }] as const;
const withNode = (journey: Journey, id: string, change: object): Journey => ({
  ...journey,
  nodes: journey.nodes.map((n) => (n.id === id ? { ...n, ...change } : n)),
});

/** code -> a journey in which it is found, where, and how bad it is. */
const examples: Record<
  string,
  {
    journey: unknown;
    at?: object;
    severity?: 'warning';
    knownTags?: string[];
    knownSegments?: string[];
    knownFamilies?: string[];
  }
> = {
  'no-entry': { journey: drawn({ m: ['message'] }, []) },
  unreachable: {
    journey: addNode(good, { kind: 'message', stage: 'touch', position: { x: 0, y: 0 } }).journey,
    at: { node: 'message-1' },
  },
  'free-outlet': {
    journey: drawn({ in: ['enter-event'], m: ['message'] }, ['in>m']),
    at: { node: 'm' },
    severity: 'warning',
  },
  'duplicate-id': { journey: { ...good, edges: good.edges.map((e) => ({ ...e, id: 'e' })) }, at: { edge: 'e' } },
  'edge-to-nowhere': {
    journey: { ...good, edges: [...good.edges, { id: 'e9', from: { node: 'm', outlet: 'next' }, to: 'gone' }] },
    at: { edge: 'e9' },
  },
  'edge-from-nowhere': {
    journey: { ...good, edges: [...good.edges, { id: 'e9', from: { node: 'm', outlet: 'nope' }, to: 'x' }] },
    at: { edge: 'e9' },
  },
  'two-edges': {
    journey: { ...good, edges: [...good.edges, { id: 'e9', from: { node: 'in', outlet: 'next' }, to: 'x' }] },
    at: { edge: 'e9', node: 'in' },
  },
  'edge-into-entry': {
    journey: { ...good, edges: [...good.edges, { id: 'e9', from: { node: 'm', outlet: 'next' }, to: 'in' }] },
    at: { edge: 'e9' },
  },
  'loop-without-wait': {
    journey: drawn(
      { in: ['enter-event'], m: ['message', { channel: 'inbox', body: 'x', byResult: true }], n: ['message'] },
      ['in>m', 'm.sent>n', 'n>m'],
    ),
    at: { node: 'm' },
  },
  endless: {
    journey: drawn({ in: ['enter-event'], m: ['message'], w: wait('P30D') }, ['in>m', 'm>w', 'w>m']),
    at: { node: 'm' },
  },
  'loop-without-end': {
    journey: drawn({ in: ['enter-event'], m: ['message'], w: wait('P30D') }, ['in>m', 'm>w', 'w>m'], {
      exits: [{ id: 'x1', name: '不再是会员', on: { type: 'tagRemoved', key: '会员' } }],
    }),
    at: { node: 'm' },
    severity: 'warning',
  },
  'loop-too-fast': {
    journey: drawn({ in: ['enter-event'], w: wait('PT10M'), b: ['branch'] }, ['in>w', 'w>b', 'b.else>w']),
    at: { node: 'w' },
    severity: 'warning',
  },
  'wait-too-long': {
    journey: drawn({ in: ['enter-event'], w: wait('P366D') }, ['in>w']),
    at: { node: 'w', field: 'config' },
  },
  'path-too-long': { journey: drawn({ in: ['enter-event'], v: wait('P200D'), w: wait('P200D') }, ['in>v', 'v>w']) },
  'title-too-long': {
    journey: withNode(good, 'm', { title: '长'.repeat(90) }),
    at: { node: 'm', field: 'title' },
    severity: 'warning',
  },
  'tag-unknown': {
    journey: drawn(
      { in: ['enter-tag', { op: 'added', key: '新客' }], t: ['tag', { op: 'add', keys: ['浏览:a', '老客'] }] },
      ['in>t'],
    ),
    at: { node: 't', field: 'config' },
    severity: 'warning',
    knownTags: ['新客', '浏览'],
  },
  'family-unknown': {
    journey: drawn({ in: ['enter-event'], out: ['exit'] }, ['in>out'], {
      entry: { reentry: { type: 'never' }, family: 'groups' },
    }),
    at: { field: 'entry.family' },
    severity: 'warning',
    knownFamilies: ['customer-groups'],
  },
  'segment-unknown': {
    journey: drawn(
      {
        in: ['enter-segment', { op: 'entered', segment: 'dormant' }],
        b: ['branch', { branches: [{ id: 'a', when: { segment: 'gone' } }] }],
      },
      ['in>b'],
    ),
    at: { node: 'b', field: 'config' },
    severity: 'warning',
    knownSegments: ['dormant'],
  },
  'zone-unknown': { journey: { ...good, zone: 'Asia/Peking' }, at: { field: 'zone' } },
  'template-invalid': {
    journey: withNode(good, 'm', { config: { channel: 'inbox', body: '{{ user.name' } }),
    at: { node: 'm', field: 'config.body' },
  },
  'node-kind-unknown': { journey: withNode(good, 'm', { kind: 'pigeon' }), at: { node: 'm' } },
  'node-newer': { journey: withNode(good, 'm', { kindVersion: 99 }), at: { node: 'm' } },
  'field-missing': {
    journey: withNode(good, 'm', { config: { channel: 'inbox' } }),
    at: { node: 'm', field: 'config.body' },
  },
  'field-too-small': {
    journey: withNode(good, 'm', { config: { channel: 'inbox', body: '' } }),
    at: { node: 'm', field: 'config.body' },
  },
  'field-too-big': { journey: { ...good, name: 'x'.repeat(81) }, at: { field: 'name' } },
  'field-unknown': { journey: { ...good, colour: 'red' } },
  'field-invalid': {
    journey: withNode(good, 'm', { config: { channel: 'pigeon', body: 'x' } }),
    at: { node: 'm', field: 'config.channel' },
  },
};

describe.each(Object.entries(examples))('%s', (code, { journey, at = {}, severity, ...known }) => {
  const result = compile(journey, { version: 1, functions: FUNCTIONS, ...known });
  const own = result.diagnostics.filter((d) => d.code === code);

  test(`is told ${severity === 'warning' ? 'and does not stop' : 'and stops the compiler'}`, () => {
    expect(own).not.toEqual([]);
    expect(own[0]).toMatchObject({ severity: severity ?? 'error', ...at });
    expect(result.ok).toBe(severity === 'warning');
  });

  test('in both languages, with what to do next', () => {
    for (const d of own) {
      expect(d.message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(d.next.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(d.message.en).toMatch(/^[^\u4e00-\u9fff]*$|“/);
      expect(d.next.en).not.toBe('');
    }
  });
});

test('a journey without fault has nothing to say', () => {
  expect(compile(good, { version: 1, functions: FUNCTIONS })).toMatchObject({ ok: true, diagnostics: [] });
});

test('a definition over 1 MB is refused', () => {
  const cards: Record<string, readonly [string]> = { in: ['enter-event'] };
  for (let i = 0; i < 1100; i++) cards[`m${i}`] = ['message'];
  let journey = drawn(cards, []);
  journey = {
    ...journey,
    edges: journey.nodes
      .slice(1)
      .map((n, i) => ({ id: `e${i}`, from: { node: journey.nodes[i]!.id, outlet: 'next' }, to: n.id })),
  };
  const result = compile(journey, { version: 1, functions: FUNCTIONS });
  expect(result.ok).toBe(false);
  expect(result.diagnostics).toContainEqual(expect.objectContaining({ code: 'definition-too-large' }));
});

test('a card whose ways out lead nowhere says so once', () => {
  const journey = drawn({ in: ['enter-event'], t: ['staff-task'] }, ['in>t']);
  const told = compile(journey, { functions: FUNCTIONS, version: 1 }).diagnostics.filter(
    ({ code }) => code === 'free-outlet',
  );
  expect(told.map(({ message }) => message.en)).toEqual([
    'Nothing follows “Done”, “Not reached”, “Declined”, “Overdue” of “Staff task”: the journey ends there.',
  ]);
});

test('every code of the compiler has an example here', () => {
  const codes = Object.values(found).map(
    (make) => (make as (...args: unknown[]) => { code: string })('a', { zh: '', en: '' }, { zh: '', en: '' }).code,
  );
  expect(codes.filter((code) => !(code in examples))).toEqual(['definition-too-large']);
});
