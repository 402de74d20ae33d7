import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edges, type JourneyStack, journey, node, startJourneyStack } from './journey-stack.ts';

/** A stack that files are imported into: tags that orders, contacts and hands give, a journey that the first order begins. */
export interface ImportStack {
  readonly stack: JourneyStack;
  /** Of its endpoint. */
  readonly port: string;
  /** Where files lie. */
  readonly folder: string;
  /** Writes a file there; the path of it. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  readonly end: () => Promise<void>;
}

export async function startImportStack(): Promise<ImportStack> {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-import-'));
  const stack = await startJourneyStack();
  const words = (text: string) => ({ zh: text, en: text });
  const ordered = (key: string, value: number) => ({
    key,
    name: words(key),
    category: 'value',
    when: { did: { event: 'Order Completed', count: { op: 'gte', value } } },
  });
  await stack.rules([
    { key: 'vip', name: { zh: '贵宾', en: 'VIP' }, category: 'value', manual: true },
    ...[ordered('bought', 1), ordered('repeat', 2), ordered('four', 4), ordered('five', 5)],
    {
      key: 'by-live',
      name: words('by live'),
      category: 'basic',
      when: { did: { event: 'Contact Added', where: [{ path: 'properties.channel', op: 'eq', value: '直播添加' }] } },
    },
  ]);
  await stack.publish(
    journey('on-bought', {
      nodes: [
        node('in', 'enter-tag', { key: 'bought', op: 'added' }),
        node('wait', 'wait', { duration: 'P7D' }),
        node('end', 'exit'),
      ],
      edges: edges('in -> wait', 'wait -> end'),
    }),
  );
  return {
    stack,
    folder,
    port: new URL((await stack.get('/_local/health')).urls.endpoint).port,
    file: (name, content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    end: async () => {
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
