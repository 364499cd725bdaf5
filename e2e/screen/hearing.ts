/** What is in the way of those who hear the page or see little of it: what axe finds of weight, in words. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** `within`: only there, as in a dialog, behind which nothing can be reached. */
export async function findObstacles(page: Page, where: string, within?: string): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${where}: ${id} ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
