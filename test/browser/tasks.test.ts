import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { edges, journey, node } from '../support/journey-stack.ts';
import { ConsoleDriver, SMALL } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/* A colleague who speaks to customers: she finds what she has to do, does it, and the journey goes on. */
describe('a colleague', { timeout: 300_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
    const document = journey('care', {
      name: '一对一关怀',
      nodes: [
        node('in', 'enter-event', { event: 'VIP Silent' }),
        node('call', 'staff-task', {
          way: 'call',
          title: '给{{ user.name }}打电话',
          body: '问问近况',
          assign: 'owner',
          due: 'PT2H',
          limit: 'P1D',
        }),
        node('out', 'exit'),
      ],
      edges: edges('in -> call', 'call:done -> out'),
    });
    await stack.call('POST', '/api/journeys', { document });
    await stack.call('POST', '/api/journeys/care/publish', { revision: 1 });
    for (const [userId, name] of [
      ['u-1', '林小满'],
      ['u-2', '周予安'],
    ]) {
      await stack.send('identify', { userId, traits: { name } });
      await stack.send('track', { userId, event: 'VIP Silent' });
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('takes a task, says how it came out, and finds it on the customer’s page', async () => {
    const me = await ConsoleDriver.open(browser, stack.url);
    const { page } = me;
    await me.go('/tasks');
    await page.locator('.task-row', { hasText: '给林小满打电话' }).click();
    await page.locator('.task-script', { hasText: '问问近况' }).waitFor();
    expect(await me.seriousFindings()).toEqual([]);
    await me.button('tasks.take').click();
    await page.locator('.task-panel', { hasText: 'local@localhost' }).waitFor();
    await page.getByText('已完成', { exact: true }).click();
    await page.getByLabel(me.say('tasks.note')).fill('聊得很好');
    await me.button('tasks.finish').click();
    await page.locator('.task-row', { hasText: '给林小满打电话' }).waitFor({ state: 'detached' });
    await me.go('/customers/u-1');
    await page.locator('.timeline li', { hasText: '聊得很好' }).waitFor();
    await page.getByRole('tab', { name: me.say('tasks.her') }).click();
    await page.locator('.lines:not(.timeline) li', { hasText: '聊得很好' }).waitFor();
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('reads it in English, in the dark, on a small screen', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en', theme: 'dark', size: SMALL });
    await me.go('/tasks?lot=closed');
    await me.page.locator('.task-panel', { hasText: '聊得很好' }).waitFor();
    await me.shot('tasks-en');
    expect(await me.seriousFindings()).toEqual([]);
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
