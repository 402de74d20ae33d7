import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Journey, JourneyNode } from '../../shared/journey/index.ts';
import { openBrowser } from '../support/browser.ts';
import { ConsoleDriver, LARGE, SMALL } from './console-driver.ts';
import { openConsole, type RunningConsole } from './open-console.ts';

const node = (id: string, kind: string, config: unknown, stage: JourneyNode['stage'], x: number): JourneyNode => ({
  id,
  kind,
  kindVersion: 1,
  config,
  stage,
  position: { x, y: 0 },
});

const small = (id: string): Journey => ({
  schema: 1,
  id,
  name: '小旅程',
  entry: { reentry: { type: 'never' } },
  goals: [],
  exits: [],
  nodes: [
    { ...node('in', 'enter-event', { event: 'Contact Added' }, 'touch', 0), title: '进来' },
    { ...node('wait', 'wait', { duration: 'P1D' }, 'touch', 300), title: '等等' },
    { ...node('out', 'exit', {}, 'touch', 600), title: '走了' },
  ],
  edges: [
    { id: 'e-1', from: { node: 'in', outlet: 'next' }, to: 'wait' },
    { id: 'e-2', from: { node: 'wait', outlet: 'next' }, to: 'out' },
  ],
});

/** A chain of waits, long enough that drawing all of it would be felt. */
const long = (id: string, count: number): Journey => {
  const nodes = Array.from({ length: count }, (_, i) =>
    i === 0
      ? node('n-0', 'enter-event', { event: 'Contact Added' }, 'touch', 0)
      : node(
          `n-${i}`,
          'wait',
          { duration: 'PT1H' },
          (['touch', 'trial', 'engage'] as const)[i % 3] ?? 'touch',
          i * 300,
        ),
  );
  const edges = nodes.slice(1).map((n, i) => ({ id: `e-${i}`, from: { node: `n-${i}`, outlet: 'next' }, to: n.id }));
  return { ...small(id), name: '长旅程', nodes, edges };
};

