// The site's statement on accessibility: a page without a script, which opens beside the questions wherever they stand, so
// that no answer is lost.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { answerAll, begin, chooseState, openAndWait, title } from './family.mjs';
import { agency, inside, tag, visit } from './guest.mjs';
import { assertAccessible, assertNoWiderThan, assertNothingLost, spaceOut } from './looking.mjs';
import { DESKTOP, PHONE, RULES, openPage, serve } from './product.mjs';

const { browser, origin, rules, site } = await agency();
const server = await serve(RULES);
after(() => server.stop());
const arkansas = await rules('AR');

/** Where the questions stand, opened on the state's first page. */
const PLACES = {
  async 'served on this machine'(lang) {
    const opened = await openPage(browser);
    await openAndWait(opened.page, server.address);
    await chooseState(opened.page, arkansas);
    if (lang === 'es') await opened.page.getByRole('button', { name: 'Español' }).click();
    return { ...opened, screener: opened.page, at: server.address };
  },
  isolated: (lang) => onWebsite('isolated', lang),
  inline: (lang) => onWebsite('inline', lang),
};

async function onWebsite(mode, lang) {
  const opened = await visit(browser, origin, `<main>${tag(`state="AR" lang="${lang}" mode="${mode}"`)}</main>`);
  return { ...opened, screener: await inside(opened.page, mode), at: `${origin}/` };
}

for (const [place, lang] of [['served on this machine', 'en'], ['isolated', 'es'], ['inline', 'en']]) {
  test(`it opens beside the questions, in the family's language, and no answer is lost: ${place}, ${lang}`, async () => {
    const { page, screener, at, close } = await PLACES[place](lang);
    await begin(screener);
    await answerAll(screener, arkansas, { enrolled: [] }, { lang, upTo: 'medicaid' });
    const question = await title(screener);
    const [beside] = await Promise.all([page.waitForEvent('popup'), screener.locator('.foot .statement').click()]);
    await beside.waitForLoadState();
    assert.equal(beside.url(), `${at}accessibility.html#${lang}`);
    assert.ok(await beside.locator(`section[lang="${lang}"] h1`).isVisible());
    assert.equal(await beside.evaluate(() => opener), null);
    assert.equal(await title(screener), question);
    await close();
  });
}

test('it needs no script, and says which browsers and tools look, what nobody has tested, and of which day it is', () => {
  const page = readFileSync(join(site.folder, 'accessibility.html'), 'utf8');
  assert.doesNotMatch(page, /<script|<style|style=|javascript:/i);
  for (const lang of ['en', 'es']) {
    const [section] = page.match(new RegExp(`<section id="${lang}"[^]*?</section>`));
    for (const said of ['WCAG 2.2', 'axe', 'Chromium', 'Firefox', 'Safari', '<time datetime="20']) assert.ok(section.includes(said), `${lang}: ${said}`);
    assert.ok((section.match(lang === 'en' ? /No one/g : /Nadie|Ninguna persona/g) ?? []).length >= 6, lang);
  }
});

for (const colorScheme of ['light', 'dark']) {
  test(`everyone can read it: ${colorScheme}`, async () => {
    const { page, close } = await openPage(browser, { colorScheme, viewport: PHONE });
    for (const address of [server.address, `${origin}/`]) {
      await page.goto(`${address}accessibility.html`);
      await page.evaluate(() => void (window.screenerRoot = () => document));
      const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      assert.equal(ground, { light: 'rgb(251, 247, 240)', dark: 'rgb(27, 25, 23)' }[colorScheme], 'it is in its style');
      await assertAccessible(page, address);
      for (const link of await page.getByRole('navigation').getByRole('link').all()) assert.ok((await link.boundingBox()).height >= 44);
      for (const viewport of [{ width: 320, height: 256 }, DESKTOP]) {
        await page.setViewportSize(viewport);
        await assertNothingLost(page, address);
        await assertNoWiderThan(page, viewport.width, address);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      await spaceOut(page);
      await assertNothingLost(page, `${address}, spaced out`);
    }
    await close();
  });
}
