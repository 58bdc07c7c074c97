// What a family can take along: the dates as a calendar file, the text to copy or share, and, on every page, whom to
// call in an emergency. Made on the device: no request, in the page and in the frame, under the strictest policies.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { BUTTON, answerAll, begin, heard, openAndWait, press, seeResults, title } from './family.mjs';
import { POLICY, agency, inside, tag, visit } from './guest.mjs';
import { assertAccessible, assertLargeTargets, assertNoWiderThan } from './looking.mjs';
import { AS_OF, DESKTOP, PHONE, openPage } from './product.mjs';

const { browser, origin, rules } = await agency();
const engines = { AR: await rules('AR'), MA: await rules('MA') };

const PRESS = {
  calendar: /^(Add the dates to a calendar|Agregar las fechas a un calendario)$/,
  share: /^(Copy or share|Copiar o compartir)$/,
  copy: /^(Copy the text|Copiar el texto)$/,
  shareNow: /^(Share the text|Compartir el texto)$/,
  save: /^(Save on this device|Guardar en este aparato)$/,
};
const button = (page, name) => page.getByRole('button', { name: PRESS[name] });

/** 17 years old, with Medicaid, in no program: in each state something has an end. */
const SEVENTEEN = {
  AR: { birth_month: '2008-11', medicaid: 'yes', diagnosis: { names: [0] }, behavioral_health_need: 'no', developmental_disability: 'no', enrolled: [] },
  MA: { birth_month: '2008-11', medicaid: 'yes', enrolled: [], special_health_care_need: 'yes', complex_coordination_need: 'yes' },
};
const TEN = { birth_month: '2016-03', medicaid: 'yes', enrolled: [] };

/** Results in a stranger's page; the requests since then are collected. */
async function results({ state = 'AR', mode = 'isolated', lang = 'en', child = SEVENTEEN[state], ...options } = {}) {
  const opened = await visit(browser, origin, `<main>${tag(`state="${state}" lang="${lang}" mode="${mode}"`)}</main>`, { policy: POLICY[mode](origin), ...options });
  const screener = await inside(opened.page, mode);
  await begin(screener);
  const given = await answerAll(screener, engines[state], child, { lang });
  await seeResults(screener);
  const requests = [];
  opened.page.on('request', (request) => requests.push(request.url()));
  return { ...opened, screener, given, result: engines[state].screen(given, AS_OF, lang), requests };
}

async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

for (const [state, mode, lang] of [['AR', 'isolated', 'en'], ['AR', 'inline', 'es'], ['MA', 'isolated', 'es'], ['MA', 'inline', 'en']]) {
  test(`the dates of all programs as a calendar file: ${state}, ${mode}, ${lang}`, async () => {
    const { page, screener, result, requests, close } = await results({ state, mode, lang, acceptDownloads: true });
    const { name, text } = await downloaded(page, () => button(screener, 'calendar').click());
    assert.equal(name, 'carepath.ics');
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
    const wanted = result.programs.flatMap((program) => program.changes.map(({ on }) => [on, program.name]));
    assert.ok(wanted.length > 0);
    assert.deepEqual(events.map(({ startDate }) => startDate.toString()).sort(), wanted.map(([on]) => on).sort());
    for (const [on, program] of wanted) {
      const event = events.find((each) => each.summary.endsWith(`: ${program}`) && each.startDate.toString() === on);
      const { contact } = result.programs.find((each) => each.name === program);
      assert.ok(event.startDate.isDate && event.description.includes(contact.phone), program);
      const [sentence] = event.description.split(/(?<=\.)\s/);
      assert.ok((await screener.locator('.dates').allTextContents()).some((shown) => shown.includes(sentence)), `the card says it in the same words: ${sentence}`);
    }
    assert.match(await screener.locator('.take-along [role="status"]').innerText(), lang === 'en' ? /We made a file/ : /Hicimos un archivo/);
    assert.deepEqual(requests.filter((address) => !address.startsWith('blob:')), []);
    await close();
  });
}

test('where nothing has a date there is no calendar to make', async () => {
  const { screener, result, close } = await results({ child: TEN });
  assert.deepEqual(result.programs.flatMap(({ changes }) => changes), []);
  assert.equal(await button(screener, 'share').count(), 1);
  assert.equal(await button(screener, 'calendar').count(), 0);
  await close();
});

const shown = (screener) => screener.locator('#share-text').inputValue();
const said = (screener, text) => screener.locator('.page [role="status"]').filter({ hasText: text }).waitFor();

