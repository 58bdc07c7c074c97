// Privacy as a property that is checked: through a whole visit every request, every attempt to keep something and
// every change of address is written down, in the website's page and in the frame. After `carepath-ready` there is
// none, unless a family asks to save its answers, and then one entry, until it is deleted or past its day; and the engine
// itself has no door to network, clock or storage.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { BUTTON, answerAll, begin, heard, openAndWait, press, seeResults, title } from './family.mjs';
import { agency, inside, tag, visit } from './guest.mjs';
import { AS_OF, SCREENER, openPage } from './product.mjs';

const { site, browser, origin, rules } = await agency();
const arkansas = await rules('AR');

const FAMILIES = [
  { birth_month: '2016-03', medicaid: 'yes', enrolled: [] },
  { birth_month: '2008-11', medicaid: 'no', insurance: 'no' },
];

/** In every frame, before its own scripts: whatever could send or keep something writes down that it was tried. */
function watch() {
  const attempts = (window.attempts = []);
  const note = (what, ...given) => attempts.push([what, ...given.map(String)].join(' '));
  const wrap = (object, name, label = name) => {
    const original = object?.[name];
    if (typeof original !== 'function') return;
    object[name] = function (...given) {
      note(label, ...given);
      return original.apply(this, given);
    };
  };
  for (const name of ['setItem', 'removeItem', 'clear']) wrap(Storage.prototype, name, `Storage.${name}`);
  for (const name of ['open', 'deleteDatabase']) wrap(window.IDBFactory?.prototype, name, `indexedDB.${name}`);
  for (const name of ['open', 'delete']) wrap(window.CacheStorage?.prototype, name, `caches.${name}`);
  for (const name of ['set', 'delete']) wrap(window.CookieStore?.prototype, name, `cookieStore.${name}`);
  for (const name of ['getDirectory', 'persist']) wrap(window.StorageManager?.prototype, name, `storage.${name}`);
  wrap(window.FileSystemFileHandle?.prototype, 'createWritable');
  wrap(window.ServiceWorkerContainer?.prototype, 'register', 'serviceWorker.register');
  wrap(window.BroadcastChannel?.prototype, 'postMessage', 'BroadcastChannel.postMessage');
  wrap(Navigator.prototype, 'sendBeacon');
  wrap(XMLHttpRequest.prototype, 'open', 'XMLHttpRequest.open');
  wrap(window, 'fetch');
  wrap(window, 'open', 'window.open');
  for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'RTCPeerConnection', 'WebTransport', 'Image']) {
    const Original = window[name];
    if (Original) window[name] = class extends Original {
      constructor(...given) {
        note(name, ...given);
        super(...given);
      }
    };
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(Document.prototype, 'cookie', { ...cookie, set(text) { note('cookie', text); cookie.set.call(this, text); } });
  for (const name of ['pushState', 'replaceState']) {
    const original = History.prototype[name];
    History.prototype[name] = function (state, title, address) {
      if (address !== undefined && address !== null) note(name, address);
      // The place of a page in the browser's history is a number, and nothing else is kept there.
      for (const [key, value] of Object.entries(state ?? {})) if (!key.startsWith('carepath-') || typeof value !== 'number') note(name, key, value);
      return original.call(this, state, title, address);
    };
  }
  for (const name of ['hashchange', 'storage']) addEventListener(name, () => note(name));
  window.messages = [];
  addEventListener('message', ({ data }) => window.messages.push(data));
}

