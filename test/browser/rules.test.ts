import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OPERATORS } from '../../shared/rules/index.ts';
import { CATEGORIES, tagSchema } from '../../shared/tags/index.ts';
import { openBrowser } from '../support/browser.ts';
import { ConsoleDriver } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

/*
 * Rules as people change them, without seeing JSON: a tag by its form, tried, published, given to what has happened
 * already; a segment with the number of its customers beside it; what uses what; packs that come, are brought up to
 * date and go.
 */
const NARROW = { width: 1024, height: 900 };

let stack: RunningConsole;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
  await stack.call('POST', '/api/packs/private-domain/install', {});
  const viewed = (userId: string, n: number) =>
    stack.send('track', {
      userId,
      event: 'Product Viewed',
      messageId: `${userId}-v${n}`,
      properties: { product_id: `p-${n}`, category: '面霜' },
    });
  for (const n of [1, 2, 3]) await viewed('mei', n);
  await viewed('li', 1);
  await stack.send('track', { userId: 'li', event: 'Order Completed', messageId: 'li-o', properties: { total: 90 } });
  await vi.waitFor(
    async () => expect((await stack.call<{ count: number }>('POST', '/api/conditions/count', ALL)).count).toBe(2),
    SOON,
  );
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

const ALL = { when: { did: { event: '*' } } };
const SOON = { timeout: 60_000 };

/** The form, the number beside it, and what is done with the draft. */
class Rules {
  readonly me: ConsoleDriver;
  constructor(me: ConsoleDriver) {
    this.me = me;
  }

  private word(words: unknown): string {
    return (words as Record<string, string>)[this.me.language]!;
  }

  /** A text in both languages. */
  async texts(field: 'name' | 'purpose', zh: string, en: string): Promise<void> {
    await this.both(this.word(tagSchema.shape[field].meta()?.['label']), zh, en);
  }

  async both(label: string, zh: string, en: string): Promise<void> {
    const { page } = this.me;
    await page.getByLabel(`${label} · ${this.me.say('form.inChinese')}`).fill(zh);
    await page.getByLabel(`${label} · ${this.me.say('form.inEnglish')}`).fill(en);
  }

  /** The n-th condition of the builder, from the top. */
  condition(n: number): Locator {
    return this.me.page.locator('.condition').nth(n);
  }

  /** Chooses the kind of a condition by typing its name. */
  async kind(n: number, operator: keyof typeof OPERATORS): Promise<void> {
    const label = OPERATORS[operator].label[this.me.language];
    await this.condition(n)
      .getByRole('combobox', { name: this.me.say('form.operator') })
      .first()
      .fill(label);
    await this.me.page
      .locator('.ant-select-dropdown:visible .operator-option b')
      .getByText(label, { exact: true })
      .click();
  }

  /** A field of a condition, by its name in the document. */
  field(n: number, name: string): Locator {
    return this.condition(n).locator(`[data-field="${name}"]`).first();
  }

  async event(n: number, name: string): Promise<void> {
    const box = this.field(n, 'event').getByRole('combobox');
    await box.fill(name);
    await box.press('Enter');
    await this.me.page.keyboard.press('Escape');
  }

  async add(n: number, label: string): Promise<void> {
    await this.condition(n).locator('.more-fields').first().getByRole('button', { name: label }).click();
  }

  sentence(): Locator {
    return this.me.page.locator('.condition-sentence');
  }

  number(): Promise<string | null> {
    return this.me.page.locator('.live-number:not(.again) b').textContent();
  }

  async keep(): Promise<void> {
    await this.me.button('edit.keep').click();
    await this.me.page.locator('.draft-banner').waitFor();
  }

  private async confirmed(button: Locator): Promise<void> {
    await button.click();
    await this.me.page.locator('.ant-popconfirm:visible .ant-btn-primary').click();
  }

  async dryRun(): Promise<Locator> {
    const { me } = this;
    await me.button('rules.dryRun').click();
    const card = me.page.getByRole('region', { name: me.say('rules.kind.dryRun') });
    await card.getByText(me.say('rules.status.done'), { exact: true }).waitFor(SOON);
    return card;
  }

  async publish(note: string): Promise<void> {
    const { me } = this;
    await me.page.getByLabel(me.say('rules.note')).fill(note);
    await this.confirmed(
      me.page.locator('.draft-banner footer').getByRole('button', { name: me.say('rules.publish') }),
    );
    await me.page.locator('.draft-banner').waitFor({ state: 'detached' });
  }

