import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { edges, journey, node } from '../support/journey-stack.ts';
import { ConsoleDriver, LARGE } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

const HOST = 'pool.pergola.invalid';
const claims = { email: 'anna@example.com', 'cognito:groups': ['publisher'] };
const token = (n: number): string =>
  [{ alg: 'none' }, { ...claims, n }, 's'].map((p) => Buffer.from(JSON.stringify(p)).toString('base64url')).join('.');
const bearer = (n: number): string => `Bearer ${token(n)}`;

/**
 * The user pool, as far as a browser sees it: it signs everybody in at once, and gives tokens only for its own code,
 * the address it sent that code to, and the secret whose hash came with the request (RFC 7636). Locally there is none.
 */
async function withPool(page: Page, console: string) {
  const seen = { signedOut: false, challenge: '', given: 0, refused: 0, valid: '' };
  const back = `${console}/`;
  await page.route('**/config.json', (route) =>
    route.fulfill({ json: { auth: { issuer: `https://${HOST}/pool`, host: HOST, clientId: 'console' } } }),
  );
  await page.route(`https://${HOST}/oauth2/authorize**`, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    seen.challenge = asked.get('code_challenge') ?? '';
    const to = `${asked.get('redirect_uri')}?code=c-1&state=${asked.get('state')}`;
    return route.fulfill({ status: 302, headers: { location: to } });
  });
  await page.route(`https://${HOST}/oauth2/token`, (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '');
    const hash = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const mine =
      form.get('grant_type') === 'refresh_token'
        ? form.get('refresh_token') === 'r-1'
        : form.get('code') === 'c-1' && form.get('redirect_uri') === back && hash === seen.challenge;
    if (!mine) return route.fulfill({ status: 400, json: { error: 'invalid_grant' }, headers: CORS });
    seen.given += 1;
    seen.valid = bearer(seen.given);
    const refresh = seen.given === 1 ? { refresh_token: 'r-1' } : {};
    return route.fulfill({ json: { id_token: token(seen.given), expires_in: 3600, ...refresh }, headers: CORS });
  });
  await page.route(`https://${HOST}/logout**`, (route) => {
    seen.signedOut = true;
    return route.fulfill({ contentType: 'text/html', body: '<h1>bye</h1>' });
  });
  await page.route('**/api/**', (route) => {
    if (route.request().headers()['authorization'] === seen.valid) return route.continue();
    seen.refused += 1;
    return route.fulfill({
      status: 401,
      json: { error: { code: 'not-signed-in', message: { zh: '请先登录。', en: 'Sign in first.' } } },
    });
  });
  return seen;
}

const CORS = { 'access-control-allow-origin': '*' };

