import { Hono } from 'hono';
import { DateTime, Duration } from 'luxon';
import { ClockError, type StackClock } from './clock.ts';
import type { EndpointService } from './endpoint/service.ts';
import type { EventBridge } from './event-bridge/index.ts';
import { badClockRequest, type LocalProblem, noRoute, undelivered } from './problems.ts';
import type { Queues } from './queues/queues.ts';
import type { Mail, MailStore } from './ses/mail-store.ts';

/** What is only here and not on AWS: /_local/health, clock, dead letters, events that nobody wanted, mail, services. */
export function localApi(options: {
  readonly clock: StackClock;
  readonly queues: Queues;
  readonly events: EventBridge;
  readonly mail: MailStore;
  readonly services: readonly EndpointService[];
  readonly health: () => Promise<{ ready: boolean } & Record<string, unknown>>;
}): Hono {
  const { clock, queues, events, mail, services } = options;
  const app = new Hono().basePath('/_local');
  const shown = () => ({ now: new Date(clock.now()).toISOString(), frozen: clock.frozen() });

  app.get('/health', async (context) => context.json({ ...(await options.health()), clock: shown() }));

  app.get('/clock', (context) => context.json({ ...shown(), moving: clock.moving() }));
  app.post('/clock', async (context) => {
    const wish = readWish(await context.req.json().catch(() => undefined));
    if ('code' in wish) return context.json({ error: wish }, 400);
    try {
      const { now, frozen, unsettled } =
        'advance' in wish
          ? await clock.advance(
              (from) => DateTime.fromMillis(from, { zone: 'utc' }).plus(wish.advance).toMillis(),
              wish,
            )
          : 'to' in wish
            ? await clock.moveTo(wish.to, wish)
            : await clock.freeze(wish.freeze);
      return context.json({
        now: new Date(now).toISOString(),
        frozen,
        ...(unsettled.length > 0 ? { unsettled } : {}),
      });
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      const { code, words: message, next } = error;
      return context.json({ error: { code, message, next, at: 'to' in wish ? 'to' : 'advance' } }, 409);
    }
  });

  app.get('/dead-letters', (context) => {
    const limit = Math.min(Math.max(Number(context.req.query('limit') ?? 100) || 100, 1), 1000);
    const queue = context.req.query('queue');
    const counts = Object.entries(queues.store.counts()).filter(([, count]) => count.deadLetters > 0);
    return context.json({
      counts: Object.fromEntries(counts.map(([name, count]) => [name, count.deadLetters])),
      items: queues.store.deadLetters(queue, limit).map((letter) => ({
        queue: letter.queue,
        id: letter.id,
        sentAt: new Date(letter.sentAt).toISOString(),
        diedAt: new Date(letter.diedAt).toISOString(),
        receives: letter.receives,
        error: letter.error,
        why: undelivered(letter.queue, letter.id, letter.receives, letter.error),
        body: letter.body,
      })),
    });
  });
  app.post('/dead-letters/redrive', async (context) => {
    const body = (await context.req.json().catch(() => ({}))) as { queue?: unknown } | null;
    const queue = typeof body?.queue === 'string' ? body.queue : undefined;
    return context.json({ redriven: queues.redrive(queue) });
  });

  app.get('/unmatched', (context) => context.json({ count: events.unmatched.count(), items: events.unmatched.list() }));

  app.get('/services', (context) =>
    context.json({ items: services.map(({ label, names, operations }) => ({ label, names, operations })) }),
  );

  const shownMail = (one: Mail) => ({ ...one, at: new Date(one.at).toISOString() });
  app.get('/mail', (context) => {
    const limit = Math.min(Math.max(Number(context.req.query('limit') ?? 100) || 100, 1), 1000);
    return context.json({ items: mail.list(limit, context.req.query('to')).map(shownMail) });
  });
  app.get('/mail/:id', (context) => {
    const found = mail.get(context.req.param('id'));
    return found ? context.json(shownMail(found)) : context.json({ error: noRoute(context.req.path) }, 404);
  });
  app.all('*', (context) => context.json({ error: noRoute(context.req.path) }, 404));
  return app;
}

type Wish = ({ advance: Duration } | { to: number }) & { freeze?: boolean };

/** The body of POST /_local/clock, or what is wrong with it. */
function readWish(body: unknown): Wish | { freeze: boolean } | LocalProblem {
  if (typeof body !== 'object' || body === null)
    return badClockRequest('body', '请求内容须是一个 JSON 对象。', 'The body must be a JSON object.');
  const { advance, to, freeze } = body as Record<string, unknown>;
  if (freeze !== undefined && typeof freeze !== 'boolean')
    return badClockRequest('freeze', 'freeze 须是 true 或 false。', 'freeze must be true or false.');
  const held = freeze === undefined ? {} : { freeze };
  if (advance !== undefined && to !== undefined)
    return badClockRequest('to', 'advance 和 to 只能写一个。', 'Either advance or to, not both.');
  if (advance !== undefined) {
    const duration = Duration.fromISO(String(advance));
    return duration.isValid
      ? { advance: duration, ...held }
      : badClockRequest(
          'advance',
          `「${quoted(advance)}」不是 ISO 8601 时长。`,
          `“${quoted(advance)}” is not an ISO 8601 duration.`,
        );
  }
  if (to !== undefined) {
    const instant = DateTime.fromISO(String(to), { zone: 'utc' });
    return instant.isValid
      ? { to: instant.toMillis(), ...held }
      : badClockRequest('to', `「${quoted(to)}」不是 ISO 8601 时刻。`, `“${quoted(to)}” is not an ISO 8601 instant.`);
  }
  return freeze === undefined
    ? badClockRequest('body', '没有说要把时钟怎样。', 'It does not say what is to become of the clock.')
    : { freeze };
}

const quoted = (value: unknown): string => String(value).slice(0, 100);
