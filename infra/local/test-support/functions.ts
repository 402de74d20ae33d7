import { fileURLToPath } from 'node:url';
import type { FunctionSpec } from '../../topology.ts';

/** Stand-in functions that show how they are called, one of each trigger. */
export const STAND_IN_ROOT = fileURLToPath(new URL('./functions', import.meta.url));

const common = { tables: {}, timeoutSeconds: 2, memoryMb: 128 };

export const STAND_INS = {
  ingest: {
    ...common,
    entry: 'ingest.ts',
    trigger: {
      type: 'queue',
      name: 'ingest',
      pattern: { source: [{ 'anything-but': ['pergola'] }] },
      batchSize: 10,
      maxReceive: 3,
    },
  },
  follow: { ...common, entry: 'follow.ts', trigger: { type: 'stream', table: 'profiles', batchSize: 10 } },
  sweep: { ...common, entry: 'sweep.ts', trigger: { type: 'schedule', everySeconds: 60, dueTable: 'profiles' } },
  web: { ...common, entry: 'web.ts', trigger: { type: 'http', routes: ['/api/{proxy+}'], auth: 'jwt' } },
  'web-item': { ...common, entry: 'web.ts', trigger: { type: 'http', routes: ['/api/items/{id}'], auth: 'writeKey' } },
  'steps-decide': { ...common, entry: 'step.ts', trigger: { type: 'step' } },
} as const satisfies Record<string, FunctionSpec>;
