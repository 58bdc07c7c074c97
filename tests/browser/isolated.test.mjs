// Isolated, on a stranger's website: the whole way from tag to result, what the website hears of it and what it
// never does, and who is not listened to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAll, begin, heard, seeResults, title } from './family.mjs';
import { POLICY, agency, frameOf, tag, visit } from './guest.mjs';

const { browser, origin, rules, asked } = await agency();
const arkansas = await rules('AR');

const CHILD = { birth_month: '2016-03', medicaid: 'yes', enrolled: [] };

const events = (page) => page.evaluate(() => window.heard);

/** The iframe is as high as what is in it. */
async function assertFits(page) {
  const frame = await frameOf(page);
  await page.waitForFunction(() => document.querySelector('care-pathway').shadowRoot.querySelector('iframe').clientHeight > 200);
  const inner = await frame.evaluate(() => new Promise((done) => setTimeout(() => done({ content: document.documentElement.scrollHeight, view: innerHeight, width: document.documentElement.scrollWidth, room: innerWidth }), 150)));
  assert.ok(Math.abs(inner.content - inner.view) <= 1, `content of ${inner.content} px in ${inner.view} px`);
  assert.ok(inner.width <= inner.room, `${inner.width} px wide in ${inner.room}`);
}

test('the whole way, under a policy that allows only script and frame; the website hears no answer', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag()}</main>`, { policy: POLICY.isolated(origin) });
  const frame = await frameOf(page);
  assert.equal(await page.getByText('Find who can help', { exact: true }).count(), 1);
  assert.equal(await page.getByText('Find who can help', { exact: true }).isVisible(), false, 'the fallback has gone');
  await assertFits(page);
  await begin(frame);
  const given = await answerAll(frame, arkansas, CHILD);
  await seeResults(frame);
  await heard(page, 'carepath-result');
  await assertFits(page);
  const said = await events(page);
  assert.equal(said[0].name, 'carepath-ready');
  assert.deepEqual(said.at(-1), { name: 'carepath-result', detail: { settled: arkansas.screen(given).settled } });
  assert.ok(said.filter(({ name }) => name === 'carepath-step').every(({ detail }) => Object.keys(detail).join() === 'number'));
  assert.ok(said.some(({ name }) => name === 'carepath-step'));
  const iframe = page.locator('care-pathway iframe');
  assert.match(await iframe.getAttribute('title'), /Find who can help/);
  assert.doesNotMatch(await iframe.getAttribute('src'), /2016|medicaid|enrolled/);
  await close();
});

test('ids of programs are told only to a website that asks, and the family knows', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag('state="AR" lang="en" share-result')}</main>`);
  const frame = await frameOf(page);
  assert.match(await frame.locator('.privacy').innerText(), /will be told which programs/);
  await begin(frame);
  const given = await answerAll(frame, arkansas, CHILD);
  await seeResults(frame);
  await heard(page, 'carepath-result');
  const { lead, programs } = arkansas.screen(given);
  const { detail } = (await events(page)).at(-1);
  assert.equal(detail.lead, lead.program);
  assert.deepEqual(detail.programs, programs.filter(({ kind, decision, receiving }) => kind === 'program' && (decision === 'eligible' || receiving === 'yes')).map(({ id }) => id));
  await close();
});

