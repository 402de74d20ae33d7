import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { compile } from '../compiler/index.ts';
import { FUNCTIONS } from '../compiler/testing/arns.ts';
import { drive } from '../compiler/testing/drive.ts';
import { quietWorld, type World } from '../compiler/testing/world.ts';
import type { CustomerEvent } from '../events/index.ts';
import { graphOf, type Journey, STEP_X } from '../journey/index.ts';
import { CHANNELS, render } from '../messages/index.ts';
import { evaluateOver } from '../rules/index.ts';
import { STAGES } from '../stages.ts';
import type { Language } from '../words.ts';
import { PACKS, pack } from './index.ts';

const LANGUAGES: readonly Language[] = ['zh', 'en'];
const journeys = PACKS.flatMap((p) =>
  LANGUAGES.flatMap((language) =>
    p.journeys[language].map((journey) => ({
      name: `${p.id}/${journey.id} in ${language}`,
      language,
      pack: p,
      journey,
    })),
  ),
);
const textsIn = (data: unknown): readonly string[] =>
  typeof data === 'string'
    ? [data]
    : data !== null && typeof data === 'object'
      ? Object.values(data).flatMap(textsIn)
      : [];
const journey = (id: string): Journey => journeys.find((j) => j.journey.id === id)!.journey;

function run(it: Journey, world: World = quietWorld()) {
  const compiled = compile(it, { version: 1, functions: FUNCTIONS });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return drive(compiled.asl, it, compiled.map.entries[0]!.node, world);
}
const day = (n: number): string => new Date(Date.parse('2026-03-01T02:00:00.000Z') + n * 86_400_000).toISOString();
const event = (name: string, after: number): CustomerEvent => ({
  id: `m-${name}`,
  customer: 'u-1001',
  name,
  type: 'track',
  at: day(after),
  received: day(after),
  properties: {},
});

test('who has never ordered is the new-customer journey’s, not dormancy’s', () => {
  const greets = (tags: string[]) =>
    evaluateOver(journey('dormancy').entry.audience!, {
      traits: {},
      tags,
      events: [],
      now: day(7),
      zone: 'Asia/Shanghai',
    }).holds;
  expect(greets(['新客', '沉默7天'])).toBe(false);
  for (const level of ['老客', '复购客', 'VIP']) expect(greets([level, '沉默7天'])).toBe(true);
});

