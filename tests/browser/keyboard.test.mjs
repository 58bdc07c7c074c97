// Without a mouse: every page and every kind of control by the keyboard alone, and at each stop of Tab the focus is seen.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answering } from './controls.mjs';
import { BUTTON, answerAll, begin, chooseState, openAndWait } from './family.mjs';
import { MISTAKEN, OPENED, assertFocusSeen } from './looking.mjs';
import { everyPage, go, title } from './pages.mjs';
import { DESKTOP, PHONE, copyOfRules, openPage, start } from './product.mjs';

const rules = copyOfRules();
cpSync(fileURLToPath(new URL('kinds', import.meta.url)), join(rules.folder, 'ok'), { recursive: true });
const { browser, server, engines } = await start(['OK'], rules);

/** Of everything something is known, so that every kind of question is answered. */
const KNOWN = {
  county: 'Osage',
  joined_on: '2026-01-10',
  birth_month: '2016-03',
  age_at_application: 9,
  applied: ['delta'],
  diagnosis: { names: [0, 12] },
  school: 'private',
  lung_score: 2.5,
  household_size: 3,
  household_income: { from: 20001, to: 40000 },
  ssi: 'no',
};
const knows = ({ fact, type }) => (type === 'month' ? KNOWN[fact].slice(0, 7) : (KNOWN[fact] ?? 'unknown'));

/** More stops than any page has. */
const STOPS = 150;

/** Hands that have only a keyboard, for `everyPage`; `stop` looks at whatever gets the focus on the way. */
function keyboardOf(page, stop) {
  /** Tab, or Shift and Tab, until the focus is there. */
  async function tabTo(selector, at = 0) {
    const look = ([selector, at]) => {
      const [target, active] = [screenerRoot().querySelectorAll(selector)[at], screenerRoot().activeElement];
      // Of radios one has the focus for all.
      const there = target === active || (target.type === 'radio' && active?.type === 'radio' && target.name === active.name && target.form === active.form);
      return there ? 'there' : active && target.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift+Tab' : 'Tab';
    };
    for (let stops = 0; stops < STOPS; stops += 1) {
      const key = await page.evaluate(look, [selector, at]);
      if (key === 'there') return;
      await page.keyboard.press(key);
      await stop();
    }
    assert.fail(`Tab does not get to ${selector}`);
  }

  const isChecked = (selector) => page.evaluate((selector) => screenerRoot().querySelector(selector).checked, selector);
  const valueOf = (selector) => page.evaluate((selector) => screenerRoot().querySelector(selector).value, selector);
  const deed = {
    async check(selector) {
      await tabTo(selector);
      const focused = await page.evaluate((selector) => screenerRoot().querySelector(selector) === screenerRoot().activeElement, selector);
      if (focused && !(await isChecked(selector))) await page.keyboard.press('Space');
      for (let presses = 0; presses < 20 && !(await isChecked(selector)); presses += 1) await page.keyboard.press('ArrowDown');
      assert.ok(await isChecked(selector), selector);
    },
    async write(selector, text) {
      await tabTo(selector);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    async choose(selector, value) {
      await tabTo(selector);
      for (let presses = 0; presses < 60 && (await valueOf(selector)) !== value; presses += 1) await page.keyboard.press('ArrowDown');
      assert.equal(await valueOf(selector), value, selector);
    },
  };
  return {
    evaluate: (look, given) => page.evaluate(look, given),
    until: (look, given) => page.waitForFunction(look, given),
    tabTo,
    async press(at) {
      await tabTo('button', at);
      await page.keyboard.press('Enter');
    },
    async do(deeds) {
      for (const [name, ...given] of deeds) await deed[name](...given);
    },
  };
}

/** The page of the tests' own state, and a keyboard. */
async function atTheKeyboard(options) {
  const { page, close } = await openPage(browser, options);
  await openAndWait(page, server.address);
  await chooseState(page, engines.OK);
  const hands = keyboardOf(page, () => assertFocusSeen(page));
  return { page, close, hands };
}

for (const [name, options] of Object.entries({ 'a phone, light': { viewport: PHONE }, 'a desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' } })) {
  test(`every page and every kind of control by keyboard alone: ${name}`, async () => {
    const { page, close, hands } = await atTheKeyboard(options);
    const kinds = new Set();
    await everyPage(hands, {
      engine: engines.OK,
      knows,
      async look(what, shown) {
        kinds.add(what.match(/\((\w+)\)/)?.[1]);
        if (shown === MISTAKEN) {
          await hands.tabTo('[data-mistake] a');
          await page.keyboard.press('Enter');
          assert.ok(await page.evaluate(() => screenerRoot().activeElement.matches('fieldset.question :is(input, select)')), `${what}: the link leads to the control`);
        }
        if (shown === OPENED && what.startsWith('question')) {
          await hands.tabTo('form summary');
          await page.keyboard.press('Enter');
          assert.ok(await page.evaluate(() => screenerRoot().activeElement.parentElement.open), `${what}: why we ask is unfolded`);
        }
      },
    });
    for (const kind of ['yes_no', 'choice', 'number', 'range', 'month', 'date', 'set', 'codes']) assert.ok(kinds.has(kind), `a question of the kind ${kind} was there`);
    await close();
  });
}

test('two answers that do not fit, settled by keyboard alone', async () => {
  const { page, close, hands } = await atTheKeyboard({});
  await begin(page);
  await answerAll(page, engines.OK, (question) => (question.fact === 'birth_month' ? '2005-06' : knows(question)), { upTo: 'birth_date' });
  await hands.do(answering(engines.OK.questions().birth_date, '2005-07-01').deeds);
  await go(hands, BUTTON.continue);
  assert.equal(await title(hands), 'Which is right?');
  await go(hands, BUTTON.continue);
  await hands.tabTo('[data-mistake] a');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => screenerRoot().activeElement.name), 'answer', 'the link leads to the answers');
  await hands.do([['check', 'input[name="answer"][value="birth_date"]']]);
  await go(hands, BUTTON.continue);
  assert.notEqual(await title(hands), 'Which is right?');
  await close();
});
