import type { Page } from '@playwright/test';

/** Counts what the page's content policy refused, from the first script on, and errors that nobody caught. */
export async function watchViolations(page: Page): Promise<() => Promise<readonly string[]>> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(globalThis, { foundViolations: found });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => found.push(`${violatedDirective}: ${blockedURI} ${sample}`));
  });
  return async () => [...errors, ...(await page.evaluate(() => (globalThis as unknown as { readonly foundViolations: readonly string[] }).foundViolations))];
}
