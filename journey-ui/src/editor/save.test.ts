import { afterEach, expect, it, vi } from 'vitest';
import type { Journey } from '../../../shared/journey/index.ts';
import { edit, openJourney, useEditor } from '../store/editor.ts';
import { save } from './save.ts';

afterEach(() => vi.unstubAllGlobals());

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes its time, and refuses what replaces another revision than the newest. */
function slowServer() {
  let revision = 1;
  let document: unknown;
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    if (!path.startsWith('/api/')) return Response.json({});
    const sent = JSON.parse(body) as { document: unknown; revision: number };
    await later(20);
    if (sent.revision !== revision) return Response.json({ current: { document, revision } }, { status: 409 });
    ({ document } = sent);
    revision += 1;
    return Response.json({ revision });
  });
  return () => document as { name: string };
}

it('an edit made while a slow save is under way is saved after it, and is no conflict with oneself', async () => {
  const onServer = slowServer();
  openJourney({ id: 'j', name: 'first', nodes: [], edges: [] } as unknown as Journey, 1, '2026-03-01T00:00:00.000Z');
  const rename = (name: string) => edit((journey) => ({ ...journey, name }));
  rename('second');
  const one = save();
  await later(5);
  rename('third');
  expect(await Promise.all([one, save(), save()])).toEqual([undefined, undefined, undefined]);
  expect(onServer().name).toBe('third');
  expect(useEditor.getState()).toMatchObject({ save: 'saved', revision: 3 });
});