describe.each(journeys)('$name', ({ journey: it, pack: from, language }) => {
  const knownTags = from.rules.tags.map((t) => t.key);

  test('compiles without a word of complaint, for AWS too', () => {
    const result = compile(it, { version: 1, functions: FUNCTIONS, knownTags });
    expect(result.diagnostics).toEqual([]);
    if (result.ok) expect(aslValidator(structuredClone(result.asl)).errors).toEqual([]);
  });

  test('speaks one language, in names, cards and what customers read; only tags keep their keys', () => {
    const chinese = textsIn(it).filter((text) => /\p{Script=Han}/u.test(text) && !knownTags.includes(text));
    if (language === 'en') expect(chinese).toEqual([]);
    else
      expect(chinese).toEqual(expect.arrayContaining([it.name, it.description, ...it.goals.map(({ name }) => name)]));
  });

  test('is laid out in time from left to right, in lanes from top to bottom', () => {
    const at = (id: string) => it.nodes.find((n) => n.id === id)!;
    for (const { from: start, to } of it.edges) {
      expect(at(to).position.x - at(start.node).position.x).toBe(STEP_X);
      expect(STAGES.indexOf(at(to).stage)).toBeGreaterThanOrEqual(STAGES.indexOf(at(start.node).stage));
    }
    const places = it.nodes.map((n) => `${n.stage} ${n.position.x} ${n.position.y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test('its messages read well for a customer of whom nothing is known', () => {
    const context = { user: { id: 'u', tags: [] }, journey: { id: it.id, name: it.name } };
    const moment = { now: day(0), zone: 'Asia/Shanghai' };
    const templates = it.nodes.flatMap(({ config }) => {
      const { title, body } = config as { title?: string; body?: string };
      return body === undefined ? [] : [{ ...(title !== undefined && { title }), body }];
    });
    expect(templates.length).toBeGreaterThan(1);
    for (const template of templates) {
      const message = render(template, context, moment, CHANNELS.inbox);
      expect(message).toMatchObject({ ok: true });
      expect(JSON.stringify(message)).not.toMatch(/\{\{|undefined|null/);
    }
  });
});

describe('a new customer', () => {
  test('is welcomed at once and reminded after seven days', () => {
    const told = run(journey('new-customer')).told;
    expect(told.map((t) => [t.node, t.at])).toEqual([
      ['touch', day(0)],
      ['welcome', day(0)],
      ['week', day(7)],
      ['ordered', day(7)],
      ['second', day(7)],
      ['done', day(7)],
    ]);
  });

  test('enters only once, never after an order, and leaves with the first one', () => {
    const { entry, goals } = journey('new-customer');
    expect(entry.reentry).toEqual({ type: 'never' });
    expect(entry.audience).toEqual({ not: { did: { event: 'Order Completed' } } });
    expect(goals.map((g) => g.on)).toEqual([{ type: 'event', event: 'Order Completed' }]);
  });
});

describe('a silent customer', () => {
  test('hears from us after 7 and after 15 days of silence, with a coupon of 8 yuan', () => {
    const it = journey('dormancy');
    expect(run(it).told.map((t) => [t.node, t.at])).toEqual([
      ['silent-7d', day(0)],
      ['eight-days', day(8)],
      ['silent-15d', day(8)],
      ['until-back', day(358)],
      ['done', day(358)],
    ]);
    const coupon = it.nodes.find((n) => n.id === 'silent-15d')!.config as { body: string };
    const context = { user: { id: 'u', tags: [] }, journey: { id: it.id, name: it.name } };
    expect(render(coupon, context, { now: day(8), zone: 'Asia/Shanghai' }, CHANNELS.inbox)).toMatchObject({
      body: expect.stringContaining('立减8元'),
    });
  });

  test('is left in peace as soon as she stirs, and may fall silent again', () => {
    const { entry, exits } = journey('dormancy');
    expect(entry.reentry).toEqual({ type: 'always' });
    expect(exits.map((e) => e.on)).toContainEqual({ type: 'tagRemoved', key: '沉默7天' });
  });
});

describe('a valued customer', () => {
  const it = journey('vip-care');

  test('is spoken to in person: no step of her journey writes to her by itself', () => {
    const graph = graphOf(it);
    expect(graph.nodes.filter(({ kind }) => kind.needs.includes('send'))).toEqual([]);
    expect(graph.nodes.filter(({ kind }) => kind.needs.includes('task'))).toHaveLength(2);
    expect(it.entry.audience).toEqual({ tag: 'VIP' });
  });

  test('whom a colleague has spoken to is in personal care: waking the silent leaves her alone', () => {
    const graph = graphOf(it);
    const tasks = graph.nodes.filter(({ kind }) => kind.needs.includes('task')).map(({ node }) => node.id);
    for (const task of tasks) {
      const next = graph.node(graph.target(task, 'done')!)!;
      expect(next.kind.mentions?.(next.config).gives).toEqual(['专人维护']);
    }
    expect(journey('dormancy').entry.exclude).toEqual({ tags: ['专人维护'], ends: true });
    expect(pack('private-domain')!.rules.tags.find(({ key }) => key === '专人维护')).toMatchObject({
      manual: true,
      ttl: 'P90D',
    });
  });

  test('keeps no other journey from its customers: it is of no family', () => {
    expect(it.entry.family).toBeUndefined();
  });

  test('whom nobody contacts in three days is given up, not written to', () => {
    expect(run(it).told.map((t) => [t.node, t.outlet, t.at])).toEqual([
      ['greet', 'overdue', day(3)],
      ['nobody', '', day(3)],
    ]);
  });
});

describe('the fifth short link', () => {
  test('brings the letter at once, the course from the third day on, then the invitation', () => {
    const told = run(journey('short-link-fifth')).told;
    expect(told.filter((t) => ['letter', 'lesson-1', 'lesson-2', 'invite'].includes(t.node)).map((t) => t.at)).toEqual(
      [0, 3, 7, 7].map(day),
    );
    expect(told.at(-1)!.node).toBe('done');
  });

  test('ends in loyalty for those who join', () => {
    const run1 = run(journey('short-link-fifth'), { ...quietWorld(), happens: [event('Creator Alliance Joined', 9)] });
    expect(run1.told.slice(-3).map((t) => [t.node, t.at])).toEqual([
      ['answer', day(9)],
      ['loyal', day(9)],
      ['joined', day(9)],
    ]);
    expect(run1.ended).toBe('goal');
  });
});

test('ids of packs and of their journeys are unique', () => {
  expect(new Set(journeys.map((j) => j.name)).size).toBe(journeys.length);
  for (const p of PACKS) expect(pack(p.id)).toBe(p);
});
