// The first question stands in the list of states, so that a family reads and answers it while the engine is still on its
// way. What they said waits for it, whatever happens to it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { answerAll, begin, fill, heard, merge, openAndWait, press, seeResults, shownText, title } from './family.mjs';
import { agency, inside, tag, visit } from './guest.mjs';
import { WITHOUT_RULES, openPage } from './product.mjs';
import { OPEN, host, integrityOf, site as build } from './site.mjs';

const { site, browser, rules } = await agency();
const arkansas = await rules('AR');
const first = arkansas.screen({}).next;
assert.equal(first.type, 'set', 'the controls below are those of a set');

const CHILD = { birth_month: '2016-03', medicaid: 'yes', enrolled: [] };

const MODULE = site.files.wasm;
const BUNDLE = site.files.bundle('AR');
const isEngine = (path) => path === MODULE || path.endsWith('.carepath');

/** All that the first question may need, in bytes. */
const BUDGET = 120_000;

/** The site on a server that keeps the engine and the bundles back until `release`. */
async function slow(t, change = () => null, folder = site.folder) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const server = await host(folder, {
    headers: OPEN,
    change: async (path, bytes) => {
      if (isEngine(path)) await released;
      return change(path, bytes);
    },
  });
  t.after(() => server.stop());
  return { ...server, release };
}

/** Somebody's website with the tag, at the first question; the engine is not there. */
async function atFirstQuestion(t, { mode = 'inline', change, expectErrors = false, by } = {}) {
  const server = await slow(t, change);
  const opened = await visit(browser, server.origin, `<main>${tag(`state="AR" lang="en" mode="${mode}"`)}</main>`, { wait: false, expectErrors });
  const screener = await inside(opened.page, mode);
  await begin(screener, by);
  assert.equal(await title(screener), first.question);
  return { ...opened, server, screener };
}

const said = (page) => page.evaluate(() => window.heard.map(({ name }) => name));
const notice = (screener) => screener.locator('care-pathway-screener [role="status"].notice').innerText();
const box = (screener, value) => screener.locator(`care-pathway-screener input[name="item"][value="${value}"]`);
const again = (screener) => screener.getByRole('button', { name: 'Try again' }).click();
const next = (screener) => screener.waitForFunction((before) => window.screenerRoot().querySelector('fieldset.question #title')?.textContent.trim() !== before && window.screenerRoot().querySelector('fieldset.question'), first.question);

async function assertStates(screener) {
  const text = await shownText(screener);
  const { programs } = site.about('AR');
  assert.ok(programs.length > 0);
  for (const { name, contact } of programs) {
    assert.ok(text.includes(name.en), name.en);
    if (contact?.phone) assert.ok(text.includes(contact.phone), contact.phone);
  }
  assert.ok(text.includes('1-877-543-7669'), 'the national line');
  assert.equal(await screener.locator('care-pathway-screener :is(fieldset, .finding)').count(), 0, 'no question, no result');
}

const WAYS = {
  'its own page': async (origin) => {
    const opened = await openPage(browser);
    await openAndWait(opened.page, `${origin}/`);
    await opened.page.getByRole('button', { name: 'Arkansas', exact: true }).click();
    return { ...opened, screener: opened.page };
  },
  'isolated on a website': async (origin) => {
    const opened = await visit(browser, origin, `<main>${tag()}</main>`, { wait: false });
    return { ...opened, screener: await inside(opened.page, 'isolated') };
  },
  'inline on a website': async (origin) => {
    const opened = await visit(browser, origin, `<main>${tag('state="AR" lang="en" mode="inline"')}</main>`, { wait: false });
    return { ...opened, screener: opened.page };
  },
};

/** With every state there is: the list of states is as long as it gets. */
const whole = await build(['all']);
after(() => whole.remove());

for (const [way, open] of Object.entries(WAYS)) {
  test(`${way}: the first question can be filled in after at most ${BUDGET} bytes, and none of them the engine's`, async (t) => {
    const server = await slow(t, undefined, whole.folder);
    const { page, screener, close } = await open(server.origin);
    await begin(screener);
    assert.equal(await title(screener), first.question);
    await box(screener, 'c0').check();
    assert.deepEqual(await said(page), ['carepath-step'], 'not ready yet');
    const size = (path) => brotliCompressSync(readFileSync(join(whole.folder, path))).length;
    const bytes = (paths) => [...new Set(paths)].filter((path) => path !== 'favicon.ico').reduce((sum, path) => sum + size(path), 0);
    const needed = bytes(server.asked.filter((path) => !isEngine(path)));
    server.release();
    await heard(page, 'carepath-ready');
    const all = bytes(server.asked);
    t.diagnostic(`${way}, brotli: ${needed} bytes until the first question, ${all} until carepath-ready`);
    assert.ok([whole.files.wasm, whole.files.bundle('AR')].every((path) => server.asked.includes(path)));
    assert.ok(needed > 20_000 && needed <= BUDGET, `${needed} bytes`);
    assert.ok(all - needed > 80_000, 'the engine is counted apart');
    assert.ok(await box(screener, 'c0').isChecked(), 'half filled in, and kept');
    await close();
  });
}

