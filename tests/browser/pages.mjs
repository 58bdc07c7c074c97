// Every page there is, each by the way that a family takes to it, in either browser. A new page beside the way is one line.

import assert from 'node:assert/strict';
import { answering } from './controls.mjs';
import { BUTTON, merge } from './family.mjs';
import { CHANGED, MISTAKEN, OPENED, openFolds } from './looking.mjs';

/**
 * Pages beside the way: what each is called, where its button stands, and what it says. Each is looked at where its button is
 * first there, and what stands on it is walked to from there; *Back*, or another button, leads back.
 */
const BESIDE = [
  { page: 'known', on: 'question', button: BUTTON.soFar },
  { page: 'map', on: 'results', button: /^(Care map|Mapa del cuidado)$/ },
  { page: 'plan', on: 'results', button: /^(A plan to take along|Un plan para llevar)$/ },
  { page: 'share', on: 'results', button: /^(Copy or share|Copiar o compartir)$/ },
  { page: 'save', on: 'results', button: /^(Save on this device|Guardar en este aparato)$/ },
  { page: 'saved', on: 'save', button: /^(Save my answers|Guardar mis respuestas)$/, back: /^(Delete them|Borrarlas)$/ },
  { page: 'another', on: 'results', button: BUTTON.another },
  { page: 'leave', on: 'results', button: BUTTON.leave },
];

/**
 * Walks from the start to the results and on to where all is cleared, and calls `look(page, what)` on every page. `hands` are
 * a browser's (`handsOf`); `knows` says what this family answers to a question. Returns the answers.
 */
export async function everyPage(hands, { engine, knows, look, day, lang = 'en', by = 'parent' }) {
  const seen = new Set();
  const beside = async (on) => {
    for (const { page, button, back = BUTTON.back } of BESIDE.filter((each) => each.on === on)) {
      if (seen.has(page) || !(await has(hands, button))) continue;
      seen.add(page);
      const before = await title(hands);
      await go(hands, button);
      await look(page, OPENED);
      await beside(page);
      await go(hands, back);
      assert.equal(await title(hands), before, `back from ${page}`);
    }
  };
  await look('start', CHANGED);
  await go(hands, BUTTON.start);
  await look('who', OPENED);
  await go(hands, BUTTON.continue);
  await look('who', MISTAKEN);
  await hands.do([['check', `input[name="answer"][value="${by}"]`]]);
  await go(hands, BUTTON.continue);

  let written = {};
  for (let asked = 0; ; asked += 1) {
    assert.ok(asked < 60, 'there is an end to the questions');
    const { next } = engine.screen(written, day, lang, by);
    if (!next) break;
    const page = `question ${next.fact} (${next.type})`;
    assert.equal(await title(hands), next.question, 'the page asks what the engine asks');
    await look(page, OPENED);
    if (asked === 0) {
      await go(hands, BUTTON.continue);
      await look(page, MISTAKEN);
    }
    await beside('question');
    const { deeds, writes } = answering(next, knows(next));
    await hands.do(deeds);
    await openFolds(hands);
    await look(page, CHANGED);
    written = merge(written, next, writes);
    await go(hands, BUTTON.continue);
  }
  await look('check', OPENED);
  await go(hands, BUTTON.results);
  const { lead, programs } = engine.screen(written, day, lang, by);
  const leads = ['receiving', 'eligible', 'review'].includes(lead.status) && programs.find(({ id }) => id === lead.program);
  if (leads) assert.ok((await text(hands, '.finding')).includes(leads.name), `${leads.name} leads`);
  await look('results', OPENED);
  await openFolds(hands);
  await look('results', CHANGED);
  await beside('results');
  await go(hands, BUTTON.leave);
  await go(hands, BUTTON.clear);
  await look('left', OPENED);
  return written;
}

/** Presses a button and waits until the focus is where it then belongs: on the new page's title, or on what is to be put right. */
export async function go(hands, button) {
  await hands.press(await place(hands, button));
  await hands.until(() => screenerRoot().activeElement?.matches('#title, [data-mistake]'));
}

export const title = (hands) => text(hands, '#title');

/** What is written somewhere, as it was written: without the marks that only turn it around. */
export const text = (hands, selector) => hands.evaluate((selector) => plainText(screenerRoot().querySelector(selector)), selector);

/** The how manieth button it is; -1 where there is none. */
const find = (hands, { source }) => hands.evaluate((source) => [...screenerRoot().querySelectorAll('button')].findIndex((each) => new RegExp(source).test(plainText(each))), source);

const has = async (hands, button) => (await find(hands, button)) >= 0;

async function place(hands, button) {
  const at = await find(hands, button);
  assert.ok(at >= 0, `there is a button ${button.source}`);
  return at;
}