for (const [mode, lang] of [['isolated', 'en'], ['inline', 'es']]) {
  test(`the text is read first, and copied as it is; answers are in it only where the family adds them: ${mode}, ${lang}`, async () => {
    const { page, screener, given, result, requests, close } = await results({ mode, lang, permissions: ['clipboard-read', 'clipboard-write'] });
    await button(screener, 'share').click();
    const text = await shown(screener);
    for (const { kind, name, contact } of result.programs.filter(({ kind, id }) => kind === 'program' || result.alongside.includes(id))) {
      assert.ok(text.includes(name) && text.includes(contact.phone), `${kind} ${name}`);
    }
    const asked = Object.keys(given).map((fact) => engines.AR.questions(lang)[fact]?.question).filter((question) => question);
    assert.ok(asked.length >= 3);
    assert.deepEqual(asked.filter((question) => text.includes(question)), []);
    assert.doesNotMatch(text, /2008|noviembre|November/);

    await screener.getByRole('button', { name: PRESS.copy }).click();
    await said(screener, /copied|copiado/);
    await page.bringToFront();
    const pasted = () => page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await pasted(), text);

    const answers = screener.locator('input[name="answers"]');
    await answers.check();
    await screener.waitForFunction((before) => (window.screenerRoot?.() ?? document.querySelector('care-pathway-screener').shadowRoot).querySelector('#share-text').value !== before, text);
    const more = await shown(screener);
    assert.deepEqual(asked.filter((question) => !more.includes(question)), []);
    assert.match(more, /2008/);
    await screener.getByRole('button', { name: PRESS.copy }).click();
    await said(screener, /copied|copiado/);
    assert.equal(await pasted(), more);

    await press(screener, 'back');
    await button(screener, 'share').click();
    assert.equal(await answers.isChecked(), false, 'asked again each time');
    assert.equal(await shown(screener), text);
    assert.deepEqual(requests, []);
    await close();
  });
}

test('where copying is refused, the text is marked for copying by hand', async () => {
  const { screener, close } = await results({ mode: 'inline', headers: { 'permissions-policy': 'clipboard-write=()' }, expectErrors: true });
  await button(screener, 'share').click();
  await screener.getByRole('button', { name: PRESS.copy }).click();
  await said(screener, /does not let us copy/);
  const marked = await screener.evaluate(() => {
    const field = screenerRoot().querySelector('#share-text');
    return field.value.slice(field.selectionStart, field.selectionEnd) === field.value && field === screenerRoot().activeElement;
  });
  assert.ok(marked);
  await close();
});

/** As a phone has it: `says` is what becomes of it. */
const withShare = (says) => (says) ? `
  window.shared = [];
  navigator.canShare = ({ text }) => typeof text === 'string';
  navigator.share = async (data) => { shared.push(data); if (${JSON.stringify(says)} !== 'done') throw new DOMException('no', ${JSON.stringify(says)}); };` : '';

test('Share is there where the device can share, hands over the text alone, and says when it was refused', async () => {
  for (const [says, message] of [['done', ''], ['AbortError', ''], ['NotAllowedError', /does not let us share/], [null, null]]) {
    const { page, close } = await openPage(browser);
    await page.addInitScript(withShare(says));
    await openAndWait(page, `${origin}/`);
    await page.getByRole('button', { name: 'Arkansas', exact: true }).click();
    await heard(page, 'carepath-ready');
    await begin(page);
    await answerAll(page, engines.AR, TEN);
    await seeResults(page);
    await button(page, 'share').click();
    await page.locator('#share-text').waitFor();
    assert.equal(await button(page, 'shareNow').count(), says ? 1 : 0);
    if (says) {
      await button(page, 'shareNow').click();
      await page.waitForFunction(() => window.shared.length === 1);
      assert.deepEqual(await page.evaluate(() => window.shared), [{ text: await shown(page) }]);
      if (message) await said(page, message);
      else assert.equal(await page.locator('.page [role="status"]').innerText(), '');
    }
    await close();
  }
});