/** What stands in the browser's stores of this frame. */
const stored = async (frame) =>
  frame.evaluate(async () => ({
    cookies: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    name: window.name,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

const NOTHING = { cookies: '', local: 0, session: 0, databases: 0, caches: 0, name: '', workers: 0 };

/** Everything a message of the frame may hold. */
const SAID = new Set(['carepath', 'type', 'height', 'lang', 'title', 'shown', 'from', 'to', 'name', 'detail', 'detail.number', 'detail.settled']);
const keysOf = (message) => Object.entries(message).flatMap(([key, value]) => (key === 'detail' ? ['detail', ...Object.keys(value ?? {}).map((each) => `detail.${each}`)] : [key]));

for (const mode of ['isolated', 'inline']) {
  test(`${mode}: after carepath-ready no request, nothing kept, no other address, whatever is answered`, async () => {
    const fetched = [];
    for (const child of FAMILIES) {
      const requests = [];
      const asWatched = { newContext: async (options) => {
        const context = await browser.newContext(options);
        await context.addInitScript(watch);
        context.on('request', (request) => requests.push(new URL(request.url()).pathname));
        return context;
      } };
      const { page, close } = await visit(asWatched, origin, `<main>${tag(`state="AR" lang="en" mode="${mode}"`)}</main>`);
      const screener = await inside(page, mode);
      fetched.push(requests.splice(0).sort());
      const attempts = async () => (await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.attempts.splice(0))))).flat();
      const early = await attempts();
      assert.equal(early.filter((each) => each.startsWith('fetch ')).length, 3, 'the watch works: the list of states, the bundle, the module');
      assert.deepEqual(early.filter((each) => !each.startsWith('fetch ')), [], 'before it is ready: only files are fetched');
      const addresses = () => page.frames().map((frame) => frame.url());
      const before = addresses();

      await begin(screener);
      const given = await answerAll(screener, arkansas, child);
      await press(screener, 'back');
      await press(screener, 'continue');
      await screener.getByRole('button', { name: BUTTON.results }).waitFor();
      await seeResults(screener);
      await screener.getByRole('button', { name: 'Español' }).click();
      await screener.locator('.finding').waitFor();
      await heard(page, 'carepath-result');
      await press(screener, 'leave');
      await screener.locator('.page .main').click();
      await page.waitForTimeout(400);

      assert.deepEqual(requests, []);
      assert.deepEqual(await attempts(), []);
      assert.deepEqual(addresses(), before);
      for (const frame of page.frames()) assert.deepEqual(await stored(frame), NOTHING);
      assert.deepEqual(await page.context().cookies(), []);
      const messages = await page.evaluate(() => window.messages);
      assert.equal(messages.length > 0, mode === 'isolated');
      assert.deepEqual(messages.flatMap(keysOf).filter((key) => !SAID.has(key)), []);
      for (const answer of Object.values(given).filter((each) => typeof each === 'string' && each.length > 4)) assert.ok(!JSON.stringify(messages).includes(answer), answer);
      await close();
    }
    assert.deepEqual(fetched[0], fetched[1], 'a fixed list of files');
    assert.equal(new Set(fetched[0]).size, fetched[0].length, 'each once');
  });
}

const ANSWERS_OF = [{ name: 'Ana', ...FAMILIES[0] }, { name: 'Ben', ...FAMILIES[1] }];
const KEY = 'carepath-saved-AR';

/** By the words on it, in the page and in the frame. */
const button = (screener, name) => screener.getByRole('button', { name, exact: true });

/** Two children answered for, and shown; the second one's results. */
async function twoChildren(screener) {
  const [ana, ben] = ANSWERS_OF;
  await begin(screener);
  await answerAll(screener, arkansas, ana);
  await seeResults(screener);
  await button(screener, 'Ask about another child').click();
  for (const [at, { name }] of ANSWERS_OF.entries()) await screener.locator(`input[name="name-${at}"]`).fill(name);
  await press(screener, 'continue');
  await screener.locator('fieldset.question').waitFor();
  await answerAll(screener, arkansas, ben);
  await seeResults(screener);
}

/** From the results of one child: what every page says of each child, answers and findings. */
async function everything(screener) {
  const all = {};
  for (const { name } of ANSWERS_OF) {
    const to = button(screener, `Go to ${name}`);
    if (await to.count()) await to.click();
    await screener.locator('.place').getByText(name).waitFor();
    await screener.locator('.finding').waitFor();
    const found = (await screener.locator('.page').innerText()).replace('Saved answers', 'Save on this device');
    await button(screener, 'Change an answer').click();
    await screener.locator('.answers').waitFor();
    all[name] = { found, answers: await screener.locator('.answers').innerText() };
    await seeResults(screener);
  }
  return all;
}

/** Where the screener's own storage is. */
const entries = (screener) => screener.evaluate(() => ({ ...localStorage }));

async function saved(screener) {
  await button(screener, 'Save on this device').click();
  assert.match(await screener.locator('.page').innerText(), /Other people who use this device could see them[^]*They last until July 1, 2026/);
  assert.deepEqual(await entries(screener), {}, 'not before it is asked for');
  await button(screener, 'Save my answers').click();
  await screener.getByText('Your answers are saved on this device').waitFor();
}

