// The websites we are a guest on, as they are: a reset that takes every style away, a framework that styles every
// tag, a header that covers what is scrolled to, a page written from right to left, a column of 320 px. Each in both
// modes, by the policy that the documentation gives.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, begin, heard, seeResults } from './family.mjs';
import { POLICY, agency, frameOf, inside, tag, visit } from './guest.mjs';

const { browser, origin, rules } = await agency();
const arkansas = await rules('AR');

const CHILD = { birth_month: '2016-03', medicaid: 'yes', enrolled: [] };

/** What themes of WordPress do to every tag. */
const RESET = `*, *::before, *::after { margin: 0 !important; padding: 0; box-sizing: content-box; border: 0 !important; font: inherit; vertical-align: baseline; list-style: none; text-transform: uppercase; letter-spacing: 2px; outline: none !important; transition: all 2s; }
html { font-size: 62.5%; } body { line-height: 1; color: #c00; text-align: center; font-family: cursive; }
button, input, select { all: unset; appearance: none; } iframe { max-width: 100%; height: 150px; border: 5px solid red; display: none; }
a { color: inherit; text-decoration: none; } [hidden] { display: block !important; } .main, .page, .frame, .card { display: none; }`;

/** What Bootstrap's reboot and utilities say of tags and of names that we use too. */
const BOOTSTRAP = `*, ::after, ::before { box-sizing: border-box; } @media (prefers-reduced-motion: no-preference) { :root { scroll-behavior: smooth; } }
body { margin: 0; font-family: system-ui, sans-serif; font-size: 1rem; font-weight: 400; line-height: 1.5; color: #212529; background-color: #fff; }
h1, h2, h3 { margin-top: 0; margin-bottom: .5rem; font-weight: 500; line-height: 1.2; } p { margin-top: 0; margin-bottom: 1rem; }
fieldset { min-width: 0; padding: 0; margin: 0; border: 0; } legend { float: left; width: 100%; margin-bottom: .5rem; font-size: calc(1.275rem + .3vw); }
button { border-radius: 0; text-transform: none; } img, svg { vertical-align: middle; } iframe { border: 0; } label { display: inline-block; }
.card { position: relative; display: flex; flex-direction: column; } .page { display: none; } .hidden { visibility: hidden !important; } .option { opacity: 0; }`;

const LOOKS = { reset: RESET, bootstrap: BOOTSTRAP };

const look = (screener) =>
  screener.locator('.promise').evaluate((element) => {
    const { fontSize, textTransform, color, textAlign, letterSpacing, direction } = getComputedStyle(element);
    const button = element.getRootNode().querySelector('.main').getBoundingClientRect();
    return { size: parseFloat(fontSize), textTransform, color, textAlign, letterSpacing, direction, button: Math.round(button.height) };
  });

