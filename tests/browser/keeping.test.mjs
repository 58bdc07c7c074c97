// What is kept, and what is not: Back and a switch of language keep every answer; after `carepath-ready`
// nothing leaves the page, and Leave and clear leaves nothing in it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUTTON, answerAll, begin, chooseState, fill, heard, interview, merge, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { openPage, start } from './product.mjs';

const { browser, server, engines } = await start(['AR']);
const arkansas = engines.AR;

const CHILD = { birth_month: '2016-03', medicaid: 'yes', enrolled: [] };

async function begun() {
  const opened = await openPage(browser);
  await openAndWait(opened.page, server.address);
  await chooseState(opened.page, arkansas);
  await begin(opened.page);
  return opened;
}

/** What the form shows: the state of every control in it. */
const controls = (page) =>
  page.evaluate(() =>
    [...screenerRoot().querySelectorAll('fieldset.question [name]')].map((control) =>
      control.type === 'radio' || control.type === 'checkbox' ? `${control.name} ${control.value} ${control.checked}` : `${control.name} ${control.value}`,
    ),
  );

async function pages(page, step, times) {
  const seen = [];
  for (let at = 0; at < times; at += 1) {
    const before = await title(page);
    await step();
    await page.waitForFunction((last) => screenerRoot().querySelector('#title').textContent.trim() !== last, before);
    seen.push({ title: await title(page), controls: await controls(page) });
  }
  return seen;
}

test('Back, by the page and by the browser, shows every answer again, and Continue leads forward over them', async () => {
  const { page, close } = await begun();
  await answerAll(page, arkansas, CHILD);
  const asked = await page.locator('care-pathway-screener .answers dt').allInnerTexts();
  assert.ok(asked.length >= 3, `asked ${asked.length} questions`);
  const back = await pages(page, () => press(page, 'back'), asked.length);
  assert.deepEqual(back.map((each) => each.title), [...asked].reverse());
  for (const each of back) assert.ok(each.controls.some((control) => /true$|[12]\d{3}$|^number \d+$/.test(control)), `${each.title}: ${each.controls}`);
  const forward = await pages(page, () => press(page, 'continue'), asked.length);
  assert.deepEqual(forward.slice(0, -1), back.slice(0, -1).reverse());
  const browserBack = await pages(page, () => page.goBack(), 2);
  assert.equal(browserBack[0].title, asked.at(-1));
  await close();
});

test('a switch of language keeps the place, the answers, and what is half filled in', async () => {
  const { page, close } = await begun();
  const first = arkansas.screen({}).next;
  await fill(page, first, CHILD[first.fact] ?? 'unknown');
  const half = await controls(page);
  await page.getByRole('button', { name: 'Español' }).click();
  assert.equal(await title(page), arkansas.screen({}, undefined, 'es').next.question);
  assert.equal(await page.locator('care-pathway-screener').getAttribute('lang'), 'es');
  assert.deepEqual(await controls(page), half);
  await page.getByRole('button', { name: 'English' }).click();
  const given = await answerAll(page, arkansas, CHILD);
  const rows = await page.locator('care-pathway-screener .answers > div').count();
  await page.getByRole('button', { name: 'Español' }).click();
  assert.equal(await page.locator('care-pathway-screener .answers > div').count(), rows);
  await seeResults(page);
  const spanish = arkansas.screen(given, undefined, 'es');
  for (const program of spanish.programs.filter(({ kind }) => kind === 'program')) {
    assert.ok((await page.locator('care-pathway-screener').evaluate((element) => element.shadowRoot.textContent)).includes(program.name), program.name);
  }
  await close();
});

test('changing an answer leads back to the check, with the other answers kept', async () => {
  const { page, close } = await begun();
  await answerAll(page, arkansas, CHILD);
  const row = page.locator('care-pathway-screener .answers > div').first();
  const question = await row.locator('dt').innerText();
  const others = await page.locator('care-pathway-screener .answers > div:not(:first-child)').allInnerTexts();
  await row.getByRole('button').click();
  assert.equal(await title(page), question);
  await press(page, 'continue');
  await page.getByRole('button', { name: BUTTON.results }).waitFor();
  assert.deepEqual(await page.locator('care-pathway-screener .answers > div:not(:first-child)').allInnerTexts(), others);
  await close();
});

/** One answer to change, so that another is not asked for any more and none is asked for besides: which, by the engine's own order. */
function turn(child) {
  const asked = (answers) => Object.keys(interview(arkansas, answers));
  const before = asked(child);
  for (const changed of before.filter((fact) => arkansas.questions()[fact].type === 'yes_no')) {
    for (const to of ['yes', 'no']) {
      const after = asked({ ...child, [changed]: to });
      const [idle] = before.filter((fact) => !after.includes(fact));
      if (idle && after.every((fact) => before.includes(fact))) return { changed, to, idle };
    }
  }
  throw new Error('no change makes an answer idle');
}