for (const mode of ['isolated', 'inline']) {
  test(`${mode}: saved only when asked; it comes back after a reload, with two children and every answer; Delete and Leave and clear leave nothing`, async () => {
    const { page, close } = await visit(browser, origin, `<main>${tag(`state="AR" lang="en" mode="${mode}"`)}</main>`);
    await page.context().addInitScript(watch);
    const open = async () => {
      await page.reload();
      await heard(page, 'carepath-ready');
      return inside(page, mode);
    };
    let screener = await open();
    await twoChildren(screener);
    const before = await everything(screener);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await screener.evaluate(() => window.attempts.splice(0));
    await saved(screener);
    assert.deepEqual(Object.keys(await entries(screener)), [KEY]);
    assert.deepEqual((await screener.evaluate(() => window.attempts)).map((each) => each.split(' ').slice(0, 2)), [['Storage.setItem', KEY]], 'written once, and nothing else');
    assert.deepEqual(requests, []);
    if (mode === 'isolated') assert.deepEqual(await page.evaluate(() => localStorage.length), 0, 'the website’s own storage is not touched');

    screener = await open();
    assert.match(await screener.locator('.saved').innerText(), /You saved answers on this device on June 1, 2026/);
    requests.length = 0;
    await button(screener, 'Go on').click();
    await button(screener, 'See what we found').waitFor();
    await seeResults(screener);
    assert.deepEqual(await everything(screener), before);
    assert.deepEqual(requests, [], 'taken up without a request');

    // What is changed from then on is saved too.
    await button(screener, 'Change an answer').click();
    const kept = (await entries(screener))[KEY];
    await screener.locator('.answers > div', { hasText: arkansas.questions().birth_month.question }).first().getByRole('button').click();
    await screener.locator('input[name="year"]').fill('2015');
    await press(screener, 'continue');
    await screener.locator('.answers, fieldset.question').first().waitFor();
    assert.notEqual((await entries(screener))[KEY], kept);
    assert.match((await entries(screener))[KEY], /2015-/);

    await button(screener, 'Saved answers').click();
    await button(screener, 'Delete them').click();
    await screener.getByText('The saved answers are deleted.').waitFor();
    assert.deepEqual(await entries(screener), {});
    await button(screener, 'Save my answers').click();
    await screener.getByText('Your answers are saved on this device').waitFor();
    await press(screener, 'leave');
    assert.match(await screener.locator('.page').innerText(), /What you saved on this device is deleted too/);
    await screener.locator('.page .main').click();
    assert.match(await title(screener), /cleared/);
    for (const frame of page.frames()) assert.deepEqual(await stored(frame), NOTHING);

    screener = await open();
    assert.equal(await screener.locator('.saved').count(), 0);
    await close();
  });
}