for (const mode of ['isolated', 'inline']) {
  const markup = (more = '') => tag(`state="AR" lang="en" mode="${mode}" ${more}`);

  for (const [name, css] of Object.entries(LOOKS)) {
    test(`${mode}: ${name}`, async () => {
      const { page, close } = await visit(browser, origin, `<main>${markup()}</main>`, { css });
      const screener = await inside(page, mode);
      const seen = await look(screener);
      assert.ok(seen.size >= 17, `${seen.size} px`);
      assert.ok(seen.button >= 44, `a button of ${seen.button} px`);
      assert.deepEqual([seen.textTransform, seen.textAlign, seen.letterSpacing], ['none', 'start', 'normal']);
      assert.notEqual(seen.color, 'rgb(204, 0, 0)');
      const box = await page.locator('care-pathway').boundingBox();
      assert.ok(box.height > 300, `the element is ${box.height} px high`);
      await begin(screener);
      await answerAll(screener, arkansas, CHILD);
      await seeResults(screener);
      await close();
    });
  }

  test(`${mode}: a page from right to left`, async () => {
    const { page, close } = await visit(browser, origin, `<main>${markup()}</main>`, { html: '<html lang="ar" dir="rtl">' });
    const { direction, textAlign } = await look(await inside(page, mode));
    assert.deepEqual([direction, textAlign], ['ltr', 'start']);
    await close();
  });

  test(`${mode}: a column of 320 px, and of 240`, async () => {
    const css = 'body { margin: 0; display: flex; } .column { flex: none; width: 320px; } aside { flex: 1; } #narrow { width: 240px; }';
    for (const id of ['wide', 'narrow']) {
      const { page, close } = await visit(browser, origin, `<div class="column" id="${id}">${markup()}</div><aside>More</aside>`, { css, viewport: { width: 1024, height: 800 } });
      const screener = await inside(page, mode);
      const room = id === 'wide' ? 320 : 240;
      const fits = async (what) => {
        const width = await screener.evaluate(() => Math.max(...[...window.screenerRoot().querySelectorAll('*')].filter((each) => each.checkVisibility() && !each.classList.contains('hidden')).map((each) => each.getBoundingClientRect().right)));
        assert.ok(width <= room + 0.5, `${what}: ${width} px of ${room}`);
        assert.equal(await page.locator('care-pathway').evaluate((element) => element.scrollWidth > element.clientWidth), false, what);
      };
      await fits('start');
      await begin(screener);
      await fits('question');
      await answerAll(screener, arkansas, CHILD);
      await fits('check');
      await seeResults(screener);
      await fits('results');
      await close();
    }
  });

  test(`${mode}: a strict policy, exactly as documented`, async () => {
    const { page, close } = await visit(browser, origin, `<main>${markup()}</main>`, { policy: POLICY[mode](origin) });
    const screener = await inside(page, mode);
    await begin(screener);
    await answerAll(screener, arkansas, CHILD);
    await seeResults(screener);
    await close(); // and not one complaint of the browser
  });

  test(`${mode}: under a header that stays, the top of a new page is seen, and what is seen does not move`, async () => {
    const css = 'body { margin: 0; } header { position: sticky; top: 0; height: 90px; background: #eee; z-index: 1; } .tall { height: 900px; } care-pathway { --carepath-scroll-offset: 100px; }';
    const { page, close } = await visit(browser, origin, `<header>A header</header><div class="tall">Before</div><main>${markup()}</main><div class="tall">After</div>`, { css, viewport: { width: 390, height: 700 } });
    const screener = await inside(page, mode);
    const top = () => page.locator('care-pathway').evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const scrollTo = (to) => page.evaluate((to) => scrollTo(0, to), to);
    const next = async (go) => {
      const before = await screener.locator('#title').innerText();
      await screener.evaluate(go);
      await screener.waitForFunction((before) => window.screenerRoot().querySelector('#title').innerText !== before, before);
      await page.waitForTimeout(250);
    };
    const back = () => window.screenerRoot().querySelector('.back').click();
    const leave = () => window.screenerRoot().querySelector('.foot .quiet').click();
    const start = () => window.screenerRoot().querySelector('.main').click();
    // Far below the top: the new page begins under the header, not behind it.
    await scrollTo(1300);
    assert.ok((await top()) < 0);
    await next(start);
    assert.equal(await top(), 100);
    // Seen already: it stays where it is.
    await scrollTo(790);
    const seen = await top();
    assert.ok(seen > 100 && seen < 300, `${seen}`);
    await next(leave);
    assert.equal(await top(), seen);
    // Back, where browsers scroll to wherever the page was left.
    await next(back);
    await next(back);
    assert.ok((await top()) >= 100 && (await top()) < 300, `${await top()}`);
    // Below the screen.
    await scrollTo(0);
    await next(start);
    assert.equal(await top(), 100);
    await close();
  });
}

test('isolated: a mistake far down is brought into view', async () => {
  const css = 'body { margin: 0; } .tall { height: 900px; }';
  const { page, close } = await visit(browser, origin, `<div class="tall">Before</div><main>${tag()}</main><div class="tall">After</div>`, { css, viewport: { width: 390, height: 500 } });
  const frame = await frameOf(page);
  await begin(frame);
  await frame.locator('fieldset.question').waitFor();
  await page.evaluate(() => scrollTo(0, 10_000));
  await page.evaluate(() => scrollTo(0, 900 + document.querySelector('care-pathway').clientHeight - 200));
  await frame.evaluate(() => window.screenerRoot().querySelector('button[type="submit"]').click());
  await frame.locator('[data-mistake]').waitFor();
  await page.waitForFunction(() => true);
  await page.waitForTimeout(250);
  const at = await page.locator('care-pathway iframe').evaluate((iframe) => iframe.getBoundingClientRect().top);
  const { top, bottom } = await frame.locator('[data-mistake]').evaluate((element) => { const { top, bottom } = element.getBoundingClientRect(); return { top, bottom }; });
  assert.ok(at + top >= 0 && at + bottom <= 500, `from ${at + top} to ${at + bottom} of 500`);
  await close();
});
