/** The person's providers of models in the Studio: added, asked, priced; a key that goes in and is found nowhere; what is wrong is told where it is. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openModelServer, type ModelServer } from '../main/core/testing/model-server';
import { readProviders } from '../main/core/providers/provider-file';
import { findObstacles } from './screen/hearing';
import { Person } from './screen/person';
import { root, ServedStudio } from './screen/served-studio';
import { watchViolations } from './screen/violations';

const PATIENCE = { timeout: 60_000 };
const screens = join(root, 'coverage/screens');

let studio: ServedStudio;
let models: ModelServer;
test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  mkdirSync(screens, { recursive: true });
  studio = new ServedStudio();
  models = await openModelServer(() => ({ kind: 'text', text: 'yes', usage: { input: 2000, output: 1000 } }));
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1440, height: 900 });
});
test.afterEach(async () => {
  await models.close();
  await studio.remove();
});

async function open(page: Page): Promise<Person> {
  await page.goto(await studio.start());
  const person = new Person(page);
  await expect(page.getByRole('button', { name: /^Break an example/ })).toBeVisible(PATIENCE);
  await person.command('providers');
  await expect(person.dialog).toContainText('Providers');
  return person;
}

const newEndpoint = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'OpenAI-compatible' }).click();
const inFile = async (): Promise<unknown> => {
  const read = await readProviders(join(studio.home, 'data'));
  return read.ok ? read.value : read.error;
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a provider is added, asked, priced, and taken away again, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await watchViolations(page);
    const { dialog } = await open(page);
    await newEndpoint(dialog);
    // What nobody has typed yet is no mistake.
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await page.screenshot({ path: join(screens, `${colorScheme}-providers-new.png`), animations: 'disabled' });
    await dialog.getByLabel('Base URL').fill(`${models.origin}/v1`);
    await dialog.getByLabel('Key from').selectOption('none');
    await dialog.getByRole('button', { name: 'Add model' }).click();
    await expect(dialog.getByLabel('Model 1', { exact: true })).toBeFocused();
    await page.keyboard.type('m-1');
    await dialog.getByLabel('Price of a million tokens in, model 1').fill('1,5');
    await dialog.getByLabel('Price of a million tokens out, model 1').fill('2');
    await dialog.getByRole('button', { name: 'Save and test' }).click();
    const result = dialog.getByRole('status', { name: 'Test result' });
    await expect(result).toContainText('2000 tokens in, 1000 out, $0.005', PATIENCE);
    expect(models.seen.map(({ body }) => body['model'])).toEqual(['m-1']);
    await expect(dialog.getByRole('list', { name: 'Providers' })).toContainText('no key');
    await page.screenshot({ path: join(screens, `${colorScheme}-providers.png`), animations: 'disabled' });
    expect(await findObstacles(page, 'Providers', '[role=dialog]')).toEqual([]);
    expect(await inFile()).toMatchObject({ endpoint: { baseUrl: `${models.origin}/v1`, keyFrom: 'none', models: { 'm-1': { inputUsd: 1.5, outputUsd: 2 } } } });

    models.behave = () => ({ kind: 'status', status: 200, body: '{"object":"list","data":[{"id":"m-2"},{"id":"m-1"}]}' });
    await dialog.getByRole('button', { name: 'Ask it for its models' }).click();
    await expect(dialog.getByLabel('Model 2', { exact: true })).toHaveValue('m-2', PATIENCE);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(inFile, PATIENCE).toMatchObject({ endpoint: { models: { 'm-1': { inputUsd: 1.5 }, 'm-2': null } } });
    // By keys alone, and asked once more, since nothing brings it back.
    await dialog.getByRole('button', { name: 'Remove' }).press('Enter');
    expect(await inFile()).toHaveProperty('endpoint');
    await page.keyboard.press('Enter');
    await expect.poll(inFile, PATIENCE).toEqual({});
    await expect(dialog).toContainText('None yet.');
    expect(await violations()).toEqual([]);
  });
}

test('what is wrong is told at its field, and nothing that was typed is lost', async ({ page }) => {
  const { dialog } = await open(page);
  await newEndpoint(dialog);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const address = dialog.getByLabel('Base URL');
  await expect(address).toBeFocused();
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByRole('alert')).toContainText('such as https://api.example.com/v1');
  await address.fill('http://far.example.com/v1');
  await expect(dialog.getByRole('alert')).toContainText('A key goes over https');
  await page.screenshot({ path: join(screens, 'light-providers-wrong.png'), animations: 'disabled' });
  // Another is begun, and the first is as it was left; a click beside the dialog takes nothing away.
  await dialog.getByRole('button', { name: 'Ollama' }).click();
  await expect(dialog.getByRole('list', { name: 'Providers' }).getByRole('button')).toHaveCount(2);
  await dialog.getByRole('list', { name: 'Providers' }).getByRole('button', { name: /^endpoint/ }).click();
  await expect(address).toHaveValue('http://far.example.com/v1');
  await page.mouse.click(20, 400);
  await expect(address).toHaveValue('http://far.example.com/v1');
  expect(await inFile()).toEqual({});

  // An address where nobody listens: it is saved, and the test says why there is no answer.
  const { origin } = models;
  await models.close();
  await address.fill(`${origin}/v1`);
  await dialog.getByLabel('Key from').selectOption('none');
  await dialog.getByRole('button', { name: 'Add model' }).click();
  await dialog.getByLabel('Model 1', { exact: true }).fill('m-1');
  await dialog.getByLabel('Price of a million tokens in, model 1').fill('cheap');
  await expect(dialog.getByRole('alert')).toContainText('The price of m-1 is a number');
  await dialog.getByLabel('Price of a million tokens in, model 1').fill('');
  await dialog.getByRole('button', { name: 'Save and test' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Check its address', PATIENCE);
  await expect(dialog.getByRole('alert')).toContainText('nobody listens at its address');
  await expect(address).toHaveValue(`${origin}/v1`);
  await page.screenshot({ path: join(screens, 'light-providers-unreachable.png'), animations: 'disabled' });
  models = await openModelServer(() => ({ kind: 'status', status: 401 }));
  await address.fill(`${models.origin}/v1`);
  await dialog.getByRole('button', { name: 'Save and test' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/401|Unauthorized/, PATIENCE);
});

test('from a browser no key is bound to an address, and that is said', async ({ page }) => {
  const { dialog } = await open(page);
  await dialog.getByRole('button', { name: 'Anthropic' }).click();
  await dialog.getByLabel('Key from').selectOption('keychain');
  await expect(dialog).toContainText('No key is taken here');
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveCount(0);
  await dialog.getByLabel('Key from').selectOption('env');
  await dialog.getByLabel('Variable').fill('PATH');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('not changed from a browser', PATIENCE);
  await expect(dialog.getByLabel('Variable')).toHaveValue('PATH');
  expect(await inFile()).toEqual({});
});
