import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { startTestStack } from './test-support/start.ts';

describe('the data folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pergola-data-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is made where it is absent, and belongs to one stack at a time', () => {
    const path = join(root, 'new', 'folder');
    const folder = openDataFolder(path, false);
    expect(() => openDataFolder(path, false)).toThrow(/Another Pergola is already running/);
    folder.release();
    openDataFolder(path, false).release();
  });

  it('is refused when it cannot be a folder', () => {
    const path = join(root, 'file');
    writeFileSync(path, '');
    expect(() => openDataFolder(path, false)).toThrow(/cannot be used: it is a file\. Choose another with --data/);
  });

  it('is emptied by --fresh, unless something else is in it', () => {
    openDataFolder(root, false).release();
    writeFileSync(join(root, 'stack.db'), 'old');
    openDataFolder(root, true).release();
    expect(existsSync(join(root, 'stack.db'))).toBe(false);
    writeFileSync(join(root, 'thesis.docx'), 'years of work');
    expect(() => openDataFolder(root, true)).toThrow(/there is something else in it \(thesis\.docx\)/);
    expect(existsSync(join(root, 'thesis.docx'))).toBe(true);
  });

  it.each(['stack.db', 'dynamodb.db', 'step-functions.db'])('gives one sentence when %s is broken', async (name) => {
    writeFileSync(join(root, name), 'this is no database, however long one looks at it. '.repeat(100));
    const error = await startTestStack({ data: root }).then(
      async (stack) => stack.end().then(() => undefined),
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ name: 'StartError', code: expect.stringMatching(/DataFolderBroken|DynoxideFailed/) });
    expect(error?.message).toContain(name);
    expect(error?.message).toContain('--fresh');
    expect(error?.message).not.toContain('\n');
    // What was held is let go, so that the next try can succeed.
    const stack = await startTestStack({ data: root, fresh: true });
    await stack.end();
  });
});
