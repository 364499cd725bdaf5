import { defineConfig } from '@playwright/test';
import { pickBrowser } from './screen/browser';

const browser = await pickBrowser();
if (!process.env['TEST_WORKER_INDEX']) console.log(`browser: ${browser.name}`);

/** Tests of the whole Studio on a screen: served in a browser, and in its window. They need a build. */
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'studio', testMatch: '*.spec.ts', testIgnore: 'packaged.spec.ts' },
    // The app as it is installed: npm run package:dir, then npm run package:check.
    { name: 'packaged', testMatch: 'packaged.spec.ts' },
  ],
  outputDir: '../coverage/e2e',
  workers: 2,
  timeout: 60_000,
  // A slow machine may miss a deadline once; what fails three times is broken.
  retries: process.env['CI'] === undefined ? 0 : 2,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: `../coverage/${process.argv.some((argument) => argument.endsWith('packaged')) ? 'packaged' : 'e2e'}.json` }]],
  use: {
    trace: 'retain-on-failure',
    launchOptions: { ...(browser.executablePath === undefined ? {} : { executablePath: browser.executablePath }), args: browser.args, ...(browser.env ? { env: browser.env } : {}) },
  },
});
