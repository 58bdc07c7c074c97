// The screener in a website's own colors, fonts and corners, in both modes; values that are none, or that nobody could
// read, are refused with a word in the console.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin } from './family.mjs';
import { agency, frameOf, inside, tag, visit } from './guest.mjs';
import { assertAccessible } from './looking.mjs';

const { browser, origin } = await agency();

const seen = (screener) =>
  screener.locator('.main').evaluate((button) => {
    const style = getComputedStyle(button);
    const frame = getComputedStyle(button.closest('.frame'));
    const link = getComputedStyle(button.getRootNode().querySelector('.phone'));
    return { button: style.backgroundColor, radius: style.borderTopLeftRadius, ground: frame.backgroundColor, ink: frame.color, link: link.color, font: frame.fontFamily, scheme: getComputedStyle(button.getRootNode().host).colorScheme };
  });

const LIGHT = { button: 'rgb(27, 94, 87)', ground: 'rgb(251, 247, 240)', ink: 'rgb(38, 34, 29)' };
const DARK = { button: 'rgb(138, 211, 199)', ground: 'rgb(27, 25, 23)', ink: 'rgb(243, 237, 228)' };

const only = (look, { button, ground, ink }) => assert.deepEqual({ button: look.button, ground: look.ground, ink: look.ink }, { button, ground, ink });

/** A website with these properties in its style sheet; what the console was told. */
async function dressed(mode, css, { attributes = '', ...options } = {}) {
  const warnings = [];
  const listening = { newContext: async (given) => {
    const context = await browser.newContext(given);
    context.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    return context;
  } };
  const opened = await visit(listening, origin, `<main>${tag(`state="AR" lang="en" mode="${mode}" ${attributes}`)}</main>`, { css, ...options });
  const screener = await inside(opened.page, mode);
  await screener.getByRole('button', { name: 'Start' }).waitFor();
  return { ...opened, screener, warnings };
}

