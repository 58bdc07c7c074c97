// More than one child: what was said of the household is asked once and holds for all of them, everything else is asked of
// each; who is answering sets the words.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BUTTON, answerAll, begin, chooseState, fill, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan } from './looking.mjs';
import { AS_OF, copyOfRules, openPage, start } from './product.mjs';

// A state in which income and age decide: the household's and the child's own.
const rules = copyOfRules();
cpSync(fileURLToPath(new URL('by-income', import.meta.url)), join(rules.folder, 'ok'), { recursive: true });
const care = join(rules.folder, 'ok/ok.care');
const aged = readFileSync(care, 'utf8').replace('eligible when any of {', 'eligible when all of {\n        age under 21\n        any of {').replace('55,000\n', '55,000\n        }\n');
writeFileSync(care, aged);
const { browser, server, engines } = await start(['OK', 'AR'], rules);
const { OK: oklahoma, AR: arkansas } = engines;

/** 28,000 dollars for three: within what is asked as a range first. */
const known = (born) => ({ fact, type }) => ({ household_size: 3, household_income: type === 'range' ? '$25,001 to $35,000' : 28_000, birth_month: born })[fact];
const again = /^(Ask about another child|Preguntar por otro hijo o hija)$/;

/** At the results of the first child, born in 2016. */
async function first({ by = 'parent', engine = oklahoma, answers = known('2016-03'), ...options } = {}) {
  const opened = await openPage(browser, options);
  await openAndWait(opened.page, server.address);
  await chooseState(opened.page, engine);
  await begin(opened.page, by);
  const given = await answerAll(opened.page, engine, answers, { by });
  await seeResults(opened.page);
  return { ...opened, given };
}

/** On to a second child, Ben, beside Ana. */
async function second(page) {
  await page.getByRole('button', { name: again }).click();
  const names = page.locator('care-pathway-screener input[type="text"]');
  assert.equal(await names.count(), 2);
  await names.nth(0).fill('Ana');
  await names.nth(1).fill('Ben');
  await press(page, 'continue');
}

test('of the second child only its own is asked, and each result is its own', async () => {
  const { page, given, close } = await first();
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /Help by Income/);
  await second(page);
  const question = oklahoma.questions().birth_month;
  assert.equal(await title(page), question.question, 'neither income nor size is asked again');
  assert.match(await page.locator('care-pathway-screener .place').innerText(), /Ben/);
  await fill(page, question, '2001-03');
  await press(page, 'continue');
  await page.getByRole('button', { name: BUTTON.results }).waitFor();
  const rows = await page.locator('care-pathway-screener .answers').innerText();
  assert.match(rows, /household\?\s+3\s/, 'the size was said for the first child; income decides nothing at this age');
  await seeResults(page);
  const { birth_month: _, ...household } = given;
  const lead = oklahoma.screen({ ...household, birth_month: '2001-03' }, AS_OF).lead;
  assert.equal(lead.status, 'fallback', 'too old');
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /no program here that fits/);
  await page.getByRole('button', { name: 'Go to Ana' }).click();
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /Help by Income/);
  await page.goBack();
  await page.getByText('no program here that fits').waitFor();
  await close();
});

test('what changes in the household changes for the other child', async () => {
  const { page, close } = await first();
  await second(page);
  await fill(page, oklahoma.questions().birth_month, '2018-03');
  await press(page, 'continue');
  const row = page.locator('care-pathway-screener .answers > div', { hasText: '$28,000' });
  await row.getByRole('button').click();
  await page.locator('care-pathway-screener input[value="c4"]').check();
  await press(page, 'continue');
  await page.getByRole('button', { name: BUTTON.results }).waitFor();
  await seeResults(page);
  await page.getByRole('button', { name: 'Go to Ana' }).click();
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /no program here that fits/);
  await close();
});

test('Leave and clear forgets every child', async () => {
  const { page, close } = await first();
  await second(page);
  await press(page, 'leave');
  await page.locator('care-pathway-screener .page .main').click();
  assert.match(await title(page), /cleared/);
  assert.doesNotMatch(await page.locator('care-pathway-screener').innerText(), /Ben|Ana/);
  await close();
});

test('axe finds nothing where children are named and listed, on a phone of 320 px as well', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await first({ colorScheme, bypassCSP: true, viewport: { width: 320, height: 700 } });
    await page.getByRole('button', { name: again }).click();
    for (const what of ['names', 'question', 'results']) {
      await assertAccessible(page, what);
      await assertLargeTargets(page, what);
      await assertNoWiderThan(page, 320, what);
      if (what === 'names') await press(page, 'continue');
      if (what === 'question') {
        await fill(page, oklahoma.questions().birth_month, '2018-03');
        await press(page, 'continue');
        await page.getByRole('button', { name: BUTTON.results }).waitFor();
        await seeResults(page);
      }
    }
    assert.match(await shownText(page), /Go to Child 1/, 'a name may be left out');
    await close();
  }
});

for (const [by, words] of Object.entries({
  parent: { own: /your child/i, other: /</ },
  self: { own: /\byou\b/i, other: /<|\byour child|\bthe child\b/i },
  helper: { own: /the child/i, other: /<|\byour child|\bmy child/i },
})) {
  test(`who is answering sets the words of questions and results: ${by}`, async () => {
    const { page, close } = await first({ by, engine: arkansas, answers: { birth_month: '2012-03', enrolled: [] } });
    for (const fold of await page.locator('care-pathway-screener details').all()) await fold.evaluate((element) => (element.open = true));
    const text = await shownText(page);
    assert.match(text, words.own);
    assert.doesNotMatch(text.replaceAll(/A private guide says:[^.]*\./g, ''), words.other);
    assert.equal(await page.getByRole('button', { name: again }).count(), by === 'self' ? 0 : 1, 'the young person is the one');
    await close();
  });
}