test('whom to call in an emergency stands on every page, in both languages, in two lines on a phone', async () => {
  const NUMBERS = ['tel:911', 'tel:211', 'tel:988', 'sms:988'];
  const { page, close } = await openPage(browser, { viewport: PHONE, expectErrors: true });
  const look = async (what) => {
    for (const language of ['Español', 'English']) {
      await page.getByRole('button', { name: language }).click();
      const { links, height, lines } = await page.evaluate(() => {
        const list = screenerRoot().querySelector('.foot .urgent');
        const tops = new Set([...list.children].map((each) => Math.round(each.getBoundingClientRect().top)));
        return { links: [...list.querySelectorAll('a')].map((each) => each.getAttribute('href')), height: list.getBoundingClientRect().height, lines: tops.size };
      });
      assert.deepEqual(links, NUMBERS, `${what}, ${language}`);
      assert.equal(lines, 2, `${what}, ${language}`);
      assert.ok(height <= 100, `${what}, ${language}: ${height} px`);
    }
  };
  await openAndWait(page, `${origin}/`);
  await look('states');
  await page.getByRole('button', { name: 'Arkansas', exact: true }).click();
  await heard(page, 'carepath-ready');
  await look('start');
  await begin(page);
  await look('question');
  await answerAll(page, engines.AR, TEN);
  await look('check');
  await seeResults(page);
  await look('results');
  for (const name of ['share', 'save']) {
    await button(page, name).click();
    await look(name);
    await press(page, 'back');
    await page.locator('.finding').waitFor();
  }
  await press(page, 'leave');
  await look('leave');
  await page.locator('.page .main').click();
  await look('left');
  await page.route('**/rules/**', (route) => route.abort());
  await page.reload();
  await page.locator('#title').waitFor();
  await look('failed');
  await close();
});

for (const [name, options] of Object.entries({ 'a phone, light': { viewport: PHONE, colorScheme: 'light' }, 'a desktop, dark': { viewport: DESKTOP, colorScheme: 'dark' } })) {
  test(`axe finds nothing, targets are large, and nothing scrolls sideways at 320 px: ${name}`, async () => {
    for (const lang of ['en', 'es']) {
      const { page, close } = await openPage(browser, { ...options, bypassCSP: true });
      await page.addInitScript(withShare('NotAllowedError'));
      const look = async (what) => {
        await assertAccessible(page, `${what}, ${lang}`);
        await page.setViewportSize({ width: 320, height: 640 });
        await assertNoWiderThan(page, 320, `${what}, ${lang}`);
        await assertLargeTargets(page, `${what}, ${lang}`);
        await page.setViewportSize(options.viewport);
      };
      const open = async () => {
        await openAndWait(page, `${origin}/`);
        if (lang === 'es') await page.getByRole('button', { name: 'Español' }).click();
        await page.getByRole('button', { name: 'Arkansas', exact: true }).click();
        await heard(page, 'carepath-ready');
      };
      await open();
      await begin(page);
      await answerAll(page, engines.AR, SEVENTEEN.AR, { lang });
      await seeResults(page);
      await downloaded(page, () => button(page, 'calendar').click());
      await look('the calendar file made');
      await button(page, 'share').click();
      await button(page, 'shareNow').click();
      await page.locator('.message:not(:empty)').waitFor();
      await page.locator('input[name="answers"]').check();
      await look('the text');
      await press(page, 'back');
      await button(page, 'save').click();
      await look('save');
      await page.locator('.page .main').click();
      await page.waitForFunction(() => localStorage.length === 1);
      await look('saved');
      await open();
      await page.locator('.saved').waitFor();
      await look('saved earlier');
      await close();
    }
  });
}

test('by keyboard alone: the text copied, the visit saved, and the focus always on something that is there', async () => {
  const { page, close } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await openAndWait(page, `${origin}/`);
  await page.getByRole('button', { name: 'Arkansas', exact: true }).click();
  await heard(page, 'carepath-ready');
  await begin(page);
  await answerAll(page, engines.AR, TEN);
  await seeResults(page);
  const focused = () => page.evaluate(() => screenerRoot().activeElement?.textContent.trim() ?? '');
  const tabTo = async (name) => {
    for (let at = 0; at < 60; at += 1) {
      if (name.test(await focused())) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`no way to ${name}`);
  };
  await tabTo(PRESS.share);
  await page.keyboard.press('Enter');
  await page.locator('#share-text').waitFor();
  assert.equal(await focused(), await title(page));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  assert.equal(await page.locator('input[name="answers"]').isChecked(), true);
  await tabTo(PRESS.copy);
  await page.keyboard.press('Enter');
  await said(page, /copied/);
  assert.match(await focused(), PRESS.copy);
  await page.goBack();
  await page.locator('.finding').waitFor();
  await tabTo(PRESS.save);
  await page.keyboard.press('Enter');
  await tabTo(/^Save my answers$/);
  await page.keyboard.press('Enter');
  await page.getByText('are saved on this device').waitFor();
  assert.equal(await focused(), await title(page));
  await tabTo(/^Delete them$/);
  await page.keyboard.press('Enter');
  await said(page, /are deleted/);
  assert.equal(await focused(), await title(page));
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await close();
});
