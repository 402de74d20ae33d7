import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../clock.ts';
import { openQueueStore } from '../queues/queue-store.ts';
import { createQueues } from '../queues/queues.ts';
import { openMemory, openStore, type Store } from '../store.ts';
import { fromTarget, noResource, type TargetKind } from './define-target.ts';
import { createDeliveries, type Policy } from './deliveries.ts';

const START = Date.UTC(2026, 0, 1);
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const LETTERS = 'arn:aws:sqs:us-east-1:000000000000:letters';
const FOREVER: Policy = { attempts: 185, ageSeconds: 86_400 };

/** Deliveries over a store, to a target that the test is, with a frozen clock. */
async function open(store: Store, deliver: (input: string) => void | Promise<void>, when: 'now' | 'later' = 'later') {
  const clock = createClock({ memory: openMemory(store), used: () => false });
  const queues = createQueues(openQueueStore(store), clock);
  const letters: Record<string, unknown>[] = [];
  const hand: TargetKind['hand'] =
    when === 'now'
      ? { when, deliver: ({ input }) => void deliver(input) }
      : { when, deliver: async ({ input }) => deliver(input) };
  const deliveries = createDeliveries({
    kinds: [{ service: 'lambda', called: 'a function', usedBy: ['rules'], hand }],
    queues,
    clock,
    sendTo(arn, body) {
      if (arn !== LETTERS) throw new Error('no such queue');
      letters.push(body);
    },
  });
  clock.add(queues);
  clock.start();
  if (!clock.frozen()) await clock.moveTo(START, { freeze: true });
  const send = (input: string, policy: Policy) =>
    deliveries.send(
      { arn: ARN, input, target: {}, id: input, origin: { RULE_ARN: 'rule' }, letter: `letter ${input}` },
      policy,
    );
  return { clock, queues, letters, send };
}

const text = (attributes: unknown) =>
  Object.fromEntries(
    Object.entries(attributes as Record<string, { StringValue: string }>).map(([name, one]) => [name, one.StringValue]),
  );

describe('a delivery that fails', () => {
  it('is tried again at growing distances, as often as its policy says, and ends in its dead-letter queue', async () => {
    const tries: number[] = [];
    const { clock, letters, send } = await open(openStore(':memory:'), () => {
      tries.push((clock.now() - START) / 1000);
      throw fromTarget('busy');
    });
    send('a', { ...FOREVER, attempts: 4, deadLetterArn: LETTERS });
    await clock.advance((now) => now + 3_600_000);
    expect(tries).toEqual([0, 1, 3, 7, 15]);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ MessageBody: 'letter a' });
    expect(text(letters[0]?.['MessageAttributes'])).toEqual({
      RULE_ARN: 'rule',
      TARGET_ARN: ARN,
      ERROR_CODE: 'ERROR_FROM_TARGET',
      ERROR_MESSAGE: 'busy',
      RETRY_ATTEMPTS: '4',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
    clock.stop();
  });

  it('is given up when the event is too old, to the second', async () => {
    const tries: number[] = [];
    const { clock, letters, send } = await open(
      openStore(':memory:'),
      () => {
        tries.push((clock.now() - START) / 1000);
        throw fromTarget('busy');
      },
      'now',
    );
    send('a', { attempts: 185, ageSeconds: 60, deadLetterArn: LETTERS });
    await clock.advance((now) => now + 3_600_000);
    expect(tries.at(-1)).toBe(60);
    expect(text(letters[0]?.['MessageAttributes'])).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
      RETRY_ATTEMPTS: String(tries.length - 1),
    });
    clock.stop();
  });

  it('is not tried again when there is no such target, and lies among the dead letters without a queue for them', async () => {
    let tries = 0;
    const { clock, queues, letters, send } = await open(
      openStore(':memory:'),
      () => {
        tries++;
        throw noResource('gone');
      },
      'now',
    );
    send('a', { ...FOREVER, deadLetterArn: LETTERS });
    send('b', FOREVER);
    send('c', { ...FOREVER, deadLetterArn: `${LETTERS}-missing` });
    await clock.advance((now) => now + 86_400_000);
    expect(tries).toBe(3);
    expect(text(letters[0]?.['MessageAttributes'])).toEqual({
      RULE_ARN: 'rule',
      TARGET_ARN: ARN,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: 'gone',
      RETRY_ATTEMPTS: '0',
    });
    expect(queues.store.deadLetters('deliveries').map(({ error }) => error)).toEqual([
      `NO_RESOURCE: gone (${ARN})`,
      `NO_RESOURCE: gone (${ARN})`,
    ]);
    clock.stop();
  });
});

it('nothing is lost, whatever fails and whenever the process dies', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-deliveries-'));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
      async (failures, deaths) => {
        const file = join(folder, `${run++}.db`);
        const left = failures.map((times) => times);
        const delivered = new Set<string>();
        const letters: string[] = [];
        for (const [n, diesAfter] of [...deaths, Number.POSITIVE_INFINITY].entries()) {
          const store = openStore(file);
          let tries = 0;
          let dead = () => {};
          const died = new Promise<void>((resolve) => {
            dead = resolve;
          });
          const life = await open(store, (input) => {
            if (++tries > diesAfter) {
              dead();
              // A process that is killed answers nothing more.
              return new Promise(() => {});
            }
            const index = Number(input);
            const times = left[index] ?? 0;
            left[index] = times - 1;
            if (times > 0) throw fromTarget('not yet');
            delivered.add(input);
            return undefined;
          });
          const policy = { ...FOREVER, attempts: 2, deadLetterArn: LETTERS };
          if (n === 0) for (const index of failures.keys()) life.send(String(index), policy);
          await Promise.race([life.clock.advance((now) => now + 3_600_000).catch(() => {}), died]);
          letters.push(...life.letters.map(({ MessageBody }) => String(MessageBody)));
          life.clock.stop();
          // What was done at the same moment gets written; nothing begins any more.
          for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
          store.close();
        }
        for (const index of failures.keys())
          expect(delivered.has(String(index)) || letters.includes(`letter ${index}`)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
  rmSync(folder, { recursive: true, force: true });
});
