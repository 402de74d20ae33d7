import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gbk } from '../support/gbk.ts';
import { type ImportStack, startImportStack } from '../support/import-stack.ts';

/* Files through the command line, as a process of its own, into the whole local stack. */
const ROOT = join(import.meta.dirname, '..', '..');
let stack: ImportStack['stack'];
let port = '';
let folder = '';
let file: ImportStack['file'];
let end: ImportStack['end'];
beforeAll(async () => {
  ({ stack, port, folder, file, end } = await startImportStack());
});
afterAll(() => end());

const ARGS = ['--no-warnings', join(ROOT, 'bin/pergola.mjs'), 'import'];
async function run(...args: string[]) {
  const all = [...ARGS, ...args, '--port', port];
  return promisify(execFile)(process.execPath, all, { cwd: ROOT }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number, stdout: stdout as string, stderr: stderr as string }),
  );
}
const report = async (...args: string[]) => {
  const { code, stdout, stderr } = await run(...args, '--report');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};
const settle = () => stack.advance('PT2S');
const customer = (id: string) => stack.get(`/api/customers/${encodeURIComponent(id)}`);
const tagsOf = async (id: string) => (await customer(id)).tags.map(({ key }: { key: string }) => key).sort();
const passages = async () => (await stack.get('/api/executions?journey=on-bought')).items.length;

describe('customers', () => {
  const LIST =
    '微信号,备注,标签,添加时间,来源\nwx_li,李薇-面霜,"贵宾、高意向",2026/1/5 13:04,直播添加\nwx_wang,王姐,,2026/1/6,门店\n';

  it('are shown what would come of a file before anything does', async () => {
    const told = await report('customers', file('friends.csv', gbk(LIST)), '--dry-run');
    expect(told).toMatchObject({
      format: 'CSV, GBK, comma',
      columns: { wechat: '微信号', remark: '备注', tags: '标签', joined: '添加时间', channel: '来源' },
      rows: 2,
      wrongRows: 1,
      wrong: { 'row-tag-unknown': 1 },
      messages: { 'Contact Added': 1, identify: 1 },
    });
    await settle();
    expect((await stack.get('/api/customers?limit=100')).items).toEqual([]);
  });

  it('of a personal WeChat come with remark and tags; tags that nobody has defined are made where asked', async () => {
    const told = await report('customers', file('friends.csv', gbk(LIST)), '--create-tags');
    expect(told).toMatchObject({
      wrongRows: 0,
      tags: { vip: 1, 高意向: 1 },
      messages: { 'Contact Added': 2, identify: 2 },
    });
    await settle();
    expect(await tagsOf('wechat:wx_li')).toEqual(['by-live', 'vip', '高意向']);
    expect((await customer('wechat:wx_wang')).traits).toMatchObject({
      remark: '王姐',
      name: '王姐',
      createdAt: '2026-01-05T16:00:00.000Z',
    });
  });

  it('imported again change nothing', async () => {
    const before = (await stack.get('/api/customers/wechat:wx_li/timeline?limit=100')).items;
    await report('customers', join(folder, 'friends.csv'), '--create-tags');
    await settle();
    expect((await stack.get('/api/customers/wechat:wx_li/timeline?limit=100')).items).toEqual(before);
  });
});