describe('the console', { timeout: 240_000 }, () => {
  let stack: RunningConsole;
  let browser: Browser;
  const create = (document: Journey) => stack.call('POST', '/api/journeys', { document });
  const draft = async (id: string) =>
    (await stack.call<{ draft: { document: Journey; revision: number } }>('GET', `/api/journeys/${id}`)).draft;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([openConsole(), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('changes the stage of a card that is dragged across a border, as one step that can be taken back', async () => {
    await create(small('drag'));
    const me = await ConsoleDriver.open(browser, stack.url);
    await me.go('/journeys/drag');
    await me.card('等等').waitFor();
    const from = await me.card('等等').boundingBox();
    const lane = await me.page.locator('.lane-head').nth(2).boundingBox();
    if (!from || !lane) throw new Error('The card or the lane is not on the screen');
    await me.page.mouse.move(from.x + 60, from.y + 20);
    await me.page.mouse.down();
    await me.page.mouse.move(from.x + 66, from.y + 26);
    await me.page.mouse.move(from.x + 80, lane.y + 60, { steps: 12 });
    await me.page.mouse.up();
    await me.saved();
    const stageOf = async () => (await draft('drag')).document.nodes.find((n) => n.id === 'wait')?.stage;
    await expect.poll(stageOf).toBe('engage');
    await me.page.keyboard.press('Control+z');
    await expect.poll(stageOf).toBe('touch');
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  it('edits by keys: copy, paste, delete, undo, walking along the lines', async () => {
    await create(small('keys'));
    const me = await ConsoleDriver.open(browser, stack.url);
    const cards = me.page.locator('.react-flow__node');
    await me.go('/journeys/keys');
    await me.card('等等').click();
    await me.page.keyboard.press('Control+c');
    await me.page.keyboard.press('Control+v');
    await expect.poll(() => cards.count()).toBe(4);
    await me.page.keyboard.press('Backspace');
    await expect.poll(() => cards.count()).toBe(3);
    await me.card('等等').click();
    await me.page.keyboard.press('Tab');
    await expect.poll(() => me.page.locator('.side h2').textContent()).toBe('走了');
    await me.page.keyboard.press('Shift+Tab');
    await me.page.keyboard.press('Delete');
    await expect.poll(() => cards.count()).toBe(2);
    await me.saved();
    // What led to the deleted card leads on to the one behind it.
    expect((await draft('keys')).document.edges.map((e) => `${e.from.node} ${e.to}`)).toEqual(['in out']);
    await me.page.keyboard.press('Control+z');
    await expect.poll(() => cards.count()).toBe(3);
    await me.close();
  });

  it('asks which one stays when two people changed the same draft', async () => {
    await create(small('two'));
    const me = await ConsoleDriver.open(browser, stack.url);
    await me.go('/journeys/two');
    await me.card('等等').click();
    const { document, revision } = await draft('two');
    await stack.call('PUT', '/api/journeys/two/draft', { document: { ...document, name: '别人的名字' }, revision });
    await me.name('我改的');
    await me.page.getByText(me.say('conflict.title')).waitFor();
    await me.button('conflict.mine').click();
    await me.saved();
    await expect.poll(async () => (await draft('two')).document.nodes[1]?.title).toBe('我改的');
    await me.close();
  });

  it('names a mistake on the card, in the drawer and at the field, and does not publish it', async () => {
    const broken = small('broken');
    await create({
      ...broken,
      nodes: [...broken.nodes.slice(0, 1), { ...node('wait', 'wait', {}, 'touch', 300), title: '等等' }],
      edges: broken.edges.slice(0, 1),
    });
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    await me.go('/journeys/broken');
    await me.card('等等').locator('.card-badge.error').waitFor();
    await me.page.locator('.problem').first().click();
    await expect.poll(() => me.page.locator('.side h2').textContent()).toBe('等等');
    await me.button('editor.publish').click();
    await me.page.locator('.publish-problems .pill.bad').first().waitFor();
    expect(await me.page.getByRole('button', { name: me.say('publish.button', { n: 1 }) }).isDisabled()).toBe(true);
    await me.close();
  });

  it('asks of a date how many days only where it is not the day itself', async () => {
    const config = { trait: 'birthday', when: 'on', at: '10:00', every: 'year' };
    await create({ ...small('date'), nodes: [node('in', 'enter-date', config, 'touch', 0)], edges: [] });
    const me = await ConsoleDriver.open(browser, stack.url, { language: 'en' });
    await me.go('/journeys/date');
    await me.card(me.kind('enter-date')).click();
    const days = me.page.getByLabel('How many days');
    await me.field('When').locator('.ant-select').waitFor();
    expect(await days.count()).toBe(0);
    await me.choose(me.field('When').locator('.ant-select'), 'Before it');
    await days.waitFor();
    await me.close();
  });

  it('tidies up without moving a card out of its lane', async () => {
    const messy = small('messy');
    await create({ ...messy, nodes: messy.nodes.map((n) => ({ ...n, position: { x: 900 - n.position.x, y: 0 } })) });
    const me = await ConsoleDriver.open(browser, stack.url);
    await me.go('/journeys/messy');
    await me.card('等等').waitFor();
    await me.page.keyboard.press('a');
    const order = async () =>
      [...(await draft('messy')).document.nodes].sort((a, b) => a.position.x - b.position.x).map((n) => n.id);
    await expect.poll(order, { timeout: 20_000 }).toEqual(['in', 'wait', 'out']);
    expect((await draft('messy')).document.nodes.every((n) => n.stage === 'touch')).toBe(true);
    await me.close();
  });

  it('opens a journey of 300 nodes and draws only what is in sight', async () => {
    await create(long('long', 300));
    const me = await ConsoleDriver.open(browser, stack.url);
    await me.go('/journeys/long');
    await me.page.locator('.react-flow__node').first().waitFor();
    expect(await me.page.locator('.react-flow__node').count()).toBeLessThan(40);
    expect(me.complaints).toEqual([]);
    await me.close();
  });

  for (const [language, theme, size] of [
    ['zh', 'light', LARGE],
    ['en', 'dark', SMALL],
  ] as const) {
    it(`has no serious findings of axe in ${language}, ${theme}, ${size.width} × ${size.height}`, async () => {
      const me = await ConsoleDriver.open(browser, stack.url, { language, theme, size });
      for (const path of [
        '/journeys',
        '/journeys/new-customer',
        '/journeys/new-customer/live',
        '/journeys/new-customer/publish',
        '/executions',
        '/customers',
        '/inbox',
        '/tags',
        '/health',
      ]) {
        await me.go(path);
        await me.page.waitForLoadState('networkidle');
        await me.page.locator('h1, .canvas-head h1').first().waitFor();
        const card = me.page.locator('.react-flow__node').nth(2);
        if (path === '/journeys/new-customer') await card.click();
        expect([path, await me.seriousFindings()]).toEqual([path, []]);
        await me.shot(`look-${language}-${theme}${path.replaceAll('/', '-')}`);
      }
      expect(me.complaints).toEqual([]);
      await me.close();
    });
  }
});