test('in the frame of a website to which the browser gives no storage, the page says so instead', async () => {
  const { page, server, close } = await visit(browser, origin, `<main>${tag()}</main>`);
  // Under another name the website is another site than the screener, and a private window denies the frame its storage.
  await page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/page.html`);
  await heard(page, 'carepath-ready');
  const screener = await inside(page, 'isolated');
  await begin(screener);
  await answerAll(screener, arkansas, FAMILIES[0]);
  await seeResults(screener);
  await button(screener, 'Save on this device').click();
  await screener.getByText('This browser does not let us save. You can print or copy what we found.').waitFor();
  assert.equal(await button(screener, 'Save my answers').count(), 0);
  await button(screener, 'Copy or share').click();
  assert.match(await screener.locator('#share-text').inputValue(), /1-844-843-7351/);
  await close();
});

test('past its day what was saved is gone as soon as the site is opened; deleted from the start page it is gone at once', async () => {
  const { page, close } = await openPage(browser);
  const open = async ({ day = AS_OF, choose = true } = {}) => {
    await page.clock.setFixedTime(new Date(`${day}T12:00:00-05:00`));
    await openAndWait(page, `${origin}/`);
    if (!choose) return;
    await button(page, 'Arkansas').click();
    await button(page, 'Start').waitFor();
  };
  await open();
  await begin(page);
  await answerAll(page, arkansas, FAMILIES[0]);
  await seeResults(page);
  await saved(page);
  await open({ day: '2026-06-30' });
  assert.equal(await page.locator('.saved').count(), 1);
  await open({ day: '2026-07-01', choose: false });
  assert.deepEqual(await entries(page), {}, 'before a state is chosen');

  for (const text of ['{', '{"version":99}', 'null']) {
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text]);
    await open();
    assert.deepEqual([await entries(page), await page.locator('.saved').count()], [{}, 0], text);
  }
  const saveOne = async () => {
    await begin(page);
    await answerAll(page, arkansas, FAMILIES[0]);
    await seeResults(page);
    await saved(page);
    await open();
  };
  await saveOne();
  // Somebody else begins anew: what they answer is not saved into it, and they can delete it too.
  const kept = await entries(page);
  await begin(page);
  await press(page, 'continue');
  await button(page, 'Saved answers').click();
  await page.getByText('There are answers here from June 1, 2026.').waitFor();
  assert.deepEqual(await entries(page), kept);
  await button(page, 'Delete them').click();
  await page.getByText('The saved answers are deleted.').waitFor();
  assert.deepEqual(await entries(page), {});
  await open();
  await saveOne();
  await button(page, 'Delete them').click();
  await page.getByText('The saved answers are deleted.').waitFor();
  assert.deepEqual([await entries(page), await page.locator('.saved').count()], [{}, 0]);
  assert.equal(await page.evaluate(() => screenerRoot().activeElement?.id), 'title');
  await close();
});

test('answers that other rules no longer take do not stop the rest from coming back', async () => {
  const { page, close } = await openPage(browser);
  await openAndWait(page, `${origin}/`);
  const family = { by: 'parent', household: [['nowhere:choice', 'x']], children: [{ name: '', given: [['medicaid:yes_no', 'perhaps'], ['birth_month:month', '2016-03'], ['gone:yes_no', 'yes'], ['enrolled:set', 7]], volunteered: ['gone'], notes: { help: [], people: [], goals: [] } }] };
  await page.evaluate(([key, family]) => localStorage.setItem(key, JSON.stringify({ version: 1, on: '2026-06-01', until: '2026-07-01', family })), [KEY, family]);
  await page.reload();
  await button(page, 'Arkansas').click();
  await button(page, 'Go on').click();
  await page.locator('fieldset.question').waitFor();
  await answerAll(page, arkansas, FAMILIES[0], { upTo: 'birth_month' });
  assert.equal(await page.locator('input[name="year"]').inputValue(), '2016');
  await close();
});

test('with no storage at all, as browsers have it in the frame of a stranger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carepath-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const context = await chromium.launchPersistentContext(folder, { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], locale: 'en-US' });
  try {
    for (const mode of ['isolated', 'inline']) {
      const { page, close } = await visit({ newContext: () => ({ setDefaultTimeout() {}, newPage: () => context.newPage(), close() {} }) }, origin, `<main>${tag(`state="AR" lang="en" mode="${mode}"`)}</main>`);
      const screener = await inside(page, mode);
      assert.equal(await screener.evaluate(() => { try { return localStorage.length; } catch (error) { return error.name; } }), 'SecurityError', 'storage is really denied');
      await begin(screener);
      await answerAll(screener, arkansas, FAMILIES[0]);
      await seeResults(screener);
      await button(screener, 'Save on this device').click();
      await screener.getByText('This browser does not let us save.').waitFor();
      for (const before of ['What we found', 'Check your answers']) {
        await press(screener, 'back');
        await screener.getByText(before).first().waitFor();
      }
      await page.close();
      await close();
    }
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the engine has no door to network, clock or storage', () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(site.folder, site.files.wasm))));
  // To make an error of a text, to throw, and to set up the table in which the glue keeps JavaScript's values.
  const allowed = /^(__wbg_Error_[0-9a-f]+|__wbg___wbindgen_throw_[0-9a-f]+|__wbindgen_throw|__wbindgen_cast_[0-9a-f]+|__wbindgen_init_externref_table)$/;
  assert.deepEqual(imports.filter(({ kind, name }) => kind !== 'function' || !allowed.test(name)), []);
  const glue = readFileSync(join(SCREENER, 'carepath.js'), 'utf8');
  const [made] = glue.match(/function __wbg_get_imports\(\) \{[\s\S]*?\n\}/);
  assert.doesNotMatch(made, /fetch|XMLHttp|WebSocket|Storage|indexedDB|cookie|Date|performance|crypto|navigator|document|window/);
});

test('the plain page, from first to last, keeps nothing', async () => {
  const { page, close } = await openPage(browser);
  await page.addInitScript(watch);
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: 'Arkansas', exact: true }).click();
  await page.getByRole('button', { name: BUTTON.start }).waitFor();
  await page.evaluate(() => window.attempts.splice(0));
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluate(() => (window.screenerRoot = () => document.querySelector('care-pathway-screener').shadowRoot));
  await begin(page);
  await answerAll(page, arkansas, FAMILIES[0]);
  await seeResults(page);
  assert.deepEqual(requests, []);
  assert.deepEqual(await page.evaluate(() => window.attempts), []);
  assert.deepEqual(await stored(page), NOTHING);
  await close();
});