for (const mode of ['isolated', 'inline']) {
  test(`${mode}: the engine takes over unnoticed, and all goes on as ever`, async (t) => {
    const { page, screener, server, close } = await atFirstQuestion(t, { mode });
    await box(screener, 'c1').check();
    await box(screener, 'c1').focus();
    server.release();
    await heard(page, 'carepath-ready');
    assert.equal(await title(screener), first.question);
    assert.ok(await box(screener, 'c1').isChecked());
    assert.equal(await screener.evaluate(() => window.screenerRoot().activeElement?.value), 'c1', 'the focus stays');
    await box(screener, 'c1').uncheck();
    await answerAll(screener, arkansas, CHILD);
    await seeResults(screener);
    await close();
  });
}

test('an answer given before the engine is there is held, said to be on its way, and leads on by itself', async (t) => {
  const { page, screener, server, close } = await atFirstQuestion(t);
  const given = merge({}, first, await fill(screener, first, []));
  await press(screener, 'continue');
  await page.waitForFunction(() => window.screenerRoot().querySelector('.notice').textContent.trim() !== '');
  assert.equal(await notice(screener), 'One moment…');
  await press(screener, 'continue'); // once more does no harm
  await screener.getByRole('button', { name: 'Español' }).click();
  assert.equal(await notice(screener), 'Un momento…');
  assert.equal(await title(screener), arkansas.screen({}, undefined, 'es').next.question);
  await screener.getByRole('button', { name: 'English' }).click();
  assert.deepEqual(await said(page), ['carepath-step']);
  server.release();
  await next(screener);
  assert.equal(await screener.evaluate(() => window.screenerRoot().activeElement?.id), 'title', 'a new page, and the focus on its title');
  assert.equal(await notice(screener), '');
  await answerAll(screener, arkansas, CHILD, { from: given });
  assert.ok((await screener.locator('care-pathway-screener .answers').innerText()).includes(first.question));
  await close();
});

test('an answer that waited and is impossible: the question stays, and says so', async (t) => {
  const server = await slow(t, undefined, whole.folder);
  const { page, close } = await visit(browser, server.origin, `<main>${tag('state="OR" lang="en" mode="inline"')}</main>`, { wait: false });
  await begin(page);
  const { question, ...asked } = whole.about('OR').opening.next.en;
  asked.question = question.replaceAll(/<([^<>|]*)\|[^<>|]*\|[^<>|]*>/g, '$1');
  assert.equal(asked.type, 'month');
  await fill(page, asked, '1900-01');
  await press(page, 'continue');
  server.release();
  await page.locator('care-pathway-screener [data-mistake]').waitFor();
  assert.equal(await title(page), asked.question);
  await page.waitForFunction(() => window.screenerRoot().activeElement?.hasAttribute('data-mistake'));
  await fill(page, asked, '2016-03');
  await press(page, 'continue');
  await page.waitForFunction((before) => window.screenerRoot().querySelector('#title').textContent.trim() !== before, asked.question);
  await close();
});

test('while an answer waits, who is answering can still be changed, and nothing is guessed', async (t) => {
  const { page, screener, server, close } = await atFirstQuestion(t);
  await fill(screener, first, []);
  await press(screener, 'continue');
  await press(screener, 'back');
  await screener.locator('input[name="answer"][value="helper"]').check();
  await press(screener, 'continue');
  await screener.locator('fieldset.question input[name="item"]').first().waitFor();
  assert.equal(await title(screener), arkansas.screen({}, undefined, 'en', 'helper').next.question, 'the one question there is');
  assert.equal(await notice(screener), 'One moment…');
  assert.ok(await screener.locator('input[name="none"]').isChecked());
  server.release();
  await next(screener);
  await heard(page, 'carepath-ready');
  await close();
});

test('Leave and clear while an answer waits: it is gone when the engine comes', async (t) => {
  const { page, screener, server, close } = await atFirstQuestion(t);
  await fill(screener, first, []);
  await press(screener, 'continue');
  await press(screener, 'leave');
  await screener.locator('.page .main').click();
  assert.match(await title(screener), /cleared/);
  server.release();
  await heard(page, 'carepath-ready');
  assert.match(await title(screener), /cleared/);
  await screener.locator('.page .main').click();
  await screener.locator('input[name="answer"][value="parent"]').check();
  await press(screener, 'continue');
  await screener.locator('fieldset.question input[name="item"]').first().waitFor();
  assert.equal(await screener.locator('fieldset.question input:checked').count(), 0);
  await close();
});

