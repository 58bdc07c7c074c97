// Counties, days and ages at an event as a family answers them, and what is shown of a program with parts.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answerAll, begin, chooseState, fill, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan, openFolds } from './looking.mjs';
import { AS_OF, copyOfRules, openPage, start } from './product.mjs';

const rules = copyOfRules();
cpSync(fileURLToPath(new URL('kinds', import.meta.url)), join(rules.folder, 'ok'), { recursive: true });
const { browser, server, engines } = await start(['OK'], rules);
const oklahoma = engines.OK;

/** Enough for all programs but one, of which a part stays open. */
const KNOWN = { county: 'Adair', joined_on: '2025-06', age_at_application: 9, enrolled: ['delta'], applied: ['delta'], school: 'public' };

async function opened({ lang = 'en', ...options } = {}) {
  const own = await openPage(browser, { bypassCSP: true, ...options });
  await openAndWait(own.page, server.address);
  if (lang === 'es') await own.page.getByRole('button', { name: 'Español' }).click();
  await chooseState(own.page, oklahoma);
  await begin(own.page);
  return own;
}

for (const [lang, said] of Object.entries({
  en: { choose: 'Choose one', bring: 'What to bring', apply: 'Apply here first: Medicaid.', rides: 'Rides' },
  es: { choose: 'Elija uno', bring: 'Qué llevar', apply: 'Haga primero la solicitud aquí: Medicaid.', rides: 'Viajes' },
})) {
  test(`each kind of question is answered, and what comes of it is shown: ${lang}`, async () => {
    const { page, close } = await opened({ lang });
    const given = await answerAll(page, oklahoma, KNOWN, { lang });
    assert.deepEqual([given.county, given.age_at_application], ['Adair', 9]);
    assert.equal(given.joined_on, '2025-06', 'the month is enough');
    await seeResults(page);
    await openFolds(page);
    const text = await shownText(page);
    for (const wanted of [said.bring, said.apply, said.rides]) assert.ok(text.includes(wanted), `${wanted}: ${text}`);
    const asked = oklahoma.screen(given, AS_OF, lang).programs.find(({ id }) => id === 'delta').benefits.flatMap(({ missing }) => missing);
    assert.ok(new Set(asked).size < asked.length, 'both parts wait for the same facts');
    const needed = await page.locator('care-pathway-screener .needed li').count();
    assert.equal(needed, new Set(asked).size, 'each of them is asked for once');
    await assertAccessible(page, 'results');
    await assertLargeTargets(page, 'results');
    await page.setViewportSize({ width: 320, height: 700 });
    await assertNoWiderThan(page, 320, 'results');
    await close();
  });

  test(`a county is chosen from a list, by keyboard, and an empty one is told: ${lang}`, async () => {
    const { page, close } = await opened({ lang });
    await answerAll(page, oklahoma, KNOWN, { lang, upTo: 'county' });
    const question = await title(page);
    await press(page, 'continue');
    await page.locator('care-pathway-screener .mistake-summary').waitFor();
    await assertAccessible(page, 'an empty county');
    await page.getByLabel(said.choose).focus();
    await page.keyboard.type('Os');
    await press(page, 'continue');
    await page.waitForFunction((before) => screenerRoot().querySelector('#title').innerText.trim() !== before, question);
    await close();
  });
}

test('an age at an event is asked in years, and a month that is not enough by the day', async () => {
  const { page, close } = await opened();
  const before = await answerAll(page, oklahoma, KNOWN, { upTo: 'joined_on' });
  const { next } = oklahoma.screen(before, AS_OF);
  assert.equal(next.type, 'month');
  await fill(page, next, '2026-01');
  await press(page, 'continue');
  await page.locator('care-pathway-screener input[name="day"]').waitFor();
  assert.equal(await title(page), next.question);
  const { next: exact } = oklahoma.screen({ ...before, joined_on: '2026-01' }, AS_OF);
  assert.equal(exact.type, 'date');
  await assertAccessible(page, 'a day');
  await close();
});
