// For everyone, on the site's own page: axe where something went wrong, too; small screens, zoom and spaced out text; colors
// of the device's own; no motion; errors that lead to the control; what is said aloud; paper.
// Every page in four states: `everywhere`. The keyboard: `keyboard`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUTTON, answerAll, begin, chooseState, fill, handsOf, heard, openAndWait, press, seeResults, title } from './family.mjs';
import { CHANGED, MISTAKEN, OPENED, assertAccessible, assertForEveryone, assertLargeTargets, assertNoWiderThan, assertNothingLost, spaceOut } from './looking.mjs';
import { everyPage } from './pages.mjs';
import { DESKTOP, PHONE, openPage, start } from './product.mjs';
import { families } from './scenarios.mjs';

const { browser, server, engines } = await start(['AR', 'IL', 'NC', 'TN']);
const arkansas = engines.AR;

/** Medicaid, in no program, everything else not sure: a way through most kinds of questions and groups. */
const CHILD = { birth_month: '2005-06', medicaid: 'yes', enrolled: [], diagnosis: { names: [0], complete: 'yes' } };
const knows = ({ fact }) => CHILD[fact] ?? 'unknown';

/** Every page of the site's own, from the list of states on; `before` is called once the first is there. */
async function walk(look, { state = 'AR', lang = 'en', before = async () => {}, ...options } = {}) {
  const { page, close } = await openPage(browser, options);
  await openAndWait(page, server.address);
  await before(page);
  if (lang === 'es') await page.getByRole('button', { name: 'Español' }).click();
  await look(page, 'states', CHANGED);
  await page.getByRole('button', { name: engines[state].about().name[lang], exact: true }).click();
  await heard(page, 'carepath-ready');
  const known = state === 'AR' ? knows : families(engines[state], state).families[0];
  await everyPage(handsOf(page), { engine: engines[state], knows: known, lang, look: (name, shown) => look(page, `${name}, ${shown}`, shown) });
  await close();
}

for (const [name, options] of Object.entries({ 'a phone, light': { viewport: PHONE, colorScheme: 'light' }, 'a desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' } })) {
  test(`axe finds nothing on any page: ${name}`, () => walk(assertForEveryone, options));
}

test('axe finds nothing where something went wrong: answers that do not fit, rules that do not load, all cleared', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, { colorScheme, expectErrors: true });
    await openAndWait(page, server.address);
    await chooseState(page, arkansas);
    await begin(page);
    const questions = arkansas.questions();
    await answerAll(page, arkansas, CHILD, { upTo: 'birth_date' });
    await fill(page, questions.birth_date, '2005-07-01');
    await press(page, 'continue');
    await page.getByText('Which is right?').waitFor();
    await assertAccessible(page, 'conflict');
    await press(page, 'leave');
    await page.locator('care-pathway-screener .page .main').click();
    await assertAccessible(page, 'left');
    await page.route('**/rules/AR.carepath', (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: arkansas.about().name.en, exact: true }).click();
    await page.getByText('did not load').waitFor();
    await assertAccessible(page, 'failure');
    await close();
  }
});

