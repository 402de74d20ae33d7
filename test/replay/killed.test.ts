import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedFile } from '../support/shared-data.ts';
import { type CommandResult, type StackProcess, stackProcess } from '../support/stack-process.ts';

const FILE = sharedFile('data', 'online-retail', '2010-12_2011-03.csv.gz');
/** A week of orders, and time until the second message of the silent. */
const LAST_DAY = '2010-12-08';
const UNTIL = '2010-12-22T00:00:00Z';
const KILLS = 10;

describe.skipIf(FILE === undefined)(
  'a stack is killed ten times on the way of a replay',
  { timeout: 1_200_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'pergola-killed-'));
    const file = join(folder, 'orders.csv');
    const stacks: StackProcess[] = [];
    afterAll(async () => {
      await Promise.all(stacks.map((stack) => stack.kill()));
      rmSync(folder, { recursive: true, force: true });
    });

    const begin = async (name: string): Promise<StackProcess> => {
      const stack = await stackProcess(join(folder, name));
      stacks.push(stack);
      await stack.start();
      return stack;
    };
    const replay = (stack: StackProcess): Promise<CommandResult> =>
      stack.pergola(
        'replay',
        'orders',
        file,
        '--rules',
        'test/data/online-retail.tags.json',
        '--until',
        UNTIL,
        '--report',
      );

    it('and started again: the replay goes on and comes to the same result as one that was left alone', async () => {
      writeFileSync(file, await firstDays(FILE!));
      const quiet = await begin('quiet');
      const undisturbed = await replay(quiet);
      expect(undisturbed.code, undisturbed.stderr).toBe(0);
      await quiet.stop();

      const killed = await begin('killed');
      const exits: number[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const cut = replay(killed);
        await sleep(1000 + Math.random() * 2000);
        await killed.kill();
        exits.push((await cut).code);
        await killed.start();
      }
      expect(exits, 'the stack must be killed while the replay still runs').toContain(1);
      const completed = await replay(killed);
      expect(completed.code, completed.stderr).toBe(0);
      expect(JSON.parse(completed.stdout)).toEqual(JSON.parse(undisturbed.stdout));
    });
  },
);

async function firstDays(path: string): Promise<string> {
  const kept: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    const day = /,(\d{4}-\d\d-\d\d) \d\d:\d\d/.exec(line)?.[1];
    if (day === undefined || day < LAST_DAY) kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}
