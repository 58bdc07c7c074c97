// The element on other people's pages: a strict policy, a reset that wrecks styles, two at once, another
// heading level, an address of its own for the rules.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, heard, openAndWait } from './family.mjs';
import { openPage, start } from './product.mjs';

const { browser, server } = await start();

const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** A page on the same host; returns what `openPage` does. */
async function host(body, { head = '', routes = {}, ...options } = {}) {
  const opened = await openPage(browser, options);
  for (const [pattern, answer] of Object.entries(routes)) await opened.page.route(pattern, answer);
  await opened.page.route('**/host.html', (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': STRICT },
      body: `<!doctype html><html lang="en"><head><title>A host</title><meta name="viewport" content="width=device-width">${head}</head><body>${body}<script type="module" src="/carepath.js"></script></body></html>`,
    }),
  );
  await openAndWait(opened.page, new URL('host.html', server.address).href);
  return opened;
}

test('state and language by attribute, under a strict policy, without one refused style or script', async () => {
  const { page, close } = await host('<main><care-pathway mode="inline" state="AR" lang="es"><a href="tel:1">Llame</a></care-pathway></main>');
  await heard(page, 'carepath-ready');
  assert.equal(await page.locator('care-pathway-screener .main').innerText(), 'Empezar');
  assert.equal(await page.locator('care-pathway-screener .frame').getAttribute('lang'), 'es');
  const styled = await page.locator('care-pathway-screener .main').evaluate((button) => getComputedStyle(button).backgroundColor);
  assert.notEqual(styled, 'rgba(0, 0, 0, 0)');
  assert.equal(await page.locator('care-pathway-screener style, care-pathway-screener [style]').count(), 0);
  await close();
});

test('headings begin where the host page says', async () => {
  const { page, close } = await host('<main><h1>A resource center</h1><care-pathway mode="inline" state="AR" heading-level="2"></care-pathway></main>');
  await heard(page, 'carepath-ready');
  assert.equal(await page.locator('care-pathway-screener h1').count(), 0);
  assert.equal(await page.locator('care-pathway-screener h2').count(), 1);
  await close();
});

test('the host’s styles stay outside', async () => {
  const css = '* { margin: 0; padding: 0; box-sizing: content-box; list-style: none; } html { font: 8px cursive; font-size: 62.5%; color: red; text-transform: uppercase; text-align: center; }';
  const { page, close } = await host('<main><care-pathway mode="inline" state="AR"></care-pathway></main>', {
    head: '<link rel="stylesheet" href="/wreck.css">',
    routes: { '**/wreck.css': (route) => route.fulfill({ contentType: 'text/css', body: css }) },
  });
  await heard(page, 'carepath-ready');
  const look = await page.locator('care-pathway-screener .promise').evaluate((element) => {
    const { fontSize, textTransform, color, textAlign } = getComputedStyle(element);
    return { size: parseFloat(fontSize), textTransform, color, textAlign };
  });
  assert.ok(look.size >= 17, `${look.size} px`);
  assert.equal(look.textTransform, 'none');
  assert.notEqual(look.color, 'rgb(255, 0, 0)');
  assert.equal(look.textAlign, 'start');
  await close();
});

test('two on one page, each with its own answers', async () => {
  const { page, close } = await host('<main><care-pathway mode="inline" state="AR" lang="en"></care-pathway><care-pathway mode="inline" state="MA" lang="en" heading-level="2"></care-pathway></main>');
  await page.waitForFunction(() => window.heard.filter(({ name }) => name === 'carepath-ready').length === 2);
  await page.locator('care-pathway[state="AR"] .main').click();
  await page.locator('care-pathway[state="AR"] fieldset.question').waitFor();
  assert.equal(await page.locator('care-pathway[state="MA"] fieldset').count(), 0);
  await page.locator('care-pathway[state="MA"] .main').click();
  await page.locator('care-pathway[state="MA"] fieldset.question').waitFor();
  // The browser's Back takes back the last step of either, and leaves the other where it was.
  await page.goBack();
  await page.locator('care-pathway[state="MA"] .promise').waitFor();
  assert.equal(await page.locator('care-pathway[state="AR"] fieldset.question').count(), 1);
  await close();
});

test('the rules may come from another address', async () => {
  const asked = [];
  const { page, close } = await host('<main><care-pathway mode="inline" state="AR" rules="/elsewhere/rules.carepath" as-of="2030-01-02"></care-pathway></main>', {
    routes: {
      '**/elsewhere/*': async (route) => {
        const { pathname } = new URL(route.request().url());
        asked.push(pathname);
        const url = new URL(pathname.endsWith('index.json') ? 'rules/index.json' : 'rules/AR.carepath', server.address).href;
        await route.fulfill({ response: await route.fetch({ url }) });
      },
    },
  });
  await heard(page, 'carepath-ready');
  assert.deepEqual(asked.sort(), ['/elsewhere/index.json', '/elsewhere/rules.carepath']);
  await begin(page);
  await close();
});

test('an element taken out and put back begins anew', async () => {
  const { page, close } = await host('<main><care-pathway mode="inline" state="AR"></care-pathway></main>');
  await heard(page, 'carepath-ready');
  await begin(page);
  await page.evaluate(() => {
    const element = document.querySelector('care-pathway');
    const parent = element.parentNode;
    element.remove();
    parent.append(element);
  });
  await page.waitForFunction(() => window.heard.filter(({ name }) => name === 'carepath-ready').length === 2);
  await begin(page);
  await close();
});

test('without scripts: a number to call', async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(server.address);
  assert.match(await page.locator('body').innerText(), /1-877-543-7669/);
  await close();
});
