import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CommandResult, type StackProcess, stackProcess } from '../../test/support/stack-process.ts';
import { stackClient } from './stack-client.ts';

const HEAD = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

describe('pergola replay and the clock it holds', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-replay-clock-'));
  let stack: StackProcess;
  beforeAll(async () => {
    stack = await stackProcess(join(folder, 'data'));
    await stack.start();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A file of orders, one a minute from 1 December 2010 on, of so many customers. */
  const orders = (name: string, count: number): string => {
    const file = join(folder, name);
    const lines = Array.from({ length: count }, (_, n) => {
      const at = new Date(Date.UTC(2010, 11, 1, 8, n)).toISOString().slice(0, 16).replace('T', ' ');
      return `${536_000 + n},A1,Lamp,2,${at},4.5,${17_000 + (n % 50)},UK`;
    });
    writeFileSync(file, [HEAD, ...lines].join('\n'));
    return file;
  };
  const clock = () => stackClient(stack.consolePort).get<{ now: string; frozen: boolean }>('/_local/clock');
  const replay = (file: string): Promise<CommandResult> => stack.pergola('replay', 'orders', file, '--report');

  it('lets time run again when it is done, and says nothing of a clock that was not past the file', async () => {
    const { code, stderr, stdout } = await replay(orders('few.csv', 3));
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('The clock is at')]);
    expect(JSON.parse(stdout)).toMatchObject({ events: { put: 3 }, journeys: { dormancy: { messages: 0, sent: {} } } });
    expect(await clock()).toMatchObject({ now: expect.stringMatching(/^2010-12-01T08:0/), frozen: false });
  });

  it('says in one line that the clock is past the first event, and goes on', async () => {
    const { code, stderr } = await replay(orders('few.csv', 3));
    expect(code).toBe(0);
    const [said, ...more] = stderr.split('\n').filter((line) => line.startsWith('The clock is at'));
    expect(said).toMatch(/past the file's first event \(2010-12-01T08:00.*\): fine when .* otherwise .* --fresh\.$/);
    expect(more).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('lets time run again when %s cuts it off', async (signal) => {
    const child = stack.begin('replay', 'orders', orders('many.csv', 4000));
    await vi.waitFor(async () => expect((await clock()).frozen).toBe(true), { timeout: 20_000, interval: 20 });
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([signal === 'SIGINT' ? 130 : 143, null]);
    expect((await clock()).frozen).toBe(false);
  });
});