const SMALL = { width: 320, height: 640 };
/** 1280 by 1024 pixels at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

for (const [name, options] of Object.entries({
  '320 px': { viewport: SMALL, state: 'IL', lang: 'es' },
  '400 % zoom': { ...ZOOMED, state: 'NC' },
  '320 px, text spaced out': { viewport: SMALL, before: spaceOut, state: 'TN', lang: 'es' },
  'a desktop, text spaced out': { viewport: DESKTOP, before: spaceOut },
})) {
  test(`${name}: nothing is cut, nothing lies over anything, nothing scrolls sideways`, () =>
    walk(async (page, what) => {
      await assertNothingLost(page, what);
      await assertNoWiderThan(page, (options.viewport ?? SMALL).width, what);
      await assertLargeTargets(page, what);
    }, options));
}

const focused = (page) =>
  page.evaluate(() => {
    const active = screenerRoot().activeElement;
    return active && { tag: active.tagName, id: active.id, name: active.getAttribute('name'), type: active.type ?? null, value: active.value ?? null, text: active.textContent.trim() };
  });

test('Continue without an answer: the focus goes to the error, and its link to the control', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  await chooseState(page, arkansas);
  await begin(page);
  const before = await title(page);
  await press(page, 'continue');
  const summary = page.locator('care-pathway-screener [data-mistake]');
  await summary.waitFor();
  assert.equal(await title(page), before);
  assert.ok(await summary.evaluate((element) => element.getRootNode().activeElement === element));
  await summary.getByRole('link').click();
  const { name } = await focused(page);
  assert.ok(name, 'a control has the focus');
  const described = await page.locator('care-pathway-screener fieldset.question').getAttribute('aria-describedby');
  const texts = await page.evaluate((ids) => ids.map((id) => screenerRoot().getElementById(id)?.textContent ?? ''), described.split(' '));
  assert.ok(texts.some((text) => text.trim().length > 0));
  await close();
});

test('whatever speaks is there before it does, on every page', async () => {
  const watch = () => {
    window.tooSoon = [];
    const spoken = (element) => [element, ...element.querySelectorAll('*')].filter((each) => each.matches('[role="status"], [role="alert"], [aria-live]') && each.textContent.trim());
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) window.tooSoon.push(...spoken(node).map((each) => each.textContent.trim()));
    }).observe(screenerRoot(), { childList: true, subtree: true });
  };
  await walk(
    async (page, what) => {
      assert.ok((await page.locator('care-pathway-screener [role="status"].notice').count()) === 1, what);
      assert.deepEqual(await page.evaluate(() => window.tooSoon), [], what);
    },
    { before: (page) => page.evaluate(watch) },
  );
});

test('a search says how many names fit, and showing all of them loses no focus', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  await chooseState(page, engines.TN);
  await begin(page);
  await answerAll(page, engines.TN, {}, { upTo: 'diagnosis' });
  const { choices } = engines.TN.questions().diagnosis;
  const status = page.locator('care-pathway-screener .codes [role="status"]');
  assert.equal((await status.innerText()).trim(), '');
  await page.getByRole('button', { name: /^Show all/ }).press('Enter');
  await page.waitForFunction(() => screenerRoot().activeElement?.name === 'item');
  assert.equal((await focused(page)).value, 'c8', 'the first name that came');
  await page.locator('care-pathway-screener #search').fill(choices[0].label);
  assert.match(await status.innerText(), /\d+ names? fits?/);
  await page.locator('care-pathway-screener #search').fill('qqqqqq');
  assert.match(await status.innerText(), /No name fits/);
  await close();
});

test('the focus is on a title again after trying in vain', async () => {
  const { page, close } = await openPage(browser, { expectErrors: true });
  await openAndWait(page, server.address);
  await page.route('**/rules/AR.carepath', (route) => route.abort());
  await page.getByRole('button', { name: arkansas.about().name.en, exact: true }).click();
  const failed = () => page.waitForFunction(() => screenerRoot().querySelector('#title')?.textContent.includes('did not load') && screenerRoot().activeElement?.id === 'title');
  await failed();
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await failed();
  await page.unroute('**/rules/AR.carepath');
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await page.getByRole('button', { name: BUTTON.start }).waitFor();
  assert.equal((await focused(page)).id, 'title');
  await close();
});

test('a page of the site’s own is in the language that is chosen in it', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  const said = () => page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title }));
  assert.deepEqual(await said(), { lang: 'en', title: 'Find who can help with your child’s care' });
  await page.getByRole('button', { name: 'Español' }).click();
  assert.deepEqual(await said(), { lang: 'es', title: 'Encuentre quién puede ayudar con el cuidado de su hijo o hija' });
  await close();
});