const FAILING = {
  'the module missing': { file: MODULE, spoil: () => ({ status: 404, body: 'not here' }) },
  'the module altered': { file: MODULE, spoil: (bytes) => ({ body: Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x78])]) }) },
  'the bundle missing': { file: BUNDLE, spoil: () => ({ status: 404, body: 'not here' }) },
  'the bundle truncated': { file: BUNDLE, spoil: (bytes) => ({ body: bytes.subarray(0, bytes.length - 100) }) },
};

for (const [what, { file, spoil }] of Object.entries(FAILING)) {
  test(`${what}, and an answer waits: whom to call, and Try again goes on with the answer`, async (t) => {
    let ill = true;
    const change = (path, bytes) => (ill && path === file ? spoil(bytes) : null);
    const { page, screener, server, close } = await atFirstQuestion(t, { change, expectErrors: true });
    const given = merge({}, first, await fill(screener, first, []));
    await press(screener, 'continue');
    server.release();
    await heard(page, 'carepath-error');
    assert.deepEqual(await page.evaluate(() => window.heard.filter(({ name }) => name === 'carepath-error').map(({ detail }) => detail)), [{ code: 'not-loaded' }]);
    await assertStates(screener);
    assert.equal(await screener.evaluate(() => window.screenerRoot().activeElement?.id), 'title');
    await again(screener);
    await page.waitForFunction(() => window.heard.filter(({ name }) => name === 'carepath-error').length === 2);
    await assertStates(screener);
    ill = false;
    await again(screener);
    await next(screener);
    await heard(page, 'carepath-ready');
    await answerAll(screener, arkansas, CHILD, { from: given });
    assert.ok((await screener.locator('care-pathway-screener .answers').innerText()).includes(first.question));
    await press(screener, 'back');
    await close();
  });
}

test('the engine fails before anybody began: whom to call, and Try again leads to the start', async (t) => {
  let ill = true;
  const server = await slow(t, (path) => (ill && path === MODULE ? { status: 404, body: '' } : null));
  const { page, close } = await visit(browser, server.origin, `<main>${tag('state="AR" lang="en" mode="inline"')}</main>`, { wait: false, expectErrors: true });
  await page.getByRole('button', { name: 'Start' }).waitFor();
  server.release();
  await heard(page, 'carepath-error');
  await assertStates(page);
  ill = false;
  await again(page);
  await heard(page, 'carepath-ready');
  await begin(page);
  assert.equal(await title(page), first.question);
  await close();
});

/** Before the page's own scripts: as long as `window.broken`, no instance of the engine can be used. */
function breakable() {
  const { Instance } = WebAssembly;
  window.broken = false;
  WebAssembly.Instance = function (module, imports) {
    const { exports } = new Instance(module, imports);
    const guard = (value) => (...given) => {
      if (window.broken) throw new WebAssembly.RuntimeError('memory access out of bounds');
      return value(...given);
    };
    return { exports: Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, name.startsWith('rules_') ? guard(value) : value])) };
  };
}

/** A family in the middle, whose engine can be broken. */
async function inTheMiddle(answers, options) {
  const server = await host(site.folder, { headers: OPEN });
  const opened = await visit(browser, server.origin, '', { wait: false, expectErrors: true });
  await opened.page.addInitScript(breakable);
  await opened.page.reload();
  await opened.page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), tag('state="AR" lang="en" mode="inline"'));
  await heard(opened.page, 'carepath-ready');
  const { page } = opened;
  await begin(page);
  const given = await answerAll(page, arkansas, answers, options);
  const close = async () => {
    await opened.close();
    await server.stop();
  };
  const breakNow = () => page.evaluate(() => (window.broken = true));
  const mend = async () => {
    await heard(page, 'carepath-error');
    await assertStates(page);
    assert.equal(await page.evaluate(() => window.heard.filter(({ name }) => name === 'carepath-error').length), 1, 'told once');
    await page.evaluate(() => (window.broken = false));
    await again(page);
    await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await page.locator('care-pathway-screener #title').waitFor();
  };
  return { page, given, close, breakNow, mend };
}

