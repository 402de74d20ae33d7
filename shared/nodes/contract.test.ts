/** What every node kind must keep to. A new kind is held to all of this by being in the registry. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { compile } from '../compiler/index.ts';
import { FUNCTIONS } from '../compiler/testing/arns.ts';
import { drive } from '../compiler/testing/drive.ts';
import { walk } from '../compiler/testing/walk.ts';
import type { World } from '../compiler/testing/world.ts';
import { emptyJourney, graphOf, type Journey } from '../journey/index.ts';
import { BY_KEY } from '../rules/index.ts';
import { enterEvent } from './enter-event/index.ts';
import { exit } from './exit/index.ts';
import { fieldsOf, NODE_KINDS, type NodeKind, readConfig, sampleFacts, WIDGETS } from './index.ts';

const folder = (kind: string): URL => new URL(`./${kind}/`, import.meta.url);
const kinds = [...NODE_KINDS.values()];
const LANGUAGES = ['zh', 'en'] as const;

test('every folder is in the registry, and every kind has its folder', () => {
  const folders = readdirSync(new URL('./', import.meta.url), { withFileTypes: true }).filter((f) => f.isDirectory());
  expect(folders.map((f) => f.name).sort()).toEqual([...NODE_KINDS.keys()].sort());
});

/** enter -> the node -> one exit behind each outlet. */
function around(kind: NodeKind, config: unknown): Journey {
  const at = { stage: 'touch' as const, position: { x: 0, y: 0 } };
  const node = { id: 'node-1', kind: kind.kind, kindVersion: kind.version, config, ...at };
  const outlets = kind.outlets(config);
  return {
    ...emptyJourney('sample', 'Sample'),
    nodes: [
      ...(kind.entry ? [] : [{ id: 'in', kind: enterEvent.kind, kindVersion: 1, config: enterEvent.defaults, ...at }]),
      node,
      ...outlets.map((o) => ({ id: `to_${o.id}`, kind: exit.kind, kindVersion: 1, config: { reason: o.id }, ...at })),
    ],
    edges: [
      ...(kind.entry ? [] : [{ id: 'e0', from: { node: 'in', outlet: 'next' }, to: 'node-1' }]),
      ...outlets.map((o, i) => ({ id: `e${i + 1}`, from: { node: 'node-1', outlet: o.id }, to: `to_${o.id}` })),
    ],
  };
}