  async backfill(): Promise<void> {
    const { me } = this;
    await this.confirmed(me.button('rules.backfill'));
    const card = me.page.getByRole('region', { name: me.say('rules.kind.backfill') });
    await card.getByText(me.say('rules.status.done'), { exact: true }).waitFor(SOON);
  }
}

describe('a marketer', { timeout: 300_000 }, () => {
  it('makes a tag by its form, tries it, publishes it and backfills: who did it before has it, with the evidence', async ({
    onTestFailed,
  }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'zh' });
    onTestFailed(() => me.tell('rules-tag-failed'));
    const { page } = me;
    const rules = new Rules(me);
    await me.go('/tags');
    await me.toButton('tags.create').click();

    // What is missing is told where it is missing, once she tries to keep it.
    await rules.texts('name', '多次看货', 'Looked often');
    await rules.kind(0, 'did');
    expect(await page.locator('.field-problem.error').count()).toBe(0);
    await me.button('edit.keep').click();
    await rules.field(0, 'event').locator('.field-problem.error', { hasText: '没有填' }).waitFor();
    await me.shot('rules-tag-missing');

    await rules.event(0, 'Product Viewed');
    // What lint has to say stands at the fields that it is about: no purpose, and no end.
    const told = (field: string, text: string) =>
      page.locator(field).locator('.field-problem.warning', { hasText: text }).waitFor();
    await told('[data-field="purpose"]', '没写用途');
    await told('.edit-part:has([title*="再确认"])', '永远不会去掉');
    await rules.texts('purpose', '主动问一句', 'Ask her');
    await rules.add(0, '次数');
    await rules.field(0, 'count').locator('.ant-input-number-input').fill('3');
    await rules.add(0, '最近多久内');
    await rules.field(0, 'within').locator('.ant-input-number-input').fill('30');
    await rules.sentence().getByText('最近 30 天内「浏览商品」至少 3 次').waitFor();
    await expect.poll(() => rules.number(), SOON).toBe('1');
    await page.locator('.live-some', { hasText: 'mei' }).waitFor();
    await expect.poll(() => page.locator('.edit-part .field-problem').count(), SOON).toBe(0);
    await me.choose(page.locator('[data-field="category"] .ant-select'), CATEGORIES['need']!.zh);
    await me.shot('rules-tag-form');
    expect(await me.seriousFindings()).toEqual([]);

    await rules.keep();
    await page.locator('.change-list', { hasText: '新标签：最近 30 天内「浏览商品」至少 3 次' }).waitFor();
    const tried = await rules.dryRun();
    await tried.locator('.turnover', { hasText: '多次看货' }).getByText('得到 1 位').waitFor();
    expect(await tried.locator('.turnover').getByRole('link').allTextContents()).toEqual(['mei']);
    await me.shot('rules-dry-run');
    await rules.publish('看得多的，先问一句');
    await rules.backfill();
    await me.shot('rules-backfilled');

    await me.go('/customers/mei');
    await page.getByRole('button', { name: '多次看货' }).click();
    await page.locator('.why-tag', { hasText: 'mei-v3' }).waitFor();
    await me.go('/customers/li');
    await page.locator('.held-tags').waitFor();
    expect(await page.getByRole('button', { name: '多次看货' }).count()).toBe(0);

    await me.go(`/tags/${encodeURIComponent('多次看货')}`);
    await page.locator('.record-count b', { hasText: '1' }).waitFor();
    await page.getByText('看得多的，先问一句').waitFor();
    await page.getByText(me.say('rules.unused')).waitFor();
    await me.shot('rules-tag-page');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('makes a segment of nested conditions, sees how many it is before and after, and who uses the tag now', async ({
    onTestFailed,
  }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en', size: NARROW });
    onTestFailed(() => me.tell('rules-segment-failed'));
    const { page } = me;
    const rules = new Rules(me);
    await me.go('/segments');
    await me.toButton('segments.create').click();
    await rules.both('Name', '想买的', 'Keen ones');
    await rules.both('Goal', '促成首单', 'First order');
    await rules.kind(0, 'did');
    await rules.event(0, 'Product Viewed');
    await expect.poll(() => rules.number(), SOON).toBe('2');
    // One more beside it makes a list of them; that one is what must not be.
    await page.locator('.add-condition').last().click();
    await rules.kind(2, 'not');
    await rules.kind(3, 'did');
    await rules.event(3, 'Order Completed');
    await rules.sentence().getByText('“Product Viewed” at least once, and no “Order Completed” so far').waitFor();
    await expect.poll(() => rules.number(), SOON).toBe('1');
    await me.shot('rules-segment-form');
    expect(await me.seriousFindings()).toEqual([]);
    await rules.keep();
    await rules.dryRun();
    await rules.publish('keen');
    await rules.backfill();
    await expect
      .poll(() => page.getByRole('article', { name: 'Keen ones' }).locator('.segment-count b').textContent(), SOON)
      .toBe('1');
    await me.shot('rules-segments');
    await page.getByRole('link', { name: 'Keen ones' }).click();
    await page.locator('.record-count b', { hasText: '1' }).waitFor();
    await me.shot('rules-segment-page');

    // Used by: a pack's tag names the segments and, by their cards, the journeys.
    await me.go(`/tags/${encodeURIComponent('沉默7天')}`);
    const used = page.locator('.used-by');
    await used.getByRole('link', { name: 'Dormant' }).first().waitFor();
    await me.shot('rules-used-by');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('changes a tag, reads what it was and what it is, and takes that back alone', async ({ onTestFailed }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'zh' });
    onTestFailed(() => me.tell('rules-change-failed'));
    const { page } = me;
    const rules = new Rules(me);
    await me.go(`/tags/${encodeURIComponent('VIP')}/edit`);
    await rules.field(0, 'value').locator('.ant-input-number-input').fill('5000');
    await rules.texts('purpose', '专人维护', 'Cared for by one person');
    await rules.keep();
    const change = page.locator('.change-list li', { hasText: 'VIP' });
    await change.locator('del', { hasText: '至少 3000' }).waitFor();
    await change.locator('ins', { hasText: '至少 5000' }).waitFor();
    await change.locator('ins', { hasText: '专人维护' }).waitFor();

    // A group is chosen with its level; of several changes one is taken back.
    await me.go(`/tags/${encodeURIComponent('复购3次')}/edit`);
    await rules.texts('name', '复购四次', 'Bought four times');
    await rules.keep();
    expect(await page.locator('.change-list > li').count()).toBe(2);
    await me.shot('rules-diff');
    await change.getByRole('button', { name: me.say('rules.revert') }).click();
    await expect.poll(() => page.locator('.change-list > li').count(), SOON).toBe(1);
    await page
      .locator('.draft-banner')
      .getByRole('button', { name: me.say('rules.discard') })
      .click();
    await page.locator('.ant-popconfirm:visible .ant-btn-primary').click();
    await page.locator('.draft-banner').waitFor({ state: 'detached' });
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('puts a segment before another and chooses another zone; both wait in the draft', async ({ onTestFailed }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    onTestFailed(() => me.tell('rules-order-failed'));
    const { page } = me;
    await me.go('/segments');
    await me.button('segments.changeOrder').click();
    const places = page.getByRole('list', { name: me.say('segments.order') }).getByRole('listitem');
    const second = await places.nth(1).locator('b').textContent();
    await page.getByRole('button', { name: me.say('caps.earlier', { name: second! }) }).click();
    expect(await places.first().locator('b').textContent()).toBe(second);
    // Who would belong there is counted as the order is now.
    await places.first().getByText('%').waitFor(SOON);
    await me.shot('rules-order');
    expect(await me.seriousFindings()).toEqual([]);
    await me.button('segments.keepOrder').click();
    await page.locator('.change-list', { hasText: 'prospects > high-value' }).waitFor(SOON);

    await me.go('/settings');
    await page.getByRole('combobox', { name: me.say('zone.pick') }).fill('Berlin');
    await page.keyboard.press('Enter');
    await me.button('zone.keep').click();
    await page.locator('.pill', { hasText: 'Europe/Berlin' }).waitFor(SOON);
    await me.shot('rules-zone');
    await page.getByRole('link', { name: me.say('zone.toDraft') }).click();
    const zone = page.locator('.change-list > li', { hasText: 'Europe/Berlin' });
    await zone.getByRole('button', { name: me.say('rules.revert') }).click();
    await zone.waitFor({ state: 'detached' });
    await page
      .locator('.draft-banner')
      .getByRole('button', { name: me.say('rules.discard') })
      .click();
    await page.locator('.ant-popconfirm:visible .ant-btn-primary').click();
    await page.locator('.draft-banner').waitFor({ state: 'detached' });
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});

describe('the builder of conditions', { timeout: 300_000 }, () => {
  it.each(['zh', 'en'] as const)('has a form for every kind, in %s', async (language) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language, size: NARROW });
    const { page } = me;
    const rules = new Rules(me);
    await me.go('/segments/-/new');
    for (const name of Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]) {
      // What is in it already is carried over; here each begins with nothing.
      await page.reload();
      await rules.kind(0, name);
      const form = rules.condition(0).locator('.field, .conditions').first();
      await form.waitFor();
      expect([name, await page.locator('.field-problem').count()]).toEqual([name, 0]);
      // Tried too early, what is missing is told inside the form of this very condition.
      await me.button('edit.keep').click();
      await page.locator('.field-problem.error').first().waitFor();
      const sound = await page.locator('.condition-sentence:not(.open)').count();
      const told = await rules.condition(0).locator('.field-problem.error').count();
      expect([name, sound + told > 0]).toEqual([name, true]);
    }
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});

describe('a pack', { timeout: 300_000 }, () => {
  /** As if an earlier version of the pack, with another text for one of its tags, had been installed. */
  async function asOfAnEarlierVersion(key: string): Promise<void> {
    const client = new DynamoDBClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const tables = DynamoDBDocumentClient.from(client);
    const Key = { pk: 'packs', sk: 'private-domain' };
    const { Item } = await tables.send(new GetCommand({ TableName: 'pergola-tags', Key }));
    const installed = JSON.parse(Item!['body'] as string) as { version: number; tags: Record<string, string> };
    const { [key]: _, ...tags } = installed.tags;
    const body = JSON.stringify({ ...installed, version: installed.version - 1, tags });
    await tables.send(new PutCommand({ TableName: 'pergola-tags', Item: { ...Key, body } }));
    await stack.call('DELETE', `/api/tags/${encodeURIComponent(key)}`);
  }

  const packCard = (me: ConsoleDriver) => me.page.locator('.pack', { has: me.page.getByRole('heading') }).first();
  const dialog = (me: ConsoleDriver) => me.page.locator('.ant-modal-confirm:visible').last();

  it('is brought up to date: what is new comes, what was changed here stays and is named', async ({ onTestFailed }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'zh' });
    onTestFailed(() => me.tell('pack-update-failed'));
    const { tags } = await stack.call<{ tags: { key: string }[] }>('GET', '/api/ruleset');
    await stack.call('PUT', `/api/tags/${encodeURIComponent('学生')}`, {
      ...tags.find(({ key }) => key === '学生'),
      purpose: { zh: '我们的用途', en: 'Our purpose' },
    });
    await asOfAnEarlierVersion('社群分享过');
    await me.go('/journeys');
    await packCard(me)
      .getByRole('button', { name: me.say('journeys.update') })
      .click();
    await dialog(me).getByText(me.say('journeys.updateText')).waitFor();
    await me.shot('pack-update-dialog');
    await dialog(me)
      .getByRole('button', { name: me.say('journeys.update') })
      .click();
    await packCard(me)
      .getByRole('button', { name: me.say('journeys.isInstalled') })
      .waitFor(SOON);
    const { items } = await stack.call<{ items: { key: string; purpose?: { zh: string } }[] }>('GET', '/api/tags');
    expect(items.find(({ key }) => key === '社群分享过')).toBeDefined();
    expect(items.find(({ key }) => key === '学生')?.purpose?.zh).toBe('我们的用途');
    await me.close();
  });

  it('goes only when nothing uses it any more: refused first, each use named, then gone but for what is theirs', async ({
    onTestFailed,
  }) => {
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en', size: NARROW });
    onTestFailed(() => me.tell('pack-uninstall-failed'));
    await stack.call('PUT', '/api/tags/mine', {
      name: { zh: '我的', en: 'Mine' },
      category: 'value',
      when: { tag: 'VIP' },
    });
    await me.go('/journeys');
    const ask = async (): Promise<void> => {
      await packCard(me)
        .getByRole('button', { name: me.say('journeys.uninstall') })
        .click();
      await dialog(me).getByText(me.say('journeys.uninstallText')).waitFor();
      await dialog(me)
        .getByRole('button', { name: me.say('journeys.uninstall') })
        .click();
    };
    await ask();
    const refusal = me.page.locator('.ant-modal-confirm-error:visible');
    await refusal.getByText(/“Mine” still uses “VIP”/).waitFor(SOON);
    await me.shot('pack-uninstall-refused');
    await refusal.getByRole('button').click();
    await stack.call('DELETE', '/api/tags/mine');
    await ask();
    const told = me.page.locator('.ant-modal-confirm-success:visible');
    await told.getByText(/学生/).waitFor(SOON);
    await me.shot('pack-uninstalled');
    await told.getByRole('button').click();
    const { items } = await stack.call<{ items: { key: string }[] }>('GET', '/api/tags');
    expect(items.map(({ key }) => key).sort()).toEqual(['多次看货', '学生']);
    expect(me.complaints).toEqual([]);
    await me.close();
  });
});
