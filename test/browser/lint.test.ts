import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { ConsoleDriver } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/* What lints find is read where it is mended: on the page of tags, and in the problems of a journey. */
describe('a marketer with a shipped pack', { timeout: 300_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
    await stack.call('POST', '/api/packs/private-domain/install', {});
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it.each(['zh', 'en'] as const)('reads what is unwise about it, in %s', async (language) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language });
    const { items } = await stack.call<{ items: { journey?: string; message: Record<string, string> }[] }>(
      'GET',
      '/api/lint',
    );
    await me.go('/tags');
    const section = me.page.locator('section', { has: me.page.getByRole('heading', { name: me.say('tags.lint') }) });
    if (items.length > 4)
      await section.getByRole('button', { name: me.say('tags.lintAll', { n: items.length }) }).click();
    for (const { message } of items) await section.getByText(message[language]!).first().waitFor();
    await me.shot(`lint-tags-${language}`);
    expect(await me.seriousFindings()).toEqual([]);

    const about = items.find(({ journey }) => journey === 'dormancy')!;
    await me.go('/journeys/dormancy');
    await me.page.locator('.problem', { hasText: about.message[language]! }).waitFor();
    await me.shot(`lint-journey-${language}`);
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
