import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { edges, journey, node } from '../../test/support/journey-stack.ts';
import { type CommandResult, type StackProcess, stackProcess } from '../../test/support/stack-process.ts';
import { installRules } from './replay/install-rules.ts';
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

  it('lets the audience of a journey with a schedule in between the orders, at its own moments, as it is then', async () => {
    const api = stackClient(stack.consolePort);
    // Big for a week after an order of 500: gained by an event, lost by time alone.
    const big = { event: 'Order Completed', of: 'properties.total', within: 'P7D', op: 'gte', value: 500 };
    const tags = [{ key: 'big', name: { zh: '大单', en: 'Big order' }, category: 'value', when: { sum: big } }];
    await installRules(api, { version: 1, zone: 'Asia/Shanghai', groups: [], tags });
    const document = journey('mondays', {
      entry: { reentry: { type: 'always' } },
      nodes: [node('in', 'enter-schedule', { on: 'cron(0 10 ? * MON *)', tag: 'big' }), node('out', 'exit')],
      edges: edges('in -> out'),
    });
    const file = join(folder, 'mondays.csv');
    const order = (customer: number, at: string) => `${customer}0,A1,Lamp,100,${at},9,${customer},UK`;
    const lines = [
      order(19_001, '2010-12-05 09:00'),
      // Mondays at ten in Shanghai are 02:00: one a minute before, one a minute after.
      order(19_002, '2010-12-06 01:59'),
      order(19_003, '2010-12-06 02:01'),
      order(19_004, '2010-12-20 01:00'),
    ];
    writeFileSync(file, [HEAD, ...lines].join('\n'));
    const { revision } = await api.post<{ revision: number }>('/api/journeys', { document });
    await api.post('/api/journeys/mondays/publish', { revision });

    const replayed = () => stack.pergola('replay', 'orders', file, '--until', '2010-12-21T00:00:00Z');
    const entries = async () => {
      const { items } = await api.get<{ items: Record<string, string>[] }>('/api/executions?journey=mondays&limit=100');
      return items.map(({ customer, enteredAt }) => `${enteredAt} ${customer}`).sort();
    };
    const { code, stderr } = await replayed();
    expect(code, stderr).toBe(0);
    const mondays = [
      '2010-12-06T02:00:00.000Z 19001',
      '2010-12-06T02:00:00.000Z 19002',
      '2010-12-13T02:00:00.000Z 19003',
      '2010-12-20T02:00:00.000Z 19004',
    ];
    expect(await entries()).toEqual(mondays);
    expect((await replayed()).code).toBe(0);
    expect(await entries()).toEqual(mondays);
  });
});
