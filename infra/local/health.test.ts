import { describe, expect, it } from 'vitest';
import type { ConsoleBuild } from './console/build.ts';
import { createHealth } from './health.ts';

const BUILD: ConsoleBuild = { state: () => 'built', problem: () => undefined, done: Promise.resolve(), stop: () => {} };

/** The health of a started stack in which all is well but what `change` says. */
function healthOf(change: { build?: Partial<ConsoleBuild>; consoleServed?: boolean }) {
  const health = createHealth({
    client: { call: async () => ({}) } as unknown as Parameters<typeof createHealth>[0]['client'],
    queues: { store: { counts: () => ({}) } } as unknown as Parameters<typeof createHealth>[0]['queues'],
    lambda: { names: () => [] } as unknown as Parameters<typeof createHealth>[0]['lambda'],
    build: { ...BUILD, ...change.build },
    consoleServed: () => change.consoleServed ?? true,
    urls: {},
    data: '',
  });
  health.started();
  return health.report();
}

describe('health and the Console', () => {
  const failed = { state: () => 'failed' as const, problem: () => 'no such import' };

  it('is ready with a Console that is built, and not while it is being built', async () => {
    const built = await healthOf({});
    expect(built).toMatchObject({ ready: true, services: { console: 'built' } });
    expect(built).not.toHaveProperty('problems');
    expect(await healthOf({ build: { state: () => 'building' } })).toMatchObject({ ready: false });
  });

  it('names a build that failed; the stack is ready while an earlier build can be served', async () => {
    expect(await healthOf({ build: failed })).toMatchObject({
      ready: true,
      problems: ['The Console could not be built; the build before is served: no such import'],
    });
  });

  it('is not ready when the build failed and there is nothing to serve', async () => {
    expect(await healthOf({ build: failed, consoleServed: false })).toMatchObject({
      ready: false,
      problems: ['The Console could not be built: no such import'],
    });
  });
});
