import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/browser/setup.ts',
    // Two cores: more workers than that only wait for each other.
    maxWorkers: 2,
    // Each test opens an app, a database and a browser of its own; what they share are modules, and reading these anew for each file takes a minute.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
});
