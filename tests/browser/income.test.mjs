// Income: first one of a few ranges, then the exact number if it still decides, and who does not know it keeps
// the range.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UNSURE, answerAll, begin, chooseState, fill, merge, moved, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan } from './looking.mjs';
import { AS_OF, copyOfRules, openPage, start } from './product.mjs';

const rules = copyOfRules();
cpSync(fileURLToPath(new URL('by-income', import.meta.url)), join(rules.folder, 'ok'), { recursive: true });
const { browser, server, engines } = await start(['OK'], rules);
const oklahoma = engines.OK;

/** Three in the household: they may earn 30,000 dollars, which lies within the second range. */
const SIZE = { household_size: 3 };

/** At the question for the range; returns what was answered before. */
async function atRanges({ lang = 'en', ...options } = {}) {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await openAndWait(page, server.address);
  if (lang === 'es') await page.getByRole('button', { name: 'Español' }).click();
  await chooseState(page, oklahoma);
  await begin(page);
  const given = await answerAll(page, oklahoma, SIZE, { upTo: 'household_income', lang });
  const question = oklahoma.screen(given, AS_OF, lang).next;
  assert.equal(question.type, 'range');
  assert.equal(await title(page), question.question);
  return { ...opened, given, question };
}

/** The second range chosen: at the question for the exact number. */
async function atNumber(options) {
  const { page, given, question, ...opened } = await atRanges(options);
  const so = merge(given, question, await fill(page, question, question.choices[1].label));
  await press(page, 'continue');
  await page.locator('care-pathway-screener input[name="number"]').waitFor();
  const { next } = oklahoma.screen(so, AS_OF, options?.lang);
  assert.equal(next.type, 'number');
  assert.equal(await title(page), next.question);
  return { ...opened, page, given: so, question: next };
}

const row = (page, { question }) => page.locator('care-pathway-screener .answers > div', { hasText: question }).last();

for (const [lang, said] of Object.entries({
  en: { range: '$25,001 to $35,000', kept: 'You said: $25,001 to $35,000.', hint: 'From $25,001 to $35,000', large: 'Write $35,000 or a smaller number.', unsure: 'not sure of the exact number' },
  es: { range: 'De $25,001 a $35,000', kept: 'Usted dijo: De $25,001 a $35,000.', hint: 'De $25,001 a $35,000', large: 'Escriba $35,000 o un número menor.', unsure: 'no sabe el número exacto' },
})) {
  test(`the range, then the number within it, in dollars: ${lang}`, async () => {
    const { page, given, question, close } = await atRanges({ lang });
    assert.equal(question.choices.length, 5);
    for (const { label } of question.choices) assert.equal(await page.getByRole('radio', { name: label, exact: true }).count(), 1, label);
    const so = merge(given, question, await fill(page, question, said.range));
    await press(page, 'continue');
    await page.locator('care-pathway-screener input[name="number"]').waitFor();
    assert.ok((await page.locator('care-pathway-screener .said-before').innerText()).startsWith(said.kept));
    assert.equal(await page.locator('care-pathway-screener #number-hint').innerText(), said.hint);
    const exact = oklahoma.screen(so, AS_OF, lang).next;
    await fill(page, exact, '40,000');
    await press(page, 'continue');
    assert.ok((await page.locator('care-pathway-screener [data-mistake]').innerText()).includes(said.large));
    const all = merge(so, exact, await fill(page, exact, '$29,500'));
    await press(page, 'continue');
    await page.locator('care-pathway-screener .answers').waitFor();
    assert.deepEqual(all.household_income, 29_500);
    assert.ok((await row(page, question).innerText()).includes('$29,500'));
    await seeResults(page);
    const { lead, programs } = oklahoma.screen(all, AS_OF, lang);
    assert.deepEqual([lead.program, lead.status], ['sliding', 'eligible']);
    assert.ok((await page.locator('care-pathway-screener .finding').innerText()).includes(programs[0].name));
    await close();
  });

  test(`not sure of the number: the range is kept, shown, and may be told more exactly later: ${lang}`, async () => {
    const { page, given, question, close } = await atNumber({ lang });
    const all = merge(given, question, await fill(page, question, UNSURE));
    assert.deepEqual(all.household_income, { from: 25_001, to: 35_000, exact: 'unknown' });
    await press(page, 'continue');
    await page.locator('care-pathway-screener .answers').waitFor();
    const shown = await row(page, question).innerText();
    assert.ok(shown.includes(said.range) && shown.includes(said.unsure), shown);
    await seeResults(page);
    const result = oklahoma.screen(all, AS_OF, lang);
    assert.deepEqual([result.lead.status, result.open_because, result.programs[0].missing], ['undetermined', ['dont_know'], ['household_income']]);
    // *Answer now* leads to what is still open: the number, not the range.
    await page.locator('care-pathway-screener .needed button').click();
    await page.locator('care-pathway-screener input[name="number"]').waitFor();
    await fill(page, question, 34_000);
    await press(page, 'continue');
    await page.locator('care-pathway-screener .finding').waitFor();
    assert.match(await shownText(page), lang === 'en' ? /We found no program here/ : /no encontramos aquí un programa/);
    await close();
  });
}

test('Back leads from the number to the range; another range that decides is not asked for more exactly', async () => {
  const { page, given, question, close } = await atNumber();
  await press(page, 'back');
  await page.locator('care-pathway-screener input[name="answer"]').first().waitFor();
  assert.equal(await page.locator('care-pathway-screener input[name="answer"]:checked').inputValue(), 'c1', 'the range that was chosen');
  await press(page, 'continue');
  await page.locator('care-pathway-screener input[name="number"]').waitFor();
  await fill(page, question, 30_001);
  await press(page, 'back');
  await page.locator('care-pathway-screener input[name="answer"][value="c0"]').check();
  await press(page, 'continue');
  await page.locator('care-pathway-screener .answers').waitFor();
  assert.ok((await row(page, question).innerText()).includes('$25,000 or less'));
  await seeResults(page);
  const { household_income: _, ...before } = given;
  assert.equal(oklahoma.screen({ ...before, household_income: { from: 0, to: 25_000 } }).lead.status, 'eligible');
  assert.match(await page.locator('care-pathway-screener .finding').innerText(), /looks like the right place/);
  await close();
});

test('not sure of the range: nothing is asked more exactly', async () => {
  const { page, given, question, close } = await atRanges();
  const all = merge(given, question, await fill(page, question, UNSURE));
  await press(page, 'continue');
  await moved(page, question.question);
  assert.equal(oklahoma.screen(all).next, null);
  assert.match(await row(page, question).innerText(), /I’m not sure/);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing at the range and the number, and both fit in 320 px: ${colorScheme}`, async () => {
    const { page, question, close } = await atRanges({ viewport: { width: 320, height: 640 }, colorScheme, bypassCSP: true });
    const look = async (what) => {
      await assertAccessible(page, what);
      await assertNoWiderThan(page, 320, what);
      await assertLargeTargets(page, what);
    };
    await look('range');
    await fill(page, question, question.choices[1].label);
    await press(page, 'continue');
    await page.locator('care-pathway-screener input[name="number"]').waitFor();
    await look('number');
    await page.locator('care-pathway-screener input[name="unknown"]').check();
    await press(page, 'continue');
    await page.locator('care-pathway-screener .answers').waitFor();
    await look('check');
    await close();
  });
}
