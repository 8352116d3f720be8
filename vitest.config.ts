import { configDefaults, defineConfig } from 'vitest/config';

/** These change the globals of their process (a WebSocket that Microsoft's client finds), so each has one of its own. */
const APART = ['test/conformance/**/*.test.ts'];
const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Browsers and child processes share two cores with everything else: what fails twice is broken.
  retry: process.env.CI ? 2 : 0,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'test/setup.ts',
    projects: [
      {
        test: {
          ...common,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...APART],
          // Loading the bot and its knowledge takes seconds: once for each worker, not for each file.
          isolate: false,
        },
      },
      { test: { ...common, name: 'apart', include: APART } },
    ],
  },
});
