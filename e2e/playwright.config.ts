import { defineConfig } from '@playwright/test';
import { pickBrowser } from './screen/browser';

const browser = await pickBrowser();
if (!process.env['TEST_WORKER_INDEX']) console.log(`browser: ${browser.name}`);

/** Tests of the whole Studio on a screen: served in a browser, and in its window. They need a build. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../coverage/e2e',
  workers: 2,
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: '../coverage/e2e.json' }]],
  use: {
    trace: 'retain-on-failure',
    launchOptions: { ...(browser.executablePath === undefined ? {} : { executablePath: browser.executablePath }), args: browser.args, ...(browser.env ? { env: browser.env } : {}) },
  },
});
