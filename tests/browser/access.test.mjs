// For everyone: axe on every page in light and dark, on a phone and a desktop; the whole way by keyboard;
// 320 px; targets of 44 px; focus on the new heading; errors that lead to the control.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUTTON, answerAll, begin, chooseState, fill, merge, openAndWait, press, seeResults, title } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan, openFolds } from './looking.mjs';
import { DESKTOP, PHONE, openPage, start } from './product.mjs';

const { browser, server, engines } = await start(['AR']);
const arkansas = engines.AR;

/** Medicaid, in no program, everything else not sure: a way through most kinds of questions and groups. */
const CHILD = { birth_month: '2005-06', medicaid: 'yes', enrolled: [], diagnosis: { names: [0], complete: 'yes' } };

/** Walks the whole way and calls `look` on every page, the ones with an error and what is known so far included. */
async function everyPage(page, look) {
  await openAndWait(page, server.address);
  await look('states');
  await chooseState(page, arkansas);
  await look('start');
  await press(page, 'start');
  await page.locator('care-pathway-screener input[value="parent"]').waitFor();
  await look('who');
  await page.goBack();
  await begin(page);
  let answers = {};
  for (;;) {
    const { next } = arkansas.screen(answers);
    if (!next) break;
    await look(`question ${next.fact}`);
    if (Object.keys(answers).length === 0) {
      await press(page, 'continue');
      await page.locator('care-pathway-screener [data-mistake]').waitFor();
      await look('mistake');
    }
    answers = merge(answers, next, await fill(page, next, CHILD[next.fact] ?? 'unknown'));
    await page.locator('care-pathway-screener details > summary').first().click();
    await look(`answered ${next.fact}`);
    await press(page, 'continue');
    await page.waitForFunction((before) => screenerRoot().querySelector('#title').textContent.trim() !== before, next.question);
    if (Object.keys(answers).length === 2 && arkansas.screen(answers).next) {
      await press(page, 'soFar');
      await look('known');
      await press(page, 'back');
      await page.getByRole('button', { name: BUTTON.continue }).waitFor();
    }
  }
  await look('check');
  await seeResults(page);
  await openFolds(page);
  await look('results');
  await press(page, 'leave');
  await look('leave');
}

for (const [name, options] of Object.entries({
  'a phone, light': { viewport: PHONE, colorScheme: 'light' },
  'a phone, dark': { viewport: PHONE, colorScheme: 'dark' },
  'a desktop, light': { viewport: DESKTOP, colorScheme: 'light' },
  'a desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' },
})) {
  test(`axe finds nothing on any page: ${name}`, async () => {
    const { page, close } = await openPage(browser, { ...options, bypassCSP: true });
    await everyPage(page, (what) => assertAccessible(page, what));
    await close();
  });
}

test('axe finds nothing where something went wrong: answers that do not fit, rules that do not load, all cleared', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, { colorScheme, bypassCSP: true, expectErrors: true });
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

test('320 px: nothing scrolls sideways, and every target is at least 44 px high', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await everyPage(page, async (what) => {
    await assertNoWiderThan(page, 320, what);
    await assertLargeTargets(page, what);
  });
  await close();
});

test('400 % zoom: the page still fits', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  await everyPage(page, (what) => assertNoWiderThan(page, 320, what));
  await close();
});

const focused = (page) =>
  page.evaluate(() => {
    const active = screenerRoot().activeElement;
    return active && { tag: active.tagName, id: active.id, name: active.getAttribute('name'), type: active.type ?? null, value: active.value ?? null, text: active.textContent.trim() };
  });

/** Tab until the focus is where it is wanted, as a person without a mouse does. */
async function tabTo(page, wanted) {
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now && wanted(now)) return;
  }
  throw new Error('the keyboard does not get there');
}

test('the whole way by keyboard alone', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  const state = arkansas.about().name.en;
  await tabTo(page, ({ tag, text }) => tag === 'BUTTON' && text === state);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: BUTTON.start }).waitFor();
  await tabTo(page, ({ text }) => BUTTON.start.test(text));
  await page.keyboard.press('Enter');
  await tabTo(page, ({ name }) => name === 'answer');
  await page.keyboard.press('Space');
  await tabTo(page, ({ text }) => BUTTON.continue.test(text));
  await page.keyboard.press('Enter');
  let answers = {};
  for (;;) {
    const { next } = arkansas.screen(answers);
    if (!next) break;
    await page.waitForFunction((wanted) => screenerRoot().activeElement?.textContent.trim() === wanted, next.question);
    assert.equal((await focused(page)).id, 'title', 'focus is on the new question');
    // Into the controls and to *I'm not sure*: radios by arrow, boxes by Tab.
    await tabTo(page, ({ tag, name }) => name !== null && (tag === 'INPUT' || tag === 'SELECT'));
    if ((await focused(page)).type === 'radio') {
      await page.keyboard.press('ArrowUp');
    } else {
      if ((await focused(page)).name !== 'unknown') await tabTo(page, ({ name }) => name === 'unknown');
      await page.keyboard.press('Space');
    }
    assert.equal((await focused(page)).value, 'unknown');
    answers = { ...answers, [next.fact]: 'unknown' };
    await tabTo(page, ({ text }) => BUTTON.continue.test(text));
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: BUTTON.results }).waitFor();
  assert.equal((await focused(page)).id, 'title');
  await tabTo(page, ({ text }) => BUTTON.results.test(text));
  await page.keyboard.press('Enter');
  await page.locator('care-pathway-screener .finding').waitFor();
  assert.equal((await focused(page)).id, 'title');
  await close();
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

test('the status region is there before it speaks', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, server.address);
  await chooseState(page, arkansas);
  assert.equal(await page.locator('care-pathway-screener [role="status"].notice').count(), 1);
  assert.equal((await page.locator('care-pathway-screener [role="status"].notice').innerText()).trim(), '');
  await close();
});

test('forced colors and reduced motion leave a page that works', async () => {
  const { page, close } = await openPage(browser, { forcedColors: 'active', reducedMotion: 'reduce' });
  await openAndWait(page, server.address);
  await chooseState(page, arkansas);
  await begin(page);
  await answerAll(page, arkansas, CHILD);
  await seeResults(page);
  await close();
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