function compiled(kind: NodeKind, config: unknown) {
  const journey = around(kind, config);
  const result = compile(journey, { version: 1, functions: FUNCTIONS });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return { journey, ...result };
}

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  test('its defaults are a config', () => {
    expect(readConfig(kind, kind.version, kind.defaults)).toMatchObject({ ok: true });
  });

  test('upgrades lead from every earlier version to the current one', () => {
    for (let from = 1; from < kind.version; from++) expect(kind.upgrades[from], `from ${from}`).toBeTypeOf('function');
    expect(Object.keys(kind.upgrades)).toHaveLength(kind.version - 1);
  });

  test('every field has a label in both languages and a widget that the console knows', () => {
    for (const field of fieldsOf(kind.config)) {
      expect(field.label.zh && field.label.en, field.name).toBeTruthy();
      expect(WIDGETS).toContain(field.widget);
    }
  });

  test('who works in English starts with English words', () => {
    const words = /\p{Script=Han}/u;
    const { defaults, defaultsEn, mentions } = kind;
    // A tag or a segment is called by its key, in whatever language that is.
    const keys = mentions?.(defaults) ?? {};
    const spoken = [...(keys.tags ?? []), ...(keys.segments ?? [])].some((key) => words.test(key)) && !keys.gives;
    if (words.test(JSON.stringify(defaults)) && !spoken) expect(defaultsEn).toBeDefined();
    if (defaultsEn === undefined) return;
    expect(kind.config.safeParse(defaultsEn).success).toBe(true);
    expect(JSON.stringify(defaultsEn)).not.toMatch(words);
  });

  test('its face is drawn: icon, title, summary of defaults and samples in both languages', () => {
    const require = createRequire(import.meta.url);
    expect(existsSync(require.resolve(`@ant-design/icons/lib/icons/${kind.face.icon}`))).toBe(true);
    for (const language of LANGUAGES) {
      expect(kind.face.title[language]).not.toBe('');
      for (const config of [kind.defaults, ...kind.samples.map((s) => s.config)]) {
        expect(kind.face.summary(config, language, BY_KEY).trim()).not.toBe('');
      }
    }
  });

  test('its outlets have ids of their own and labels in both languages', () => {
    for (const config of [kind.defaults, ...kind.samples.map((s) => s.config)]) {
      const outlets = kind.outlets(config);
      expect(new Set(outlets.map((o) => o.id)).size).toBe(outlets.length);
      for (const outlet of outlets) expect(outlet.label.zh && outlet.label.en).toBeTruthy();
    }
  });

  test('its README speaks both languages and names its outlets', () => {
    const readme = readFileSync(new URL('README.md', folder(name)), 'utf8');
    expect(readme).toContain(kind.face.title.zh);
    expect(readme).toContain(kind.face.title.en);
    expect(readme).toContain('**Outlets.**');
  });

  test('its samples are the files of its folder, and they parse', () => {
    const files = readdirSync(new URL('samples/', folder(name)));
    expect(kind.samples.length).toBeGreaterThan(0);
    expect(files).toHaveLength(kind.samples.length);
    const names = files.map((f) => JSON.parse(readFileSync(new URL(`samples/${f}`, folder(name)), 'utf8')).name);
    expect(kind.samples.map((s) => s.name).sort()).toEqual(names.sort());
    for (const sample of kind.samples)
      expect(readConfig(kind, kind.version, sample.config)).toMatchObject({ ok: true });
  });

  test('its samples decide as they say', () => {
    for (const sample of kind.samples) {
      if (!kind.decide) expect(sample.decision).toBeUndefined();
      else expect(kind.decide(sample.config, sampleFacts(sample.facts)), sample.name).toMatchObject(sample.decision!);
    }
  });

  test('each outlet reaches a state of a compiled journey', () => {
    for (const config of [kind.defaults, ...kind.samples.map((s) => s.config)]) {
      const { map } = compiled(kind, config);
      const reached = new Set(Object.values(map.states).map((s) => s.node));
      for (const outlet of kind.outlets(config)) {
        expect(map.next['node-1']?.[outlet.id]).toBe(`to_${outlet.id}`);
        expect(reached, outlet.id).toContain(`to_${outlet.id}`);
      }
    }
  });

  test('each sample takes the same way when walked and when the machine runs', () => {
    for (const sample of kind.samples) {
      const { journey, asl } = compiled(kind, sample.config);
      const world: World = { facts: sampleFacts(sample.facts), happens: [] };
      const entry = kind.entry ? 'node-1' : 'in';
      const run = drive(asl, journey, entry, world);
      expect(run.status, sample.name).toBe('SUCCEEDED');
      expect(run.told.map(({ by: _by, ...step }) => step)).toEqual(walk(graphOf(journey), entry, world));
    }
  });

  test('what it needs and what it is compiled to agree', () => {
    expect(kind.entry === undefined).toBe(kind.lower !== undefined);
    const { asl } = compiled(kind, kind.defaults);
    const calls = Object.entries(asl.States)
      .filter(([state]) => state.includes('(node-1)'))
      .map(([, s]) => JSON.stringify(s));
    expect(calls.some((s) => s.includes(FUNCTIONS.await))).toBe(kind.needs.includes('await'));
    const performs =
      kind.needs.some((n) => n === 'send' || n === 'tag' || n === 'stage') ||
      (!kind.entry && kind.outlets(kind.defaults).length === 0);
    expect(calls.some((s) => s.includes(`"${FUNCTIONS.perform}"`))).toBe(performs);
  });
});
