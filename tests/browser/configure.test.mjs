// The page for webmasters: what is chosen stands in the tag and in what is shown, and the tag works on another website.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, launch, openPage } from './product.mjs';
import { assertAccessible, assertNoWiderThan } from './looking.mjs';
import { host, site } from './site.mjs';

let browser, built, agency;

before(async () => {
  built = await site();
  [browser, agency] = await Promise.all([launch(), host(built.folder, { headers: { 'access-control-allow-origin': '*' } })]);
});

after(async () => {
  await browser?.close();
  await agency?.stop();
  built?.remove();
});

async function configurator(options) {
  const opened = await openPage(browser, options);
  await opened.page.goto(`${agency.origin}/configure.html`);
  await opened.page.frameLocator('care-pathway iframe').locator('.main').waitFor();
  return opened;
}

test('what is chosen is shown, and stands in the tag', async () => {
  const { page, close } = await configurator({ viewport: DESKTOP });
  await page.getByLabel('State').selectOption('MA');
  await page.getByLabel('Language at first').selectOption('es');
  await page.getByLabel('Level of its first heading').selectOption('2');
  await page.getByLabel('Light or dark').selectOption('dark');
  await page.frameLocator('care-pathway iframe').getByRole('button', { name: 'Empezar' }).waitFor();
  const tag = await page.locator('#tag').inputValue();
  assert.match(tag, /<care-pathway state="MA" lang="es" heading-level="2" theme="dark"><a href="http:[^"]+\/programs\/ma\.html">/);
  assert.match(tag, /src="http:[^"]+\/carepath-[0-9a-f]{16}\.js" integrity="sha384-[^"]+" crossorigin="anonymous"/);
  assert.equal(await page.locator('#inline-warning').isVisible(), false);
  await page.getByLabel('As a part of your page').check();
  assert.match(await page.locator('#inline-warning').innerText(), /can then read what families answer/);
  await page.locator('care-pathway-screener .main').waitFor();
  assert.match(await page.locator('#tag').inputValue(), / mode="inline"/);
  await close();
});

test('colors that make text hard to read are refused with their contrast', async () => {
  const { page, close } = await configurator({ viewport: DESKTOP });
  await page.getByLabel('Use colors of your own').check();
  await page.getByLabel('Buttons').fill('#123a6b');
  assert.match(await page.locator('#style').inputValue(), /--carepath-accent: #123a6b;/);
  assert.equal(await page.locator('#refused').innerText(), '');
  await page.getByLabel('Text', { exact: true }).fill('#bbbbbb');
  await page.locator('#refused', { hasText: /contrast of 1\.\d\d:1/ }).waitFor();
  await close();
});

test('the tag, pasted into a page of another website, shows the questions', async () => {
  const { page, close } = await configurator();
  const tag = await page.locator('#tag').inputValue();
  await close();
  const guest = await host({ 'index.html': `<!doctype html><html lang="en"><title>A resource center</title><link rel="icon" href="data:,"><body><h1>Us</h1>${tag}` });
  const opened = await openPage(browser);
  await opened.page.goto(guest.origin);
  await opened.page.frameLocator('care-pathway iframe').locator('.main').click();
  await opened.page.frameLocator('care-pathway iframe').locator('fieldset.question').waitFor();
  await opened.close();
  await guest.stop();
});

test('copying says so, and where a browser forbids it the text is selected', async () => {
  const { page, close } = await configurator();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the tag' }).click();
  await page.locator('#copied', { hasText: 'Copied.' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#tag').inputValue());
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } }));
  await page.getByRole('button', { name: 'Copy the tag' }).click();
  await page.locator('#copied', { hasText: 'Control-C' }).waitFor();
  assert.equal(await page.evaluate(() => String(getSelection()) || document.activeElement.id), await page.locator('#tag').inputValue().then((text) => text.replaceAll('\r', '')));
  await close();
});

for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP, 'narrowest column': { width: 320, height: 640 } })) {
  test(`axe finds nothing, and nothing scrolls sideways: ${name}`, async () => {
    const { page, close } = await configurator({ viewport, bypassCSP: true });
    await page.getByLabel('Use colors of your own').check();
    await page.getByLabel('As a part of your page').check();
    await page.locator('care-pathway-screener .main').waitFor();
    await assertAccessible(page, name);
    await assertNoWiderThan(page, viewport.width, name);
    await close();
  });
}
