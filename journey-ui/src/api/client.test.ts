import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from './client.ts';

/** A list that is looked through piece by piece: answers by cursor. */
function listOf(pieces: Readonly<Record<string, { items: string[]; cursor?: string }>>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(
      new Response(JSON.stringify(pieces[path] ?? { items: [], cursor: 'far' }), {
        headers: { 'content-type': 'application/json' },
      }),
    );
  });
  return asked;
}

const at = (cursor: string | undefined): string => cursor ?? 'first';
const { signal } = new AbortController();

describe('a page of a list that is looked through piece by piece', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is what the first piece with anything in it has', async () => {
    const asked = listOf({ first: { items: [], cursor: 'second' }, second: { items: ['mei'], cursor: 'third' } });
    expect(await page(at, undefined, signal)).toEqual({ items: ['mei'], cursor: 'third' });
    expect(asked).toEqual(['first', 'second']);
  });

  it('is empty and at its end where no piece has anything', async () => {
    listOf({ first: { items: [], cursor: 'second' }, second: { items: [] } });
    expect(await page(at, undefined, signal)).toEqual({ items: [] });
  });

  it('stops after some pieces, and can be gone on with', async () => {
    const asked = listOf({});
    expect((await page(at, undefined, signal)).cursor).toBe('far');
    expect(asked.length).toBe(20);
  });
});
