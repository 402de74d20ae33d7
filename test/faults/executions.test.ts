import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStepFunctions, type StepFunctions } from '../../infra/local/step-functions/index.ts';
import { type Asked, expectedCalls, expectedStatus, nameOf } from './executions.ts';

const HOST = join(import.meta.dirname, 'executions-host.ts');
const EXECUTIONS = 10_000;
const KILLS = 50;

interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'executions.sqlite');
const calls = () => join(folder, 'calls');

interface Moment {
  /** From when on the time is counted: a busy machine may take seconds until the process is up. */
  readonly after: 'birth' | 'up';
  readonly ms: number;
}

/** One life of the process; killed with -9 at the moment, where given. True when it came to its end. */
function life(from: number, to: number, moment?: Moment): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [HOST, file(), calls(), String(from), String(to)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complained = '';
    let timer: NodeJS.Timeout | undefined;
    const reached = (after: Moment['after']): void => {
      if (moment?.after === after) timer ??= setTimeout(() => child.kill('SIGKILL'), moment.ms);
    };
    reached('birth');
    child.stdout.on('data', (chunk) => {
      said += chunk;
      reached('up');
    });
    child.stderr.on('data', (chunk) => (complained += chunk));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`The process ended with ${code}: ${complained}`));
      else resolve(said.includes('done'));
    });
  });
}

/** The same on every run, spread over all of a life: before it is ready, while it starts executions, and after. */
const momentOf = (kill: number): Moment =>
  kill % 4 === 0 ? { after: 'birth', ms: 50 + ((kill * 37) % 300) } : { after: 'up', ms: (kill * 137) % 450 };

async function all<T>(service: StepFunctions, operation: string, body: object, list: string): Promise<T[]> {
  const items: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = (await service.handle(operation, { ...body, maxResults: 1000, nextToken })) as Record<string, unknown>;
    items.push(...(page[list] as T[]));
    nextToken = page['nextToken'] as string | undefined;
  } while (nextToken !== undefined);
  return items;
}

describe('a process that is killed with -9 fifty times while it runs ten thousand executions', {
  timeout: 400_000,
}, () => {
  it('ends every one as it should, makes every call at least once under the same key, and leaves no gap in a history', async () => {
    const share = EXECUTIONS / KILLS;
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      if (!(await life(kill * share, (kill + 1) * share, momentOf(kill)))) killed++;
    }
    expect(killed).toBe(KILLS);
    expect(await life(0, EXECUTIONS)).toBe(true);

    const service = createStepFunctions({
      file: file(),
      clock: { now: Date.now, changed: () => {} },
      account: '000000000000',
      region: 'us-east-1',
      lambda: { invoke: () => Promise.reject(new Error('Nothing is left to be done')) },
    });
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
    const executions = await all<{ name: string; status: string; executionArn: string }>(
      service,
      'ListExecutions',
      { stateMachineArn },
      'executions',
    );
    const statuses = new Map(executions.map(({ name, status }) => [name, status]));
    const numbers = Array.from({ length: EXECUTIONS }, (_, n) => n);
    expect(numbers.filter((n) => statuses.get(nameOf(n)) !== expectedStatus(n))).toEqual([]);

    const gaps: string[] = [];
    for (const { name, executionArn } of executions) {
      const events = await all<HistoryEvent>(service, 'GetExecutionHistory', { executionArn }, 'events');
      const whole = events.every(
        ({ id, previousEventId }, i) => id === i + 1 && previousEventId >= 0 && previousEventId < id,
      );
      const ends = events.filter(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type));
      const entered = events.filter(({ type }) => type === 'TaskStateEntered').length;
      const tasks = Object.keys(expectedCalls(Number(name.slice(4)))).length;
      if (!whole || ends.length !== 1 || ends[0] !== events.at(-1) || entered !== tasks) gaps.push(name);
    }
    service.close();
    expect(gaps).toEqual([]);

    const asked = readFileSync(calls(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Asked);
    const keys = new Map<string, Set<string>>();
    for (const { execution, state, visit, retry } of asked) {
      const place = `${execution} ${state} ${retry}`;
      keys.set(place, (keys.get(place) ?? new Set()).add(visit));
    }
    expect([...keys].filter(([, visits]) => visits.size > 1).map(([place]) => place)).toEqual([]);
    const wanted = numbers.flatMap((n) =>
      Object.entries(expectedCalls(n)).flatMap(([state, times]) =>
        Array.from({ length: times }, (_, retry) => `${nameOf(n)} ${state} ${retry}`),
      ),
    );
    expect([...keys.keys()].toSorted()).toEqual(wanted.toSorted());
    // Some calls were under way when the process died, and were made again: otherwise this story has shown nothing.
    expect(asked.length).toBeGreaterThan(wanted.length);
  });
});