test('attributes changed later count; a language chosen inside shows on the attribute', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag('state="AR"')}</main>`);
  const frame = await frameOf(page);
  const set = (name, value) => page.evaluate(([name, value]) => document.querySelector('care-pathway').setAttribute(name, value), [name, value]);
  assert.equal(await page.locator('care-pathway').getAttribute('lang'), null);
  await frame.getByRole('button', { name: 'Español' }).click();
  await page.waitForFunction(() => document.querySelector('care-pathway').lang === 'es');
  assert.equal(await page.locator('care-pathway iframe').getAttribute('title'), await title(frame));
  await set('lang', 'en');
  await frame.getByRole('button', { name: 'Start' }).waitFor();
  await set('heading-level', '3');
  await frame.locator('h3#title').waitFor();
  await set('theme', 'dark');
  await frame.waitForFunction(() => getComputedStyle(document.querySelector('care-pathway-screener')).colorScheme === 'dark');
  await set('state', 'MA');
  await frame.getByText('Massachusetts').first().waitFor();
  await page.evaluate(() => document.querySelector('care-pathway').removeAttribute('state'));
  await frame.getByRole('button', { name: 'Arkansas', exact: true }).waitFor();
  await set('mode', 'inline');
  await page.locator('care-pathway-screener #title').waitFor();
  assert.equal(await page.locator('care-pathway iframe').count(), 0);
  await close();
});

test('a state chosen inside stays inside, and outlasts another setting', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag('lang="en"')}</main>`, { wait: false });
  const frame = await frameOf(page);
  await page.locator('care-pathway a').waitFor({ state: 'hidden' });
  await frame.getByRole('button', { name: 'Arkansas', exact: true }).click();
  await heard(page, 'carepath-ready');
  await page.evaluate(() => document.querySelector('care-pathway').setAttribute('heading-level', '2'));
  await frame.locator('h2#title').waitFor();
  assert.equal(await frame.getByRole('button', { name: 'Start' }).count(), 1);
  assert.equal(await page.locator('care-pathway').getAttribute('state'), null);
  await close();
});