describe('orders', () => {
  it('of a workbook give the tags they give and start no journey; asked to, they do', async () => {
    const rows = [
      ['订单号', '手机号', '下单时间', '实付金额', '商品名称', '订单状态'],
      ['A1', '13800000001', new Date('2026-01-05T13:04:07Z'), 1299.5, '面霜', '已完成'],
      ['A2', '13800000001', new Date('2026-02-05T13:04:07Z'), 99, '精华', '已完成'],
      ['A3', '13800000002', new Date('2026-02-05T13:04:07Z'), 9, '小样', '待付款'],
    ];
    const told = await report(
      'orders',
      file('orders.xlsx', await writeXlsx({ sheets: [{ name: '订单', rows: rows as never }] })),
    );
    expect(told).toMatchObject({
      rows: 3,
      messages: { 'Order Completed': 2, 'Checkout Started': 1 },
      total: 1398.5,
      from: '2026-01-05T05:04:07.000Z',
    });
    await settle();
    expect(await tagsOf('phone:13800000001')).toEqual(['bought', 'repeat']);
    expect(await tagsOf('phone:13800000002')).toEqual([]);
    expect(await passages()).toBe(0);

    const news = file('news.csv', '订单号,手机号,下单时间,实付金额\nB1,13800000003,2026-02-05,9\n');
    await report('orders', news, '--start-journeys');
    await settle();
    expect(await passages()).toBe(1);
  });

  it('that are wrong are put into a file with line, reason and next step; mended, it is imported by itself', async () => {
    const path = file(
      'wrong.csv',
      '订单号,会员ID,下单时间,金额,商品\nC1,u_1,2026-01-05,9,"=cmd|calc"\nC2,u_1,3/4/2026,9,面霜\nC3,u_1,2026-01-05,三,面霜\nC3,u_1,2026-01-05,9,精华\n',
    );
    const { code, stdout } = await run('orders', path);
    expect(code).toBe(0);
    expect(stdout).toContain('3 rows: row-time 1, row-number 1');
    const errors = `${path}.errors.csv`;
    const lines = readFileSync(errors, 'utf8').split('\r\n');
    expect(lines[0]).toBe(
      '\ufeff行 line,列 column,代码 code,问题,下一步,problem,next step,订单号,会员ID,下单时间,金额,商品',
    );
    expect(lines[1]).toMatch(/^3,下单时间,row-time,看不懂时间「3\/4\/2026」。,.*,C2,u_1,3\/4\/2026,9,面霜$/);
    expect(lines[2]).toMatch(/^4,金额,row-number,/);
    expect(lines[3]).toMatch(/^5,,order-of-wrong-line,/);
    const mended = file(
      'mended.csv',
      readFileSync(errors, 'utf8').replace('3/4/2026,9', '2026-03-04,9').replace(',三,', ',30,'),
    );
    expect(await report('orders', mended)).toMatchObject({
      wrongRows: 0,
      messages: { 'Order Completed': 2 },
      total: 48,
    });
    await settle();
    const { items } = await stack.get('/api/customers/u_1/timeline?limit=100');
    const totals = items
      .filter(({ type }: { type: string }) => type === 'event')
      .map(({ properties }: { properties: Record<string, unknown> }) => properties);
    expect(totals.map(({ order_id, total }: Record<string, unknown>) => `${order_id} ${total}`).sort()).toEqual([
      'C1 9',
      'C2 9',
      'C3 39',
    ]);
    expect(JSON.stringify(totals)).not.toContain('next step');
  });

  it('killed at any moment go on where they were, and none is lost or doubled', { timeout: 300_000 }, async () => {
    // Four orders of each of six hundred customers, the last of whom has no name.
    const COUNT = 2400;
    const rows = Array.from(
      { length: COUNT },
      (_, i) => `K${i},${i % 600 === 599 ? '' : `k_${i % 600}`},2026-01-05 ${10 + Math.floor(i / 600)}:00,${i}`,
    );
    const path = file('many.csv', `订单号,会员ID,下单时间,金额\n${rows.join('\n')}\n`);
    const checkpoint = `${path}.pergola-import.json`;
    for (let kills = 0; kills < 3; kills++) {
      const child = spawn(process.execPath, [...ARGS, 'orders', path, '--port', port], { cwd: ROOT, stdio: 'ignore' });
      const at = (): number => (existsSync(checkpoint) ? JSON.parse(readFileSync(checkpoint, 'utf8')).doneLine : 0);
      const before = at();
      while (at() <= before && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      expect(existsSync(checkpoint)).toBe(true);
    }
    const { stderr } = await run('orders', path, '--zone', 'Europe/Berlin');
    expect(stderr).toContain('--restart');
    const told = await report('orders', path);
    expect(told).toMatchObject({ rows: COUNT, wrongRows: 4, messages: { 'Order Completed': COUNT - 4 } });
    expect(existsSync(checkpoint)).toBe(false);
    expect(
      readFileSync(`${path}.errors.csv`, 'utf8')
        .split('\r\n')
        .filter((line) => line.includes('row-no-customer')),
    ).toHaveLength(4);
    await settle();
    const { items } = await stack.get('/api/tags');
    const held = (key: string) => items.find((tag: { key: string }) => tag.key === key).count;
    expect([held('four'), held('five')]).toEqual([599, 0]);
  });
});

describe('what cannot be imported', () => {
  it.each([
    [['orders', 'none.csv'], /There is no file none\.csv/],
    [['people', 'x.csv'], /customers\|orders\|interactions/],
    [['orders', 'HEADLESS'], /「订单号」[\s\S]*--map order=COLUMN/],
    [['orders', 'HEADLESS', '--map', 'nothing'], /FIELD=COLUMN/],
    [['orders', 'HEADLESS', '--map', 'totl=甲'], /There is no field “totl”/],
  ])('%j is refused in one message', async (args, message) => {
    const headless = file('headless.csv', '甲,乙\n1,2\n');
    const { code, stderr } = await run(...args.map((arg) => (arg === 'HEADLESS' ? headless : arg)));
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('a tag that is given up between file and bus is refused by the system, and shown', async () => {
    const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const bus = new EventBridgeClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const message = {
      type: 'identify',
      messageId: 'i-1',
      userId: 'u_late',
      timestamp: '2026-01-01T00:00:00Z',
      traits: {},
    };
    const Detail = JSON.stringify({ message, tags: ['bought'] });
    await bus.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: 'pergola', Source: 'pergola.import', DetailType: 'identify', Detail }],
      }),
    );
    await settle();
    const { items } = await stack.get('/api/rejected-events?limit=10');
    expect(items[0]).toMatchObject({
      source: 'pergola.import',
      diagnostics: [{ code: 'tag-by-rule', field: 'tags.add.0' }],
    });
    expect((await stack.api('GET', '/api/customers/u_late')).status).toBe(404);
  });
});