/** Until the look is as wanted, or for two seconds. */
async function becomes(screener, wanted) {
  for (let at = 0; at < 20; at += 1) {
    const look = await seen(screener);
    if (Object.entries(wanted).every(([name, value]) => look[name] === value)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(await seen(screener), wanted);
}

for (const mode of ['isolated', 'inline']) {
  test(`${mode}: colors, font and corners by custom properties, also by way of the website's own, and any way to write a color`, async () => {
    const css = ':root { --brand: rgb(0 60 130); } care-pathway { --carepath-accent: var(--brand); --carepath-background: white; --carepath-text: oklch(0.25 0 0); --carepath-font: "Courier New", monospace; --carepath-radius: 3px; }';
    const { screener, warnings, close } = await dressed(mode, css);
    const look = await seen(screener);
    assert.deepEqual([look.button, look.ground, look.link, look.radius], ['rgb(0, 60, 130)', 'rgb(255, 255, 255)', 'rgb(0, 60, 130)', '3px']);
    assert.match(look.ink, /^rgb\(3\d, 3\d, 3\d\)$/);
    assert.match(look.font, /Courier New/);
    assert.equal(look.scheme, 'light');
    assert.deepEqual(warnings, []);
    await close();
  });

  test(`${mode}: a dark background makes it a dark page, on a light device too`, async () => {
    const { screener, close } = await dressed(mode, 'care-pathway { --carepath-background: #101418; --carepath-text: #f0f0f0; --carepath-accent: #9cd0ff; }');
    const look = await seen(screener);
    assert.equal(look.scheme, 'dark');
    only(look, { button: 'rgb(156, 208, 255)', ground: 'rgb(16, 20, 24)', ink: 'rgb(240, 240, 240)' });
    await close();
  });

  test(`${mode}: colors that nobody could read are refused together, and the console says which pair`, async () => {
    const { screener, warnings, close } = await dressed(mode, 'care-pathway { --carepath-background: #ffffff; --carepath-text: #aaaaaa; --carepath-accent: #ffcc00; --carepath-radius: 0; }');
    const look = await seen(screener);
    only(look, LIGHT);
    assert.equal(look.radius, '0px', 'what is no color is kept');
    assert.ok(warnings.some((each) => /--carepath-text on --carepath-background.*2\.32:1.*4\.5:1/.test(each)), warnings.join('\n'));
    assert.ok(warnings.some((each) => /--carepath-accent on --carepath-background.*1\.5\d:1/.test(each)), warnings.join('\n'));
    await close();
  });

  test(`${mode}: a value that is none, and one that would be more than a value`, async () => {
    const css = `care-pathway { --carepath-accent: red;} care-pathway { --carepath-accent: url(https://example.org/x); --carepath-text: "}*{display:none}"; --carepath-background: rgb(0 0 0 / 40%); --carepath-font: 12px; --carepath-radius: {evil}; }`;
    const { screener, warnings, close } = await dressed(mode, css);
    only(await seen(screener), LIGHT);
    for (const name of ['accent', 'text', 'background', 'font', 'radius']) assert.ok(warnings.some((each) => each.includes(`--carepath-${name} is not`)), `${name}: ${warnings.join('\n')}`);
    await close();
  });

  test(`${mode}: theme light, dark, auto; changed later too`, async () => {
    const { page, screener, close } = await dressed(mode, '', { attributes: 'theme="light"', colorScheme: 'dark' });
    only(await seen(screener), LIGHT);
    const set = (value) => page.evaluate((value) => document.querySelector('care-pathway').setAttribute('theme', value), value);
    await set('auto');
    await becomes(screener, DARK);
    await page.emulateMedia({ colorScheme: 'light' });
    await becomes(screener, LIGHT);
    await set('dark');
    await becomes(screener, { ...DARK, scheme: 'dark' });
    await close();
  });

  test(`${mode}: a website that changes its colors later is followed, and checked again`, async () => {
    const { page, screener, warnings, close } = await dressed(mode, 'care-pathway { --carepath-accent: rgb(0, 60, 130); } .violet care-pathway { --carepath-accent: rgb(90, 20, 120); } .pale care-pathway { --carepath-accent: rgb(250, 230, 250); }');
    await becomes(screener, { button: 'rgb(0, 60, 130)' });
    const dress = (name) => page.evaluate((name) => (document.documentElement.className = name), name);
    await dress('violet');
    await becomes(screener, { button: 'rgb(90, 20, 120)' });
    assert.deepEqual(warnings, []);
    await page.evaluate(() => void (window.told = new Promise((resolve) => addEventListener('carepath-theme', ({ detail }) => resolve(detail), { once: true }))));
    await dress('pale');
    await becomes(screener, LIGHT);
    assert.equal(warnings.length, 1);
    const { refused } = await page.evaluate(() => window.told);
    assert.deepEqual(refused.map((each) => `carepath: ${each}`), warnings);
    await close();
  });

  test(`${mode}: axe finds nothing in a website's colors, the iframe included`, async () => {
    const { page, screener, close } = await dressed(mode, 'care-pathway { --carepath-accent: #7a1fa2; --carepath-background: #fff8e1; --carepath-text: #333; }', { bypassCSP: true });
    await begin(screener);
    await screener.locator('fieldset.question').waitFor();
    await screener.getByRole('button', { name: 'Continue' }).click();
    await screener.locator('[data-mistake]').waitFor();
    await assertAccessible(mode === 'inline' ? page : screener, mode);
    await close();
  });
}

test('inline: parts that a website may style', async () => {
  const css = 'care-pathway::part(button) { border-radius: 30px; } care-pathway::part(title) { color: rgb(1, 2, 3); } care-pathway::part(foot) { border-top-style: dashed; }';
  const { screener, close } = await dressed('inline', css);
  assert.equal((await seen(screener)).radius, '30px');
  assert.equal(await screener.locator('#title').evaluate((each) => getComputedStyle(each).color), 'rgb(1, 2, 3)');
  assert.equal(await screener.locator('.foot').evaluate((each) => getComputedStyle(each).borderTopStyle), 'dashed');
  await close();
});

test('isolated: what the iframe is sent is parsed there, whoever sends it', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag()}</main>`);
  const frame = await frameOf(page);
  await page.locator('care-pathway iframe').evaluate((iframe) => {
    const style = { accent: 'red;} * { display: none', font: 'x; background: url(https://example.org/x)', radius: { toString: 1 }, other: '1', background: '}' };
    iframe.contentWindow.postMessage({ carepath: 1, type: 'hello', set: { state: 'AR', lang: 'en', onclick: 'alert(1)', style: 'display:none' }, style }, '*');
  });
  await page.waitForTimeout(200);
  assert.ok(await frame.getByRole('button', { name: 'Start' }).isVisible());
  only(await seen(frame), LIGHT);
  assert.deepEqual(await frame.locator('care-pathway-screener').evaluate((element) => element.getAttributeNames().filter((name) => ['onclick'].includes(name))), []);
  await close();
});
