/** The tests that Stryker runs: those of the engine that are quick. Each of them is run again for every fault that it could notice. */
import { defineConfig } from 'vitest/config';

const SLOW = ['agree', 'json-schema', 'rules'];

export default defineConfig({
  test: {
    include: ['test/flow/*.test.ts'],
    exclude: SLOW.map((name) => `test/flow/${name}.test.ts`),
    // Read anew for every fault, what the tests share would cost more than the tests.
    isolate: false,
    testTimeout: 30_000,
  },
});