test('the engine breaks for good at an answer: after Try again that answer counts, and all before it', async () => {
  const { page, given, close, breakNow, mend } = await inTheMiddle(CHILD, { upTo: 'medicaid' });
  const question = arkansas.screen(given).next;
  assert.equal(question?.fact, 'medicaid');
  const more = merge(given, question, await fill(page, question, 'yes'));
  await breakNow();
  await press(page, 'continue');
  await mend();
  assert.equal(await title(page), arkansas.screen(more).next.question);
  const all = await answerAll(page, arkansas, CHILD, { from: more });
  const answers = await page.locator('care-pathway-screener .answers').innerText();
  for (const fact of Object.keys(all)) assert.ok(answers.includes(arkansas.questions()[fact].question), fact);
  const asked = await page.locator('care-pathway-screener .answers dt').allInnerTexts();
  await press(page, 'back');
  assert.equal(await title(page), asked.at(-1), 'Back leads over what was answered');
  for (const before of [...asked].reverse().slice(1)) {
    await page.goBack();
    await page.waitForFunction((before) => window.screenerRoot().querySelector('#title').textContent.trim() === before, before);
  }
  await close();
});

test('the engine breaks for good while another page is drawn: after Try again the family is where it was', async () => {
  const { page, close, breakNow, mend } = await inTheMiddle(CHILD);
  const rows = await page.locator('care-pathway-screener .answers > div').allInnerTexts();
  assert.ok(rows.length >= 3);
  await seeResults(page);
  await breakNow();
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByText('1-877-543-7669').first().waitFor();
  await page.getByRole('button', { name: 'English' }).click(); // in another language than at the time it broke
  await mend();
  await page.locator('care-pathway-screener .finding').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('care-pathway').lang), 'en');
  await press(page, 'back');
  assert.deepEqual(await page.locator('care-pathway-screener .answers > div').allInnerTexts(), rows);
  await close();
});

/** A site as it is here, but with another list of states, whose hash the pages know. */
function listed(change) {
  const before = readFileSync(join(site.folder, site.files.index));
  const index = JSON.parse(before);
  index.states.forEach(change);
  const text = JSON.stringify(index);
  return (path, bytes) => {
    if (path === site.files.index) return { body: text };
    return path.endsWith('.html') || /^carepath.*js$/.test(path) ? { body: bytes.toString().replaceAll(integrityOf(before), integrityOf(text)) } : null;
  };
}

/** Nothing is shown before the engine is there. */
async function waitsForTheEngine(t, { change, attributes = '' }) {
  const server = await slow(t, change);
  const { page, close } = await visit(browser, server.origin, `<main>${tag(`state="AR" lang="en" mode="inline" ${attributes(server)}`)}</main>`, { wait: false });
  await page.locator('care-pathway-screener').waitFor({ state: 'attached' });
  while (!server.asked.some((path) => path.endsWith('.carepath'))) await page.waitForTimeout(50);
  await page.waitForTimeout(300);
  assert.equal(await page.locator('care-pathway-screener #title').count(), 0);
  server.release();
  await heard(page, 'carepath-ready');
  await begin(page);
  assert.equal(await title(page), first.question);
  await close();
}

test('a list of states without openings, as older sites have it: nothing is shown before the engine is there', async (t) => {
  await waitsForTheEngine(t, { change: listed((entry) => delete entry.opening), attributes: () => '' });
});

test('rules of somebody else: their list of states says nothing of what is asked first', async (t) => {
  const change = (path) => (path === 'rules/index.json' ? { status: 200, body: readFileSync(join(site.folder, site.files.index)) } : null);
  await waitsForTheEngine(t, { change, attributes: ({ origin }) => `rules="${origin}/${BUNDLE}"` });
});

test('a list of states that asks otherwise than the rules: what is half filled in is not taken for something else', async (t) => {
  const change = listed(({ state, opening }) => {
    if (state === 'AR') for (const question of Object.values(opening.next)) question.choices.reverse();
  });
  const { page, screener, server, close } = await atFirstQuestion(t, { change });
  await box(screener, 'c0').check();
  server.release();
  await heard(page, 'carepath-ready');
  assert.equal(await title(screener), first.question);
  assert.equal(await screener.locator('fieldset.question input:checked').count(), 0);
  assert.equal(await screener.evaluate(() => window.screenerRoot().activeElement?.id), 'title');
  await close();
});

test('a state that the site does not have: said at once, before the engine is there', async (t) => {
  const server = await slow(t);
  const { page, close } = await visit(browser, server.origin, `<main>${tag(`state="${WITHOUT_RULES}" lang="en" mode="inline"`)}</main>`, { wait: false, expectErrors: true });
  await heard(page, 'carepath-error');
  assert.deepEqual(await page.evaluate(() => window.heard.map(({ detail }) => detail?.code)), ['no-rules']);
  assert.match(await shownText(page), /do not have this state yet/);
  await close();
});