test('an answer that a change makes idle is named, and comes back with the change', async () => {
  const { page, close } = await begun();
  const child = { ...CHILD, medicaid: 'unknown' };
  const { changed, to, idle } = turn(child);
  await answerAll(page, arkansas, child);
  const questions = arkansas.questions();
  const change = async (value) => {
    await page.locator('care-pathway-screener .answers > div', { hasText: questions[changed].question }).getByRole('button').click();
    await page.locator(`care-pathway-screener input[name="answer"][value="${value}"]`).check();
    await press(page, 'continue');
    await page.getByRole('button', { name: BUTTON.results }).waitFor();
  };
  await change(to);
  assert.ok((await page.locator('care-pathway-screener [role="status"].notice').innerText()).includes(questions[idle].question));
  assert.ok((await page.locator('care-pathway-screener .idle').innerText()).includes(questions[idle].question));
  await change(child[changed] ?? 'unknown');
  assert.equal(await page.locator('care-pathway-screener .idle').count(), 0);
  assert.ok((await page.locator('care-pathway-screener .answers').innerText()).includes(questions[idle].question));
  await close();
});

test('after carepath-ready there is no request, nothing is stored, and the address stays', async () => {
  const { page, close } = await begun();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const address = page.url();
  const given = await answerAll(page, arkansas, CHILD);
  await seeResults(page);
  await page.getByRole('button', { name: 'Español' }).click();
  await page.waitForTimeout(300);
  assert.deepEqual(requests, []);
  assert.equal(page.url(), address);
  const kept = await page.evaluate(async () => ({
    cookies: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    history: JSON.stringify(history.state),
  }));
  for (const answer of Object.values(given)) if (typeof answer === 'string' && answer.length > 3) assert.ok(!kept.history.includes(answer));
  assert.deepEqual({ ...kept, history: '' }, { cookies: '', local: 0, session: 0, databases: 0, caches: 0, history: '' });
  const events = await page.evaluate(() => window.heard);
  assert.deepEqual(new Set(events.flatMap(({ detail }) => Object.keys(detail ?? {}))), new Set(['number', 'settled']));
  await close();
});

test('what we know so far is shown as unfinished, and leads back to the same question', async () => {
  const { page, close } = await begun();
  let answers = {};
  for (let at = 0; at < 2; at += 1) {
    const { next } = arkansas.screen(answers);
    answers = merge(answers, next, await fill(page, next, CHILD[next.fact] ?? 'unknown'));
    await press(page, 'continue');
    await page.waitForFunction((before) => screenerRoot().querySelector('#title').textContent.trim() !== before, next.question);
  }
  const { next } = arkansas.screen(answers);
  assert.equal(await title(page), next.question);
  await press(page, 'soFar');
  assert.match(await shownText(page), /What we know so far/);
  assert.ok((await page.locator('care-pathway-screener .first').count()) === 1);
  await page.locator('care-pathway-screener .page > .main').click();
  assert.equal(await title(page), next.question);
  await close();
});

test('Leave and clear asks once, and then nothing is left, not even behind Back', async () => {
  const { page, close } = await begun();
  await answerAll(page, arkansas, CHILD);
  await press(page, 'leave');
  await page.locator('care-pathway-screener .page .main').click();
  assert.match(await title(page), /cleared/);
  await page.locator('care-pathway-screener .page .main').click();
  assert.equal(await page.locator('care-pathway-screener input:checked').count(), 0, 'who is answering is asked anew');
  await page.locator('care-pathway-screener input[value="helper"]').check();
  await press(page, 'continue');
  const first = arkansas.screen({}, undefined, 'en', 'helper').next;
  assert.equal(await title(page), first.question);
  assert.deepEqual((await controls(page)).filter((control) => /true$|[12]\d{3}$/.test(control)), []);
  assert.equal(await page.getByRole('button', { name: BUTTON.soFar }).count(), 0);
  await close();
});

test('events are heard outside of the element, in order', async () => {
  const { page, close } = await begun();
  await answerAll(page, arkansas, CHILD);
  await seeResults(page);
  await heard(page, 'carepath-result');
  const names = await page.evaluate(() => window.heard.map(({ name }) => name));
  assert.equal(names[0], 'carepath-ready');
  assert.equal(names.at(-1), 'carepath-result');
  assert.ok(names.filter((name) => name === 'carepath-step').length >= 3);
  await close();
});