describe('an operator', { timeout: 240_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('signs in where there is a user pool, comes back to the page she asked for, gets a new token when hers is refused, and signs out', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    const pool = await withPool(me.page, stack.url);
    await me.go('/tags');
    await me.page.getByRole('heading', { level: 1, name: me.say('nav.tags') }).waitFor();
    expect(new URL(me.page.url()).pathname + new URL(me.page.url()).search).toBe('/tags');
    expect(pool).toMatchObject({ given: 1, refused: 0 });

    // Her token ends early, at the service only: the next call gets another one, unseen by her.
    await me.page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem('pergola.tokens') ?? '{}');
      sessionStorage.setItem('pergola.tokens', JSON.stringify({ ...kept, since: 0 }));
    });
    pool.valid = bearer(2);
    await me.go('/journeys');
    await me.page.getByText(me.say('journeys.packs')).waitFor();
    expect(pool.given).toBe(2);
    expect(pool.refused).toBeGreaterThan(0);

    await me.page.getByRole('button', { name: me.say('signIn.who', { name: claims.email }) }).click();
    await me.page.getByRole('menuitem', { name: me.say('signIn.out') }).click();
    await me.page.getByRole('heading', { name: 'bye' }).waitFor();
    expect(pool.signedOut).toBe(true);
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('is told when the sign-in did not come about, and is not signed in by a link she was sent', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    const pool = await withPool(me.page, stack.url);
    await me.go('/?code=c-1&state=of-somebody-else');
    await me.page.getByRole('dialog').getByText(me.say('signIn.failed')).waitFor();
    expect(pool.given).toBe(0);
    expect(me.page.url()).not.toContain('code=');
    await me.page.getByRole('button', { name: me.say('signIn.again') }).click();
    await me.page.getByText(me.say('journeys.packs')).waitFor();
    await me.close();
  });

  it('signs in nowhere on the local stack; is asked before a pack publishes its journeys, follows a customer through one, and pauses it', async () => {
    const me = await ConsoleDriver.open(browser, stack.url);
    const { page } = me;
    await me.go('/journeys');
    await page.locator('.pack', { hasText: '第 5 条短链' }).getByRole('button').click();
    await page.getByRole('dialog').getByText(me.say('journeys.installText')).waitFor();
    // The stack comes with the other pack; nothing of this one is there before she says so.
    const ids = async () =>
      (await stack.call<{ items: { id: string }[] }>('GET', '/api/journeys')).items.map(({ id }) => id);
    expect(await ids()).not.toContain('short-link-fifth');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: me.say('journeys.install') })
      .click();
    await page.getByRole('link', { name: '第 5 条短链' }).waitFor();
    expect(await ids()).toContain('short-link-fifth');
    await me.shot('journeys');

    await stack.send('identify', { userId: 'u_1001', traits: { name: '林小满', city: '上海' }, messageId: 'i-1' });
    await stack.send('track', { userId: 'u_1001', event: 'Contact Added', messageId: 't-1' });
    const runs = () =>
      stack.call<{ items: { id: string; journey: string; status: string }[] }>(
        'GET',
        '/api/executions?customer=u_1001&journey=new-customer',
      );
    await expect.poll(async () => (await runs()).items.length, { timeout: 30_000 }).toBe(1);
    await stack.call('POST', '/_local/clock', { advance: 'P8D' });
    await expect.poll(async () => (await runs()).items[0]?.status, { timeout: 60_000 }).toBe('completed');

    await me.go(`/executions/u_1001/${(await runs()).items[0]?.id}`);
    await me.card('二次唤醒').click();
    await page.locator('.side h3', { hasText: me.say('run.sent') }).waitFor();
    const panes = await page.locator('.side .json-view pre').allTextContents();
    expect(panes.join('\n')).toContain('"node": "second"');
    expect(panes).not.toContain('{}');
    await me.shot('run');

    await me.go('/customers/u_1001');
    await page.locator('.timeline', { hasText: '资料更新' }).waitFor();
    expect(await page.locator('.timeline').innerText()).not.toMatch(/\$identify|local@localhost|path-ended|\/touch/);
    await me.shot('customer');

    await me.go('/segments');
    await page.getByRole('heading', { level: 1, name: me.say('nav.segments') }).waitFor();
    await me.shot('segments');

    await me.go('/journeys/new-customer/live');
    await me.button('live.pause').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: me.say('live.pause') })
      .click();
    await me.button('live.resume').click();
    await me.button('live.pause').waitFor();

    await me.go('/journeys/new-customer');
    await me.card('二次唤醒').waitFor();
    // Asked again until the first view, which comes a moment after the cards, is past.
    const endSeen = async () => {
      await page.getByRole('button', { name: me.say('canvas.fit') }).click();
      const end = await me.card('走完').boundingBox();
      return end !== null && end.x + end.width < LARGE.width;
    };
    await expect.poll(endSeen, { timeout: 30_000 }).toBe(true);
    // Away from the button, whose tip would lie over the drawing.
    await page.mouse.move(700, 800);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
    await me.shot('canvas');
    await page.locator('.canvas-head h1 button').click();
    await page.locator('#journey-zone').waitFor();
    await me.shot('settings');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('who works in English has the journeys of a pack in English: asked first, then names, cards and all', async () => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    const { page } = me;
    await me.go('/journeys');
    const card = page.locator('.pack', { hasText: 'Private-domain shop' });
    await card.getByRole('button', { name: me.say('journeys.languageAsk') }).click();
    await page.getByRole('dialog').getByText(me.say('journeys.languageText')).waitFor();
    expect(await page.getByRole('link', { name: '新客欢迎' }).count()).toBe(1);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: me.say('journeys.languageNow') })
      .click();
    await page.getByRole('link', { name: 'Welcoming the new' }).click();
    await page.getByText('Welcome, with a coupon').first().waitFor();
    await me.go('/journeys');
    await card.waitFor();
    expect(await card.getByRole('button', { name: me.say('journeys.languageAsk') }).count()).toBe(0);
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('finds the failed run of a customer by her name, sees at which step and why, and tries all that failed again', async () => {
    const document = journey('recall', {
      name: '再问一次',
      nodes: [
        node('in', 'enter-event', { event: 'Recalled' }),
        node('day', 'wait', { duration: 'P1D' }),
        { ...node('ask', 'message', { channel: 'inbox', body: '还在吗' }), title: '问一声' },
        node('out', 'exit'),
      ],
      edges: edges('in -> day', 'day -> ask', 'ask -> out'),
    });
    await stack.call('POST', '/api/journeys', { document });
    await stack.call('POST', '/api/journeys/recall/publish', { revision: 1 });
    for (const [userId, name] of [
      ['f-1', '周予安'],
      ['f-2', '陈一诺'],
    ]) {
      await stack.send('identify', { userId, traits: { name } });
      await stack.send('track', { userId, event: 'Recalled' });
    }
    const runs = async (status: string) =>
      (await stack.call<{ items: unknown[] }>('GET', `/api/executions?journey=recall&status=${status}`)).items.length;
    await expect.poll(() => runs('active'), { timeout: 30_000 }).toBe(2);
    // The table cannot be reached for longer than all the retries take.
    const table = process.env['TABLE_MESSAGES'];
    process.env['TABLE_MESSAGES'] = 'gone';
    await stack.call('POST', '/_local/clock', { advance: 'P1DT2H' });
    process.env['TABLE_MESSAGES'] = table;
    await expect.poll(() => runs('failed'), { timeout: 30_000 }).toBe(2);

    const me = await ConsoleDriver.open(browser, stack.url);
    const { page } = me;
    await me.go('/executions?status=failed');
    await page.getByRole('combobox', { name: me.say('customers.search') }).fill('予安');
    await page.locator('.ant-select-item-option', { hasText: '周予安 · f-1' }).click();
    await page.locator('tr', { hasText: '再问一次' }).getByRole('link', { name: '周予安' }).click();
    await me.card('问一声').locator('.card.trace-failed').waitFor();
    await page.locator('.side .fault', { hasText: me.say('fault.ResourceNotFoundException.any') }).waitFor();
    const why = page.locator('.why');
    await why.getByRole('button', { name: me.say('run.stoodAt', { step: '问一声' }) }).waitFor();
    await why.getByRole('button', { name: me.say('copyThis', { what: me.say('run.arn') }) }).waitFor();
    expect(await me.seriousFindings()).toEqual([]);
    await me.shot('run-failed');

    await me.go('/health');
    await page.getByRole('button', { name: new RegExp(me.say('health.redriveAll', { n: '\\d+' })) }).click();
    await page.locator('.ant-popconfirm:visible .ant-btn-primary').click();
    await expect.poll(() => runs('completed'), { timeout: 30_000 }).toBe(2);
    expect(await runs('failed')).toBe(0);
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
