import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATORS } from '../../shared/rules/index.ts';
import { openBrowser } from '../support/browser.ts';
import { edges, journey, node } from '../support/journey-stack.ts';
import { ConsoleDriver } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/*
 * The marketer's story, in a real browser against the whole local stack: she draws a journey, publishes it, a customer
 * comes in by an app's event, a day passes, the message is in the inbox and the run is drawn on her canvas.
 */
describe('a marketer', { timeout: 300_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('draws enter → wait 24 h → branch → message → exit, publishes, and reads what a customer got a day later', async ({
    onTestFailed,
  }) => {
    const me = await ConsoleDriver.open(browser, stack.url);
    const { page } = me;
    onTestFailed(() => me.tell('marketer-failed'));

    // Somebody who tells no name and wants to hear nothing, to look at the text with.
    await stack.send('track', { userId: 'u_1000', event: 'Unsubscribed', messageId: 'un-1' });
    await me.go('/journeys');
    await page.locator('.start .current', { hasText: me.say('start.tag.title') }).waitFor();
    await me.button('journeys.new').click();
    await page.locator('.canvas-hint button', { hasText: me.kind('enter-event') }).click();
    await me.name('加入私域');
    await page.locator('.canvas-head h1 button').click();
    await page.locator('#journey-name').fill('上海新品');
    await page
      .locator('.side')
      .getByRole('button', { name: me.say('close') })
      .click();

    await me.continueFrom('加入私域', 'wait');
    await me.choose(page.locator('.side .ant-space-compact .ant-select').first(), me.say('form.units.H'));
    await page.locator('.side .ant-input-number-input').first().fill('24');
    await me.name('等一天');

    await me.continueFrom('等一天', 'branch');
    await me.choose(page.locator('.side .condition .ant-select').first(), OPERATORS.trait.label.zh);
    await me.pick(OPERATORS.trait.label.zh, 'city');
    await page.getByLabel(me.say('form.value'), { exact: true }).fill('上海');
    await me.name('在上海吗');

    await me.continueFrom('在上海吗', 'message');
    await me.field('正文').locator('textarea').first().fill('{{ user.name }}，上海门店今天到了新品。');
    await page.locator('.bubble', { hasText: '林小满，上海门店今天到了新品。' }).waitFor();
    await me.name('门店新品');
    await me.choose(page.locator('.customer-preview .ant-select'), 'u_1000');
    await page.locator('.customer-preview .bubble', { hasText: '，上海门店今天到了新品。' }).waitFor();
    await page.locator('.preview-missing', { hasText: 'user.name' }).waitFor();
    await page.locator('.preview-stops').waitFor();
    await me.continueFrom('门店新品', 'exit');
    await me.continueFrom('在上海吗', 'exit');
    await me.saved();
    await me.shot('story-drawn');
    // A line is drawn a frame after its card: what stands there at one moment tells nothing.
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(5);

    await me.button('editor.publish').click();
    await page.getByRole('button', { name: me.say('publish.button', { n: 1 }) }).click();
    await page.getByText(me.say('publish.doneText')).waitFor();

    await stack.send('identify', { userId: 'u_1001', traits: { name: '林小满', city: '上海' }, messageId: 'i-1' });
    await stack.send('track', {
      userId: 'u_1001',
      event: 'Contact Added',
      messageId: 't-1',
      properties: { channel: '公众号引流' },
    });

    await me.button('publish.seeLive').click();
    await expect
      .poll(() => me.card('等一天').locator('.card-counts .here b').textContent(), { timeout: 30_000 })
      .toBe('1');

    await page.locator('.clock-button').click();
    await page.getByRole('button', { name: me.say('clock.day') }).click();
    await expect
      .poll(() => me.card('门店新品').locator('.card-counts').innerText(), { timeout: 60_000 })
      .toMatch(/1\s*离开/);

    await me.shot('story-live');
    await me.go('/inbox');
    await page.locator('.handset .bubble', { hasText: '林小满，上海门店今天到了新品。' }).waitFor();

    await me.go('/journeys');
    await page.locator('.start', { hasText: me.say('start.done', { done: 3, of: 3 }) }).waitFor();

    await me.go('/executions?customer=u_1001');
    await page.locator('tr', { hasText: '上海新品' }).getByRole('link', { name: 'u_1001' }).click();
    await me.card('门店新品').locator('.card.trace-taken').waitFor();
    expect(await page.locator('.card.trace-taken .card-title').allTextContents()).toEqual(
      expect.arrayContaining(['加入私域', '等一天', '在上海吗', '门店新品']),
    );
    expect(await page.locator('.card.trace-rest').count()).toBe(1);
    await page.locator('.run-lines', { hasText: '门店新品' }).first().waitFor();
    await me.shot('story-run');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('sees what each version changed, puts an earlier one back in force, and takes a journey in from a file', async ({
    onTestFailed,
  }) => {
    const path = '/api/journeys/tour';
    const first = journey('tour', {
      name: '新品巡礼',
      nodes: [node('in', 'enter-event', { event: 'Toured' }), node('days', 'wait', { duration: 'P1D' })],
      edges: edges('in -> days'),
    });
    await stack.call('POST', '/api/journeys', { document: first });
    await stack.call('POST', `${path}/publish`, { revision: 1 });
    const longer = { ...first, nodes: [first.nodes[0], node('days', 'wait', { duration: 'P5D' })] };
    await stack.call('PUT', `${path}/draft`, { document: longer, revision: 1 });
    await stack.call('POST', `${path}/publish`, { revision: 2, note: '多等几天' });

    const me = await ConsoleDriver.open(browser, stack.url);
    const { page } = me;
    onTestFailed(() => me.tell('versions-failed'));
    await me.go('/journeys/tour');
    await page.getByRole('tab', { name: me.say('drawer.asl') }).click();
    await page.getByText('新品巡礼 (tour) v3').first().waitFor();
    await page.getByRole('tab', { name: me.say('drawer.versions') }).click();
    const row = (name: string) => page.locator('.version-list > li', { has: page.locator('b', { hasText: name }) });
    await row('v2').getByText('多等几天').waitFor();
    await row('v2')
      .getByRole('button', { name: me.say('rules.whatChanged') })
      .click();
    const line = row('v2').locator('.change-line');
    expect(await line.innerText()).toMatch(/等待\s*1 天\s*5 天/);
    await me.shot('versions');

    const take = async (what: string) => {
      await row('v1')
        .getByRole('button', { name: me.say('drawer.takeBackFrom', { n: 1 }) })
        .click();
      await page.getByRole('menuitem', { name: me.say(what) }).click();
    };
    await take('drawer.publishAgain');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: me.say('rules.publish') })
      .click();
    await row('v3')
      .getByText(me.say('rules.backTo', { n: 1 }))
      .waitFor();
    // The draft stayed as it was, until v1 becomes the draft, too: an edit like any other.
    await me.card('等待').getByText('等待 5 天').waitFor();
    await take('drawer.asDraft');
    await me.card('等待').getByText('等待 1 天').waitFor();
    await me.saved();
    expect(await me.seriousFindings()).toEqual([]);

    await me.go('/journeys');
    await me.button('journeys.import').click();
    const file = page.locator('input[type=file]');
    await file.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{') });
    await page.getByText(me.say('journeys.importNotJson')).waitFor();
    await file.setInputFiles({
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(first)),
    });
    await page.getByText(me.say('journeys.importOver', { name: '新品巡礼' })).waitFor();
    await page.locator('#import-id').fill('tour-2');
    await me.button('journeys.importKeep').click();
    await page.waitForURL('**/journeys/tour-2');
    await me.card('等待').getByText('等待 1 天').waitFor();
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
