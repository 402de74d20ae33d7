import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportJob } from '../../shared/imports/index.ts';
import { openBrowser } from '../support/browser.ts';
import { gbk } from '../support/gbk.ts';
import { ConsoleDriver, SMALL } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/* A marketer brings what the shop has: files as they come out of WeChat and of the shop's back end. */
describe('a marketer with files', { timeout: 300_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'pergola-imports-'));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
    await stack.call('POST', '/api/packs/private-domain/install', {});
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tile = (me: ConsoleDriver, name: string): Locator =>
    me.page
      .locator('.tiles li', { has: me.page.getByText(me.say(`imports.tile.${name}`), { exact: true }) })
      .locator('b');
  const choose = (me: ConsoleDriver, path: string) => me.page.locator('.drop-file input').setInputFiles(path);
  const done = (me: ConsoleDriver) => me.page.getByText(me.say('imports.runState.done')).waitFor({ timeout: 200_000 });
  const tagsOf = async (id: string): Promise<string[]> =>
    (await stack.call<{ tags: { key: string }[] }>('GET', `/api/customers/${encodeURIComponent(id)}`)).tags.map(
      ({ key }) => key,
    );

  it('imports a list of a personal WeChat with remark and tags, and makes the tags that are missing', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'zh' });
    const rows = [
      ['微信号', '备注', '标签', '添加时间', '来源', '身份证'],
      ['wx_li', '李薇-面霜', '高意向、老板娘', '2026/1/5 13:04', '直播添加', 'x'],
      ['wx_wang', '王姐', '高意向', '2026/1/6', '门店', 'y'],
      ['', '没有微信号', '', '2026/1/6', '门店', 'z'],
    ];
    await me.go('/imports');
    await me.shot('imports-empty-zh');
    expect(await me.seriousFindings()).toEqual([]);
    await choose(me, file('微信好友.xlsx', await writeXlsx({ sheets: [{ name: '好友', rows: rows as never }] })));
    await me.page.getByText('XLSX，工作表「好友」').waitFor();
    // What nobody needs is left out.
    await me.choose(me.page.getByLabel(me.say('imports.columnIs', { name: '身份证' })), me.say('imports.leave'));
    await me.button('imports.try').click();
    await me.page.getByText('没有可以手动打的标签', { exact: false }).first().waitFor();
    expect(await tile(me, 'wrong').textContent()).toBe('3');
    await me.shot('imports-tags-zh');
    await me.page.getByRole('button', { name: me.say('imports.makeTags', { n: 2 }) }).click();
    await me.page.locator('.tiles li.bad b', { hasText: /^1$/ }).waitFor();
    expect(await tile(me, 'fresh').textContent()).toBe('2');
    await me.shot('imports-plan-zh');
    expect(await me.seriousFindings()).toEqual([]);
    await me.page.getByRole('button', { name: me.say('imports.begin', { n: 2 }) }).click();
    await done(me);
    await me.shot('imports-done-zh');
    expect(await me.seriousFindings()).toEqual([]);
    await expect.poll(() => tagsOf('wechat:wx_li').catch(() => []), { timeout: 30_000 }).toContain('高意向');
    const { traits } = await stack.call<{ traits: Record<string, string> }>('GET', '/api/customers/wechat:wx_li');
    expect(traits).toMatchObject({ remark: '李薇-面霜' });
    expect(traits).not.toHaveProperty('身份证');

    const download = me.page.waitForEvent('download');
    await me.page.getByRole('button', { name: me.say('imports.errorFile', { n: 1 }) }).click();
    const errors = readFileSync(await (await download).path(), 'utf8');
    expect(errors).toMatch(/^\ufeff行 line,.*微信号/);
    expect(errors).toContain('4,,row-no-customer,');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('tries a file of orders out, corrects a column, sees the wrong rows, and the same file again changes nothing', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en', size: SMALL, theme: 'dark' });
    await stack.send('track', {
      userId: 'u_1',
      event: 'Order Completed',
      messageId: 'live-1',
      timestamp: '2026-01-05T05:04:07.120Z',
      properties: { order_id: 'A1', total: 128 },
    });
    const path = file(
      '订单.csv',
      gbk(
        '订单号,会员ID,下单时间,到账,商品\nA1,u_1,2026-01-05 13:04,128,面霜\nA2,u_1,2026-02-05,99,精华\nA3,u_2,3/4/2026,9,面霜\nA2,u_1,2026-02-05,99,精华\n',
      ),
    );
    await me.go('/imports');
    await choose(me, path);
    await me.page.getByText('CSV, GBK, comma').waitFor();
    await me.choose(me.page.getByLabel(me.say('imports.columnIs', { name: '到账' })), 'Total');
    await me.page.locator('#import-journeys').click();
    await me.page.getByText(me.say('imports.journeysWarning')).waitFor();
    await me.shot('imports-warning-en');
    await me.page.locator('#import-journeys').click();
    await me.button('imports.try').click();
    await me.page.getByText('“3/4/2026” is no time that can be read.').waitFor();
    expect(await tile(me, 'fresh').textContent()).toBe('1');
    expect(await tile(me, 'same').textContent()).toBe('1');
    expect(await tile(me, 'repeated').textContent()).toBe('1');
    expect(await tile(me, 'wrong').textContent()).toBe('1');
    await me.shot('imports-plan-en');
    expect(await me.seriousFindings()).toEqual([]);
    await me.page.getByRole('button', { name: me.say('imports.begin', { n: 2 }) }).click();
    await done(me);
    await me.button('imports.toList').click();
    await me.page.getByText('订单.csv').waitFor();
    await me.shot('imports-list-en');
    expect(await me.seriousFindings()).toEqual([]);
    await expect
      .poll(
        async () => {
          await choose(me, path);
          await me.choose(me.page.getByLabel(me.say('imports.columnIs', { name: '到账' })), 'Total');
          await me.button('imports.try').click();
          await tile(me, 'same').waitFor();
          const same = await tile(me, 'same').textContent();
          await me.button('imports.otherFile').click();
          return same;
        },
        { timeout: 60_000 },
      )
      .toBe('2');
    const { items } = await stack.call<{ items: { type: string }[] }>('GET', '/api/customers/u_1/timeline?limit=100');
    expect(items.filter(({ type }) => type === 'event')).toHaveLength(2);
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('pauses a long import, goes away, and goes on with the same file: none is lost or doubled', async () => {
    const COUNT = 9000;
    const rows = Array.from({ length: COUNT }, (_, i) => `k_${i},客户${i},杭州`);
    const path = file('会员.csv', `会员ID,姓名,城市\n${rows.join('\n')}\n`);
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'zh' });
    // The first rows go through, the others lie on a slow line until she has thought better of it.
    const thoughtBetter = Promise.withResolvers<void>();
    let requests = 0;
    await me.page.route('**/api/imports/*/rows', async (route) => {
      requests += 1;
      if (requests > 1) await thoughtBetter.promise;
      await route.continue();
    });
    await me.go('/imports');
    await choose(me, path);
    await me.button('imports.try').click();
    await tile(me, 'fresh').waitFor();
    expect(await tile(me, 'fresh').textContent()).toBe(COUNT.toLocaleString('en-US'));
    await me.page.getByRole('button', { name: me.say('imports.begin', { n: COUNT.toLocaleString('en-US') }) }).click();
    await me.page.locator('.import-sum .pill.good').waitFor();
    await me.button('imports.pause').click();
    thoughtBetter.resolve();
    await me.page.getByRole('heading', { name: me.say('imports.runState.paused') }).waitFor();
    await me.shot('imports-paused-zh');
    const paused = (await stack.call<{ items: ImportJob[] }>('GET', '/api/imports')).items[0]!;
    expect(paused.status).toBe('paused');
    expect(paused.tally.rows).toBeLessThan(COUNT);
    const percent = Math.floor((100 * paused.tally.rows) / COUNT);
    await me.page.locator('.import-run').getByText(`${percent}%`, { exact: true }).waitFor();

    await me.page.unrouteAll();
    await me.go('/imports');
    const asked = me.page.waitForEvent('filechooser');
    await me.button('imports.continue').first().click();
    await (await asked).setFiles(file('别的.csv', '会员ID,姓名\nx,y\n'));
    await me.page.getByText(me.say('imports.another', { name: '会员.csv' })).waitFor();
    await me.go('/imports');
    const again = me.page.waitForEvent('filechooser');
    await me.button('imports.continue').first().click();
    await (await again).setFiles(path);
    await me.button('imports.goOn').click();
    await done(me);
    await me.shot('imports-resumed-zh');
    const finished = (await stack.call<{ items: ImportJob[] }>('GET', '/api/imports')).items[0]!;
    expect(finished).toMatchObject({
      status: 'done',
      tally: { rows: COUNT, repeated: 0, wrongRows: 0, messages: { identify: COUNT } },
    });
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
