// “About 2 to 4 questions left” is a promise: whatever a family answers, no more questions come, and the number goes
// down with every answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNSURE, answerAll, chooseState, openAndWait, press, questionsLeft } from './family.mjs';
import { openPage, start } from './product.mjs';

const { browser, server, engines } = await start(['AR', 'MA']);

/** Families that answer every question in the same way, and what each says to the kinds of questions. */
const FAMILIES = {
  'not sure of anything': () => UNSURE,
  'yes to everything, and born in the month of a birthday that decides': ({ type, choices }) => ({ yes_no: 'yes', month: '2005-06', date: '2005-06-02', set: choices.map(({ id }) => id), codes: { names: [0] }, number: choices.at(-1)?.label ?? 2 })[type],
  'no to everything': ({ type, choices }) => ({ yes_no: 'no', month: '2016-03', date: '2016-03-02', set: [], codes: {}, number: choices[0]?.label ?? 2 })[type],
  'not sure of the programs, yes to the rest': ({ type, choices }) => ({ yes_no: 'yes', month: '2005-06', date: UNSURE, set: UNSURE, codes: { names: [0], complete: UNSURE }, number: choices[0]?.label ?? 2 })[type],
};

for (const state of ['AR', 'MA']) {
  for (const [name, says] of Object.entries(FAMILIES)) {
    test(`${state}: as many questions as promised, or fewer: ${name}`, async () => {
      const engine = engines[state];
      const { page, close } = await openPage(browser);
      await openAndWait(page, server.address);
      await chooseState(page, engine);
      await press(page, 'start');
      const most = await questionsLeft(page);
      const asked = [];
      // That the number goes down at every step is seen to in `answerAll`.
      await answerAll(page, engine, (question) => {
        asked.push(question.fact);
        return says(question);
      });
      assert.ok(asked.length <= most, `${asked.length} questions, ${most} at most: ${asked}`);
      assert.equal(await page.locator('care-pathway-screener .left').count(), 0);
      await close();
    });
  }
}
