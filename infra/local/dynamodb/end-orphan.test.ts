import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDynoxide } from './binary.ts';
import { endOrphan } from './end-orphan.ts';
import { freePort } from './process.ts';

describe('a dynoxide that a killed stack left behind', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pergola-orphan-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is ended before anybody opens its file, and its locks with it', async () => {
    const [file, pidFile] = [join(folder, 'dynamodb.db'), join(folder, 'pid')];
    const port = String(await freePort());
    const orphan = spawn(findDynoxide()!, ['serve', '--port', port, '--db-path', file], { stdio: 'ignore' });
    const ended = once(orphan, 'exit');
    writeFileSync(pidFile, JSON.stringify({ pid: orphan.pid, file }));
    await endOrphan(pidFile, file);
    expect((await ended)[1]).toBe('SIGKILL');
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE mine (a)');
    db.close();
  });

  it('is not looked for where another process has its number, or none was noted', async () => {
    const [file, pidFile] = [join(folder, 'dynamodb.db'), join(folder, 'pid')];
    await endOrphan(pidFile, file);
    writeFileSync(pidFile, '{"pid"');
    await endOrphan(pidFile, file);
    // This very process: it lives on.
    writeFileSync(pidFile, JSON.stringify({ pid: process.pid, file }));
    await endOrphan(pidFile, file);
  });
});
