// “About 2 to 4 questions left” is a promise: whatever a family answers, no more questions come, and the number goes
// down with every answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNSURE, answerAll, begin, chooseState, openAndWait, questionsLeft } from './family.mjs';
import { openPage, start } from './product.mjs';

/** Two states with few kinds of questions, and one with most: places, amounts that are added up, codes. */
const STATES = ['AR', 'MA', 'KS'];

const { browser, server, engines } = await start(STATES);

/** Families that answer every question in the same way, and what each says to the kinds of questions. */
const FAMILIES = {
  'not sure of anything': () => UNSURE,
  'yes to everything, and born in the month of a birthday that decides': (question) => ({ ...says(question, -1), yes_no: 'yes', month: '2005-06', date: '2005-06-02', set: question.choices.map(({ id }) => id), codes: { names: [0] } })[question.type],
  'no to everything': (question) => ({ ...says(question, 0), yes_no: 'no', month: '2016-03', date: '2016-03-02', set: [], codes: {} })[question.type],
  'not sure of the programs, yes to the rest': (question) => ({ ...says(question, 0), yes_no: 'yes', month: '2005-06', date: UNSURE, set: UNSURE, codes: { names: [0], complete: UNSURE } })[question.type],
};

/** One of the choices, by its place; a number where none is offered. */
function says({ choices, min }, at) {
  const label = choices.at(at)?.label;
  return { choice: label, range: label, number: label ?? Math.max(2, min) };
}

for (const state of STATES) {
  for (const [name, answer] of Object.entries(FAMILIES)) {
    test(`${state}: as many questions as promised, or fewer: ${name}`, async () => {
      const engine = engines[state];
      const { page, close } = await openPage(browser);
      await openAndWait(page, server.address);
      await chooseState(page, engine);
      await begin(page);
      const most = await questionsLeft(page);
      const asked = [];
      // That the number goes down at every step is seen to in `answerAll`.
      await answerAll(page, engine, (question) => {
        asked.push(question.fact);
        return answer(question);
      });
      assert.ok(asked.length <= most, `${asked.length} questions, ${most} at most: ${asked}`);
      assert.equal(await page.locator('care-pathway-screener .left').count(), 0);
      await close();
    });
  }
}