test('messages from anyone else change nothing, on either side', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag()}<iframe id="stranger" srcdoc="<p>Hello"></iframe></main>`);
  const frame = await frameOf(page);
  const before = await page.locator('care-pathway iframe').evaluate((iframe) => iframe.style.height);
  const count = (await events(page)).length;
  const lies = [
    { carepath: 1, type: 'event', name: 'carepath-result', detail: { settled: true }, height: 9 },
    { carepath: 1, type: 'page', lang: 'es', title: 'Mine', shown: true, height: 9 },
  ];
  // From the website's own window, from another frame of it, and to the frame from somebody who is not its parent.
  await page.evaluate((lies) => lies.forEach((lie) => postMessage(lie, '*')), lies);
  const stranger = await (await page.locator('#stranger').elementHandle()).contentFrame();
  await stranger.evaluate((lies) => lies.forEach((lie) => parent.postMessage(lie, '*')), lies);
  await stranger.evaluate(() => {
    const { contentWindow } = parent.document.querySelector('care-pathway').shadowRoot.querySelector('iframe');
    contentWindow.postMessage({ carepath: 1, type: 'hello', set: { state: 'MA', lang: 'es' }, style: {} }, '*');
  });
  await page.waitForTimeout(300);
  assert.equal(await page.locator('care-pathway iframe').evaluate((iframe) => iframe.style.height), before);
  assert.equal((await events(page)).length, count);
  assert.equal(await page.locator('care-pathway').getAttribute('lang'), 'en');
  assert.equal(await frame.getByRole('button', { name: 'Start' }).count(), 1);
  assert.equal(await frame.locator('care-pathway-screener').getAttribute('state'), 'AR');
  await close();
});

test('the frame taken elsewhere: what it says from another origin is not heard', async () => {
  const { page, address, close } = await visit(browser, origin, `<main>${tag()}</main>`, { expectErrors: true });
  const count = (await events(page)).length;
  const elsewhere = new URL('/site.css', address).href;
  await page.locator('care-pathway iframe').evaluate((iframe, to) => (iframe.src = to), elsewhere);
  await page.waitForFunction(() => document.querySelector('care-pathway').shadowRoot.querySelector('iframe').contentDocument !== null);
  await page.locator('care-pathway iframe').evaluate((iframe) => iframe.contentWindow.eval("parent.postMessage({ carepath: 1, type: 'event', name: 'carepath-result', detail: {}, height: 9 }, '*')"));
  await page.waitForTimeout(200);
  assert.equal((await events(page)).length, count);
  await close();
});

test('two on one page, isolated and inline, each with its own answers', async () => {
  const body = `<main>${tag('id="one" state="AR" lang="en"')}${tag('id="two" state="MA" lang="en" mode="inline" heading-level="2"')}</main>`;
  const { page, close } = await visit(browser, origin, body, { wait: false });
  await page.waitForFunction(() => window.heard.filter(({ name }) => name === 'carepath-ready').length === 2);
  const frame = await frameOf(page);
  await begin(frame);
  await frame.locator('fieldset.question').waitFor();
  assert.equal(await page.locator('#two fieldset').count(), 0);
  await page.locator('#two .main').click();
  await page.locator('#two fieldset.question').waitFor();
  await page.goBack();
  await page.locator('#two .promise').waitFor();
  assert.equal(await frame.locator('fieldset.question').count(), 1);
  await close();
});

test('two isolated on one page do not hear each other', async () => {
  const { page, close } = await visit(browser, origin, `<main>${tag()}${tag('state="MA" lang="es"')}</main>`, { wait: false });
  await page.waitForFunction(() => window.heard.filter(({ name }) => name === 'carepath-ready').length === 2);
  const [one, two] = [await frameOf(page, 0), await frameOf(page, 1)];
  await begin(one);
  await one.locator('fieldset.question').waitFor();
  assert.equal(await two.locator('fieldset').count(), 0);
  await one.getByRole('button', { name: 'Español' }).click();
  await page.waitForFunction(() => document.querySelector('care-pathway').lang === 'es');
  assert.equal(await page.locator('care-pathway').nth(1).getAttribute('lang'), 'es');
  assert.equal(await two.locator('#title').count(), 1);
  await close();
});

test('scripts blocked, or the frame refused: the author’s own words stay', async () => {
  const words = (page) => page.getByText('Find who can help', { exact: true });
  const blocked = await visit(browser, origin, tag(), { wait: false, expectErrors: true, policy: "default-src 'self'; script-src 'none'" });
  assert.ok(await words(blocked.page).isVisible());
  await blocked.close();
  const off = await visit(browser, origin, tag(), { wait: false, javaScriptEnabled: false });
  assert.ok(await words(off.page).isVisible());
  await off.close();
  for (const mode of ['isolated', 'inline']) {
    const refused = await visit(browser, origin, tag(`state="AR" mode="${mode}"`), { wait: false, expectErrors: true, policy: `default-src 'self'; script-src ${origin}/carepath.js` });
    await refused.page.waitForTimeout(700);
    assert.ok(await words(refused.page).isVisible(), mode);
    if (mode === 'inline') assert.deepEqual((await events(refused.page)).map(({ name, detail }) => [name, detail?.code]), [['carepath-error', 'not-loaded']]);
    await refused.close();
  }
});

test('nothing is heard of the frame: after a while the website is told, once', async () => {
  for (const frames of ["'none'", origin]) {
    const { page, close } = await visit(browser, origin, '', { wait: false, expectErrors: true, policy: `default-src 'none'; script-src ${origin}; frame-src ${frames}` });
    await page.evaluate((html) => {
      const later = window.setTimeout;
      window.setTimeout = (call, wait, ...more) => later(call, wait === 20_000 ? 300 : wait, ...more);
      document.body.insertAdjacentHTML('beforeend', html);
    }, tag());
    await page.waitForFunction(() => window.heard.length > 0);
    await page.waitForTimeout(600);
    const refused = frames === "'none'";
    assert.deepEqual(await events(page), [refused ? { name: 'carepath-error', detail: { code: 'not-loaded' } } : { name: 'carepath-ready', detail: null }]);
    assert.equal(await page.getByText('Find who can help', { exact: true }).isVisible(), refused);
    await close();
  }
});

test('the screener’s script altered on the way: it never runs, in either mode', async () => {
  for (const mode of ['isolated', 'inline']) {
    const { page, close } = await visit(browser, origin, '', { wait: false, expectErrors: true });
    await page.route('**/screener-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};window.altered=true` });
    });
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), tag(`state="AR" mode="${mode}"`));
    await page.waitForTimeout(700);
    assert.ok(await page.getByText('Find who can help', { exact: true }).isVisible(), mode);
    for (const frame of page.frames()) assert.equal(await frame.evaluate(() => window.altered ?? null), null, mode);
    await close();
  }
});

test('what the agency’s server sees of the website is nothing but files', async () => {
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((path) => !/^(carepath\.js|frame-\w+\.html|assets\/[\w.-]+|rules\/[\w.-]+|favicon\.ico)$/.test(path)), []);
});
