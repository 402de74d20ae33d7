import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../infra/local/stack.ts';
import type { Journey, JourneyNode } from '../../shared/journey/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at by stories
type Json = any;

/** A whole local stack as stories speak of it: its clock stands still, and moves only when told. */
export interface JourneyStack {
  readonly url: string;
  /** Of the emulated AWS. */
  readonly endpoint: string;
  readonly api: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Json }>;
  /** GET that must succeed. */
  readonly get: (path: string) => Promise<Json>;
  readonly rules: (tags: readonly object[]) => Promise<void>;
  readonly publish: (journey: Journey) => Promise<{ version: number; versionArn: string }>;
  /** An event through the HTTP intake; its time is the clock's unless given. Settled when it resolves. */
  readonly track: (customer: string, event: string, more?: Record<string, unknown>) => Promise<void>;
  readonly identify: (customer: string, traits: Record<string, unknown>) => Promise<void>;
  /** Moves the clock by a duration and waits until all that was due has settled. */
  readonly advance: (duration: string) => Promise<void>;
  readonly now: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function startJourneyStack(): Promise<JourneyStack> {
  const data = mkdtempSync(join(tmpdir(), 'pergola-stack-'));
  const stack = await startStack({ data, port: 0, consolePort: 0, quiet: true, console: false, pack: false });
  await stack.ready;
  const url = stack.urls.console;
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as Json) };
  };
  const must = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const advance = async (duration: string) => void (await must('POST', '/_local/clock', { advance: duration }));
  await must('POST', '/_local/clock', { freeze: true });
  let messages = 0;
  const say = async (type: string, message: object) => {
    const timestamp = (await must('GET', '/_local/clock')).now;
    const whole = { messageId: `story-${++messages}`, timestamp, ...message };
    await must('POST', `/v1/${type}`, whole, { authorization: `Basic ${btoa('local:')}` });
    await advance('PT1S');
  };
  return {
    url,
    endpoint: stack.urls.endpoint,
    api: call,
    get: (path) => must('GET', path),
    rules: async (tags) => {
      const { version } = await must('GET', '/api/ruleset');
      const ruleset = { version: version + 1, zone: 'Asia/Shanghai', groups: [], tags };
      await must('PUT', '/api/ruleset', { baseVersion: version, ruleset });
    },
    publish: async (journey) => {
      const { revision } = await must('POST', '/api/journeys', { document: journey });
      return must('POST', `/api/journeys/${journey.id}/publish`, { revision });
    },
    track: (userId, event, more = {}) => say('track', { userId, event, ...more }),
    identify: (userId, traits) => say('identify', { userId, traits }),
    advance,
    now: async () => (await must('GET', '/_local/clock')).now,
    close: async () => {
      await stack.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A node for a story: config and kind are what matters. */
export const node = (id: string, kind: string, config: unknown = {}): JourneyNode => ({
  id,
  kind,
  kindVersion: 1,
  config,
  stage: 'touch',
  position: { x: 0, y: 0 },
});

/** Edges from lines such as `in -> hello` or `wait:timed-out -> bye`; the outlet is `next` where none is said. */
export const edges = (...lines: readonly string[]): Journey['edges'] =>
  lines.map((line) => {
    const [from = '', to = ''] = line.split(' -> ');
    const [id = '', outlet = 'next'] = from.split(':');
    return { id: `${id}-${outlet}`, from: { node: id, outlet }, to };
  });

/** A journey document with sensible rest. */
export const journey = (id: string, more: Partial<Journey> & Pick<Journey, 'nodes' | 'edges'>): Journey => ({
  schema: 1,
  id,
  name: id,
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  ...more,
});
