// Privacy as a property that is checked: through a whole visit every request, every attempt to keep something and
// every change of address is written down, in the website's page and in the frame. After `carepath-ready` there is
// none; and the engine itself has no door to network, clock or storage.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { BUTTON, answerAll, begin, heard, press, seeResults } from './family.mjs';
import { agency, inside, tag, visit } from './guest.mjs';
import { SCREENER, openPage } from './product.mjs';

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
const kept = async (frame) =>
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
      for (const frame of page.frames()) assert.deepEqual(await kept(frame), NOTHING);
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
      await press(screener, 'back');
      await screener.getByRole('button', { name: BUTTON.results }).waitFor();
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
  assert.deepEqual(await kept(page), NOTHING);
  await close();
});
