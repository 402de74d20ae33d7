import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createDynamoClient } from './client.ts';
import { startDatabase } from './process.ts';
import { UNSYNCED } from './unsynced.ts';

const hasPerl = () => {
  try {
    return execFileSync('perl', ['-e', 'print 1']).toString() === '1';
  } catch {
    return false;
  }
};

describe.skipIf(UNSYNCED === '' || !hasPerl())('the database on its way to the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-unsynced-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const start = () => startDatabase({ file: join(folder, 'dynamodb.db'), pidFile: join(folder, 'pid') });

  it('is not waited for, and what was answered outlives kill -9 all the same', async () => {
    const database = await start();
    const client = createDynamoClient(database.url, 'us-east-1');
    try {
      const status = readFileSync(`/proc/${database.pid()}/status`, 'utf8');
      expect(/^Seccomp:\s*(\d)$/m.exec(status)?.[1], 'a filter answers its calls of fsync').toBe('2');
      await client.call('CreateTable', {
        TableName: 'kept',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      });
      for (let n = 0; n < 200; n++) await client.call('PutItem', { TableName: 'kept', Item: { pk: { S: `${n}` } } });
      process.kill(database.pid()!, 'SIGKILL');
      const count = await again(() => client.call<{ Count: number }>('Scan', { TableName: 'kept', Select: 'COUNT' }));
      expect(count.Count).toBe(200);
    } finally {
      client.close();
      await database.stop();
    }
  });
});

/** Asks until the database has been started again. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
