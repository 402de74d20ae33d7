import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { ConsoleDriver, SMALL } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/* Who are these customers? The worksheet of a segment, as a marketer reads it. */
describe('the persona of a segment', { timeout: 300_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
    await stack.call('POST', '/api/packs/private-domain/install', {});
    for (const [userId, gender] of [
      ['u-1', 'female'],
      ['u-2', 'female'],
      ['u-3', 'male'],
    ]) {
      await stack.send('identify', { userId, traits: { gender } });
      await stack.send('track', { userId, event: 'Contact Added', properties: { channel: '公众号' } });
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it.each([
    { language: 'zh' },
    { language: 'en', theme: 'dark', size: SMALL },
  ] as const)('says which share is what, in $language', async (look) => {
    const me = await ConsoleDriver.open(browser, stack.url, look);
    await me.go('/segments/new-customers');
    await me.page.getByRole('link', { name: me.say('personas.link') }).click();
    const gender = me.page.locator('.persona-card', { hasText: look.language === 'zh' ? '性别' : 'Gender' });
    await gender.getByText('67%').waitFor();
    await gender.getByText('33%').waitFor();
    await me.page.mouse.move(0, 400);
    await me.shot(`persona-${look.language}`);
    expect(await me.seriousFindings()).toEqual([]);
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
