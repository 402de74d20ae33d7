import { Hono } from 'hono';
import { refuses } from '../endpoint/guard.ts';
import { noRoute } from '../problems.ts';
import type { ConsoleBuild } from './build.ts';
import { consoleFile } from './files.ts';

/** Everything on the console port: the local API, the functions of the HTTP API, and the Console's own files. */
export function consoleApp(options: {
  readonly local: Hono;
  readonly functions: (context: import('hono').Context) => Promise<Response | undefined>;
  readonly build: ConsoleBuild;
  readonly folder: string;
}): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const refused = refuses(context.req.header());
    if (refused) return context.json({ message: refused }, 403);
    return next();
  });
  app.route('/', options.local);
  // On AWS it says where people sign in; here nobody does.
  app.get('/config.json', (context) => context.json({}));
  app.all('*', async (context) => {
    const answered = await options.functions(context);
    if (answered) return answered;
    const isPage = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!isPage || /^\/(api|v1|callbacks|_local)(\/|$)/.test(context.req.path))
      return context.json({ error: noRoute(context.req.path) }, 404);
    if (options.build.state() === 'building')
      return context.html(page('The Console is being built. This page looks again by itself.', true), 503);
    return (
      consoleFile(options.folder, context.req.path) ??
      (options.build.state() === 'built'
        ? context.json({ error: noRoute(context.req.path) }, 404)
        : context.html(
            page(`There is no Console here. ${options.build.problem() ?? 'It has not been built.'}`, false),
            503,
          ))
    );
  });
  return app;
}

const page = (text: string, again: boolean) =>
  `<!doctype html><meta charset="utf-8">${again ? '<meta http-equiv="refresh" content="1">' : ''}<title>Pergola</title><body style="font:16px system-ui;margin:4rem"><h1>Pergola 花径</h1><p style="white-space:pre-wrap">${text.replace(/[<>&]/g, (char) => `&#${char.charCodeAt(0)};`)}</p>`;