test('in the device’s own colors: what is chosen, wrong, focused, or to be pressed is told by its lines', async () => {
  const line = (element) => {
    // At the bottom: a line to write on has no other.
    const { borderBottomWidth, borderBottomStyle, borderBottomColor } = getComputedStyle(element);
    return { width: borderBottomStyle === 'none' ? 0 : parseFloat(borderBottomWidth), color: borderBottomColor };
  };
  const lines = (page, selector) =>
    page.evaluate(([selector, line]) => [...screenerRoot().querySelectorAll(selector)].filter((each) => each.checkVisibility()).map((each) => new Function(`return (${line})(...arguments)`)(each)), [selector, String(line)]);
  const seen = new Set();
  await walk(
    async (page, what, shown) => {
      const ground = await page.evaluate(() => getComputedStyle(screenerRoot().querySelector('.frame')).backgroundColor);
      const told = async (selector, least) => {
        const all = await lines(page, selector);
        for (const { width, color } of all) assert.ok(width >= least && color !== ground, `${what}: ${selector} has a line of ${width} px, ${color} on ${ground}`);
        if (all.length > 0) seen.add(selector);
        return all;
      };
      await told('button.main', 2);
      await told('.option:has(input:not(:checked)), .chip:has(input:not(:checked))', 2);
      await told('.option:has(input:checked), .chip:has(input:checked)', 4);
      await told('input[type="text"], select, textarea', 1);
      await told('.card, .first, .saved', 1);
      if (shown === MISTAKEN) await told('.mistake-summary', 3);
      const [[pressed], [other]] = [await lines(page, '.language[aria-pressed="true"]'), await lines(page, '.language[aria-pressed="false"]')];
      assert.ok(pressed.color !== ground && other.color === ground, `${what}: the language that is chosen has a line below`);
      if (shown !== OPENED) return;
      await page.keyboard.press('Tab');
      const { style, width, color } = await page.evaluate(() => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(screenerRoot().activeElement.closest('label') ?? screenerRoot().activeElement);
        return { style: outlineStyle, width: parseFloat(outlineWidth), color: outlineColor };
      });
      assert.ok(style !== 'none' && width >= 2 && color !== ground, `${what}: the focus has a line of ${width} px, ${color} on ${ground}`);
    },
    { forcedColors: 'active' },
  );
  for (const selector of ['button.main', '.mistake-summary', 'select', '.option:has(input:checked)', '.card']) assert.ok([...seen].some((each) => each.includes(selector)), `${selector} was there`);
});

test('with reduced motion nothing moves', async () => {
  const watch = () => {
    window.moving = [];
    // A change of a website's colors is noticed by a transition of a property that nothing is drawn from.
    const note = (event) => (event.propertyName?.startsWith('--') ? null : window.moving.push(`${event.type} ${event.propertyName ?? event.animationName} of ${event.target.localName}`));
    for (const root of [document, screenerRoot()]) for (const name of ['transitionrun', 'animationstart']) root.addEventListener(name, note, { capture: true });
  };
  await walk(
    async (page, what) => {
      assert.deepEqual(await page.evaluate(() => window.moving), [], what);
      const smooth = await page.evaluate(() => [document.documentElement, ...screenerRoot().querySelectorAll('*')].filter((each) => getComputedStyle(each).scrollBehavior !== 'auto').length);
      assert.equal(smooth, 0, `${what}: scrolling is no journey`);
    },
    { reducedMotion: 'reduce', before: (page) => page.evaluate(watch) },
  );
});

test('on paper: no buttons, and what was folded is open', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  await chooseState(page, arkansas);
  await begin(page);
  await answerAll(page, arkansas, CHILD);
  await seeResults(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.deepEqual(await page.evaluate(() => [...screenerRoot().querySelectorAll('button')].filter((button) => button.checkVisibility()).length), 0);
  assert.equal(await page.locator('care-pathway-screener details:not([open])').count(), 0);
  await close();
});
