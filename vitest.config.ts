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
      // A browser, a stack and a person's patience; and replays of months of orders: these take minutes each, so they come
      // last, two at a time, and nothing small has to wait beside them.
      {
        extends: true,
        test: {
          name: 'long',
          include: ['test/browser/**/*.test.ts', 'test/replay/**/*.test.ts'],
          exclude: EXCLUDE,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
