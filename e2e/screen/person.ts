/** What a person does in the Studio, by the names that a screen reader says (contract section 7). */
import { expect, type Locator, type Page } from '@playwright/test';

/** Answers of the core and of the engine come when they come. */
const PATIENCE = { timeout: 90_000 };

export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  // ---- places ----

  node(id: string): Locator {
    return this.page.getByRole('treeitem', { name: id, exact: true });
  }
  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }
  get editor(): Locator {
    return this.page.getByRole('region', { name: 'Editor' });
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  tool(name: string | RegExp): Locator {
    return this.page.getByRole('toolbar').getByRole('button', { name });
  }
  onCanvas(kindAndId: string): Locator {
    return this.page.getByRole('group', { name: kindAndId, exact: true });
  }

  // ---- projects ----

  async newDesign(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^New design/ }).click();
    await this.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.dialog.getByRole('button', { name: 'Create' }).click();
    await expect(this.node('root')).toBeVisible(PATIENCE);
  }

  async newFromExample(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Example ${name}` }).click();
    await this.dialog.getByRole('button', { name: 'Create' }).click();
    await expect(this.node('root')).toBeVisible(PATIENCE);
  }

  // ---- drawing ----

  async select(id: string): Promise<void> {
    await this.node(id).click();
    await expect(this.node(id)).toHaveAttribute('aria-selected', 'true');
  }

  /** From the Palette, under `parent`, called `id`. */
  async place(kind: string, parent: string, id: string): Promise<void> {
    await this.select(parent);
    await this.page.getByRole('region', { name: 'Palette' }).getByRole('button', { name: kind, exact: true }).press('Enter');
    await this.page.keyboard.press('F2');
    await this.dialog.getByRole('textbox', { name: 'Id' }).fill(id);
    await this.page.keyboard.press('Enter');
    await expect(this.node(id)).toBeVisible();
    await expect(this.dialog).toHaveCount(0);
  }

  async remove(id: string): Promise<void> {
    await this.select(id);
    await this.node(id).press('Delete');
    await expect(this.node(id)).toHaveCount(0);
  }

  async fill(field: string, value: string): Promise<void> {
    const box = this.inspector.getByLabel(field, { exact: true });
    await box.fill(value);
    await box.press('Enter');
  }

  async choose(field: string, value: string): Promise<void> {
    await this.inspector.getByLabel(field, { exact: true }).selectOption(value);
  }

  async provide(protocol: string): Promise<void> {
    await this.fill('Provides', protocol);
    await expect(this.inspector.getByRole('button', { name: `Provide ${protocol} no more` })).toBeVisible();
  }

  async require(port: string, protocol: string, provider: string): Promise<void> {
    await this.fill('Requires', `${port}: ${protocol}`);
    await this.choose(`Wire of ${port}`, provider);
    await expect(this.inspector.getByLabel(`Wire of ${port}`)).toHaveValue(provider);
  }

  async addProtocol(name: string, json: object): Promise<void> {
    await this.page.getByRole('button', { name: 'Add protocol' }).click();
    await this.dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.keyboard.press('Enter');
    await this.inspector.getByRole('tab', { name: 'JSON' }).click();
    await this.write(this.inspector.getByRole('textbox', { name: `${name}.json` }), JSON.stringify(json, null, 2));
    await expect(this.inspector.getByRole('alert')).toHaveCount(0);
  }

  /** Of a scripted agent: what it answers where the input contains this. */
  async addRule(number: number, contains: object | undefined, reply: object): Promise<void> {
    await this.inspector.getByRole('button', { name: 'Add rule' }).click();
    const rule = this.inspector.getByRole('listitem', { name: `Rule ${number}` });
    for (const [label, value] of [['Contains', contains], ['Reply', reply]] as const) {
      if (value === undefined) continue;
      const box = rule.getByRole('textbox', { name: label });
      await box.fill(JSON.stringify(value));
      await box.blur();
    }
  }

  async writeHandler(id: string, code: string): Promise<void> {
    await this.node(id).dblclick();
    await this.write(this.editor.getByRole('textbox', { name: 'Handler' }), code);
  }

  /** Over whatever is in the editor. */
  async write(editor: Locator, text: string): Promise<void> {
    await editor.click();
    await editor.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Every edit so far is acknowledged. */
  async isKept(): Promise<void> {
    await expect(this.tool(/^Kept/)).toBeVisible(PATIENCE);
  }

  async hasNoProblems(): Promise<void> {
    await expect(this.tool(/^Check/)).toContainText('no problems', PATIENCE);
  }

  // ---- running ----

  async run(): Promise<void> {
    await this.tool(/^Run/).click();
    const allow = this.dialog.filter({ hasText: 'Allow capabilities' });
    await expect(allow.or(this.status('running'))).toBeVisible(PATIENCE);
    if (await allow.isVisible()) await allow.getByRole('button', { name: 'Allow and run' }).click();
    await expect(this.status('running')).toBeVisible(PATIENCE);
  }

  async stop(): Promise<void> {
    await this.tool(/^Stop/).click();
    await expect(this.status('stopped')).toBeVisible(PATIENCE);
  }

  status(word: string): Locator {
    return this.page.getByRole('status', { name: 'Run status' }).filter({ hasText: word });
  }

  agent(id: string): Locator {
    return this.page.getByRole('table', { name: 'Agents' }).getByRole('row').filter({ has: this.page.getByText(id, { exact: true }) });
  }

  async fromMenu(id: string, item: string): Promise<void> {
    await this.node(id).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Answers what came back, as text. */
  async send(id: string, input: object): Promise<string> {
    await this.fromMenu(id, 'Send');
    await this.dialog.getByRole('button', { name: 'As JSON' }).click();
    const box = this.dialog.getByRole('textbox', { name: 'Input' });
    await box.fill(JSON.stringify(input));
    await this.dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = this.dialog.getByRole('region', { name: 'Answer' });
    await expect(answer).toBeVisible(PATIENCE);
    const text = await answer.innerText();
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toHaveCount(0);
    return text;
  }

  async command(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }
}
