// A family at the page: reads the question, answers it with the controls that are there, and goes on.
// It knows what the engine asks next (the same engine in Node), so every step also checks that the page
// asks that, and in those words.

import assert from 'node:assert/strict';
import { UNSURE, answering } from './controls.mjs';

export { UNSURE };

/** Buttons by what they do, in either language. */
export const BUTTON = {
  start: /^(Start|Empezar)$/,
  continue: /^(Continue|Continuar)$/,
  back: /^(Back|Atrás)$/,
  results: /^(See what we found|Ver lo que encontramos)$/,
  soFar: /^(See what we know so far|Ver lo que sabemos hasta ahora)$/,
  another: /^(Ask about another child|Preguntar por otro hijo o hija)$/,
  leave: /^(Leave and clear|Salir y borrar)$/,
  clear: /^(Yes, clear my answers|Sí, borrar mis respuestas)$/,
};

export const press = (page, name) => page.getByRole('button', { name: BUTTON[name] }).click();

/** From the start page to the first question. */
export async function begin(page, by = 'parent') {
  await press(page, 'start');
  const answer = page.locator(`care-pathway-screener input[name="answer"][value="${by}"]`);
  await answer.check();
  await press(page, 'continue');
  await answer.waitFor({ state: 'detached' });
}

export const title = async (page) => (await page.locator('care-pathway-screener #title').innerText()).trim();

export const shownText = (page) => page.locator('care-pathway-screener .page').innerText();

/** In the page: the shadow root with the screener in it, on a page of ours or inside an inline `<care-pathway>`. */
export function lookInside() {
  window.screenerRoot = () => {
    const find = (root) => root?.querySelector('care-pathway-screener');
    return (find(document) ?? find(document.querySelector('care-pathway')?.shadowRoot)).shadowRoot;
  };
  // What is written there, without the marks that only turn it around.
  window.plainText = (element) => element.textContent.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
}

/** Resolves when the screener shows its first page, or, without `screener`, when the page is there; it must not have been opened yet. */
export async function openAndWait(page, address, { screener = true } = {}) {
  await page.addInitScript(lookInside);
  await page.addInitScript(() => {
    window.heard = [];
    for (const name of ['carepath-ready', 'carepath-step', 'carepath-result', 'carepath-error']) {
      addEventListener(name, (event) => window.heard.push({ name, detail: event.detail ?? null }));
    }
  });
  await page.goto(address);
  if (screener) await page.locator('care-pathway-screener #title').first().waitFor();
}

export const heard = (page, name) => page.waitForFunction((wanted) => window.heard.some((event) => event.name === wanted), name);

/** On the own page: the state is chosen there. */
export async function chooseState(page, engine) {
  await page.getByRole('button', { name: engine.about().name.en, exact: true }).click();
  await heard(page, 'carepath-ready');
}

/**
 * Answers every question up to "check your answers". `answers` holds what this family knows, fact by fact
 * (or by a function of the question; contract shape; for `codes` also names of conditions, for `date` and `month` a date); for everything
 * else it says *I'm not sure*, or `otherwise`. Returns the answers as the contract writes them. On the way
 * the number of questions left is as promised: it goes down by one or more with every answer.
 */
export async function answerAll(page, engine, answers, { otherwise = UNSURE, lang = 'en', by = 'parent', from = {}, upTo = null } = {}) {
  let written = from;
  let most = Infinity;
  for (let asked = 0; asked < 40; asked += 1) {
    const { next, remaining } = engine.screen(written, undefined, lang, by);
    if (!next || next.fact === upTo) return written;
    assert.equal(await title(page), next.question, 'the page asks what the engine asks');
    const left = await questionsLeft(page);
    assert.equal(left, remaining.at_most);
    assert.ok(left < most, `${left} questions left after ${most}: ${JSON.stringify(written)} ${next.fact}`);
    most = left;
    const known = typeof answers === 'function' ? answers(next) : answers[next.fact];
    written = merge(written, next, await fill(page, next, known === undefined ? otherwise : known));
    await press(page, 'continue');
    await moved(page, next.question);
  }
  throw new Error('more than 40 questions');
}

/** The same in the engine alone, without a page: what a family that knows `answers` comes to be asked, and says. */
export function interview(engine, answers, { otherwise = UNSURE } = {}) {
  let written = {};
  for (let asked = 0; asked < 40; asked += 1) {
    const { next } = engine.screen(written);
    if (!next) return written;
    written = merge(written, next, answers[next.fact] ?? otherwise);
  }
  throw new Error('more than 40 questions');
}

/** How many questions the page says are left, at most. */
export const questionsLeft = async (page) => Number((await page.locator('care-pathway-screener .left').innerText()).match(/\d+/g).at(-1));

/** The next page is there when the title is another one, or the same question in another form. */
export async function moved(page, question) {
  await page.waitForFunction((before) => {
    const root = screenerRoot();
    return root.querySelector('#title')?.textContent.trim() !== before || root.activeElement?.id === 'title';
  }, question);
}

/** Joined to what was said of the same fact before, as the page joins it. */
export function merge(written, question, answer) {
  const before = written[question.fact];
  const known = before !== null && typeof before === 'object';
  if (known && 'from' in before && answer === UNSURE) return { ...written, [question.fact]: { ...before, exact: UNSURE } };
  // A month stays where nobody knows its day, years where nobody knows the months.
  if (answer === UNSURE && question.type === 'date' && typeof before === 'string') return { ...written, [question.fact]: { month: before, exact: UNSURE } };
  if (answer === UNSURE && question.unit === 'months' && typeof before === 'number') return { ...written, [question.fact]: { years: before, exact: UNSURE } };
  if (known && question.type === 'set') {
    const said = answer === UNSURE ? Object.fromEntries(question.choices.map(({ id }) => [id, UNSURE])) : answer;
    return { ...written, [question.fact]: { ...before, ...said } };
  }
  return { ...written, [question.fact]: answer };
}

/** Fills in the controls; returns what they should write. */
export async function fill(page, question, answer) {
  const { deeds, writes } = answering(question, answer);
  await handsOf(page).do(deeds);
  return writes;
}

/** A page, or a frame in it, as `everyPage` wants it. */
export const handsOf = (page) => ({
  evaluate: (look, given) => page.evaluate(look, given),
  until: (look, given) => page.waitForFunction(look, given),
  press: (at) => page.locator('care-pathway-screener button').nth(at).click(),
  async do(deeds) {
    const deed = { check: (at) => at.check(), write: (at, text) => at.fill(text), choose: (at, value) => at.selectOption(value) };
    for (const [name, selector, value] of deeds) await deed[name](page.locator(`care-pathway-screener ${selector}`), value);
  },
});

/** From "check your answers" to the results. */
export async function seeResults(page) {
  await press(page, 'results');
  await page.locator('care-pathway-screener .finding').waitFor();
}

/** Which group of the results a program stands in, by the text of the section's heading. */
export async function sectionOf(page, name) {
  const card = page.locator('care-pathway-screener section', { has: page.locator('article.card', { hasText: name }) });
  return card.locator('> :is(h2, h3)').first().innerText();
}
