import { defineConfig } from 'vitest/config';

const EXCLUDE = ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'];

export default defineConfig({
  test: {
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Vitest gives up after a second; the console alone waits 0.7 s before it saves, and a busy machine is slower.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', './test/support/count-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['{shared,functions,infra,journey-ui,test}/**/*.test.{ts,tsx}'],
          exclude: [...EXCLUDE, 'test/browser/**', 'test/replay/**'],
          sequence: { groupOrder: 0 },
        },
      },
      // A browser, a stack and a person's patience: these have the machine to themselves, two at a time.
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: EXCLUDE,
          sequence: { groupOrder: 1 },
        },
      },
      // A replay is a stack, a database and a command, which take two cores: one at a time, with nothing beside it.
      {
        extends: true,
        test: {
          name: 'replay',
          include: ['test/replay/**/*.test.ts'],
          exclude: EXCLUDE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
