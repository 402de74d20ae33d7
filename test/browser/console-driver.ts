/** Drives the console as a person does: by what is written on it. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { RESOURCES } from '../../journey-ui/src/i18n/words/index.ts';
import { nodeKind } from '../../shared/nodes/index.ts';
import type { Language } from '../../shared/words.ts';

interface Look {
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
}

export const LARGE = { width: 1440, height: 900 };
export const SMALL = { width: 1280, height: 720 };

export class ConsoleDriver {
  readonly page: Page;
  readonly language: Language;
  private readonly context: BrowserContext;
  /** What the page complained of in its own console. */
  readonly complaints: string[] = [];

  private constructor(page: Page, context: BrowserContext, language: Language) {
    this.page = page;
    this.context = context;
    this.language = language;
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async open(browser: Browser, url: string, look: Look = {}): Promise<ConsoleDriver> {
    const { language = 'zh', theme = 'light', size = LARGE } = look;
    const context = await browser.newContext({
      baseURL: url,
      viewport: size,
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(45_000);
    return new ConsoleDriver(await context.newPage(), context, language);
  }

  /** Keeps a picture in the folder that PERGOLA_SHOTS names, if any. */
  async shot(name: string): Promise<void> {
    const folder = process.env['PERGOLA_SHOTS'];
    if (folder !== undefined) await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** A text of the console by its key, in the language of this window. */
  say(key: string, values: Record<string, unknown> = {}): string {
    const found = key
      .split('.')
      .reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], RESOURCES[this.language]);
    if (typeof found !== 'string') throw new Error(`No word ${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  }

  kind(name: string): string {
    return nodeKind(name)?.face.title[this.language] ?? name;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** What a failed story leaves behind: what stood on the page, what the browser complained of, and a picture. */
  async tell(name: string): Promise<void> {
    const text = await this.page.locator('body').innerText();
    process.stderr.write(`${name}: ${this.page.url()}\n${text}\n${this.complaints.join('\n')}\n`);
    await this.shot(name);
  }

  button(key: string): Locator {
    // An icon in front is read out as well; the words come last.
    return this.page.getByRole('button', { name: new RegExp(`${this.say(key)}$`) });
  }

  /** A button that leads to another page. */
  toButton(key: string): Locator {
    return this.page.getByRole('link', { name: new RegExp(`${this.say(key)}$`) });
  }

  card(title: string): Locator {
    return this.page.locator('.react-flow__node').filter({ has: this.page.locator('.card-title', { hasText: title }) });
  }

  /** The "+" behind a free outlet of a card; the first one unless its place is given. */
  async continueFrom(title: string, kind: string, place = 0): Promise<void> {
    await this.card(title).locator('.card-continue').nth(place).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: this.kind(kind), exact: true })
      .click();
  }

  /** Renames the selected card. */
  async name(title: string): Promise<void> {
    await this.page.locator('#node-title').fill(title);
  }

  field(label: string): Locator {
    return this.page
      .locator('.side .field')
      .filter({ has: this.page.locator('label', { hasText: label }) })
      .last();
  }

  /** Chooses from a select by what its option says. */
  async choose(select: Locator, option: string): Promise<void> {
    await select.click();
    await this.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option })
      .first()
      .click();
  }

  /** Types into a box that offers what is known and takes what is typed. */
  async pick(label: string, text: string, place = 0): Promise<void> {
    const box = this.page.getByRole('combobox', { name: label, exact: true }).nth(place);
    await box.fill(text);
    await box.press('Enter');
  }

  async saved(): Promise<void> {
    await this.page.locator('.saved-state', { hasText: this.say('editor.save.saved') }).waitFor();
  }

  /** Findings of axe that are serious or critical, one line each. */
  async seriousFindings(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .flatMap((v) =>
        v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
      );
  }
}
