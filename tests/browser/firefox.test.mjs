// The same in Firefox, another browser with another engine: families in both states and both languages, on a phone and a
// desktop; the keyboard alone; axe; nothing sent and nothing stored; a life after WebAssembly has run out of stack.
// SCREENSHOTS=FOLDER leaves a picture of every page there, to be looked at.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UNSURE, merge } from './family.mjs';
import { KEY, launchFirefox, openTab } from './firefox.mjs';
import { RULES, bundleOf, engine, serve } from './product.mjs';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

const server = await serve(RULES);
after(() => server.stop());
const firefox = await launchFirefox();
after(() => firefox.close());
const engines = {};
for (const state of ['AR', 'MA']) engines[state] = await engine(await bundleOf(server.address, state));

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const withAxe = `() => { ${AXE} }`;

async function assertAccessible(page, what) {
  const { found, contrast } = await page.ask(async () => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations, passes } = await window.axe.run(document, { runOnly, rules: { 'color-contrast': { enabled: true } } });
    return {
      found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      contrast: passes.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes.map(({ target }) => target[0])),
    };
  });
  assert.deepEqual(found, [], what);
  assert.ok(contrast.some((target) => Array.isArray(target)), `${what}: axe looked into the shadow root`);
}

async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot(join(folder, `${name}.png`));
}

const words = (page, selector) => page.until(selector, (selector) => screener()?.querySelector(selector)?.innerText.trim(), selector);

const shows = (page, title) => page.until(`“${title}”`, (title) => screener()?.querySelector('#title')?.textContent.trim() === title, title);

/** From the list of states to the state's first page. */
async function choose(page, { about }, lang) {
  await page.open(server.address);
  if (lang === 'es') await page.click('button', 'Español');
  await page.click('button', about().name[lang]);
  await page.until('carepath-ready', () => window.heard.some(({ name }) => name === 'carepath-ready'));
}

/** From the state's first page to the first question. */
async function begin(page, look = async () => {}) {
  await page.click('.page > button.main');
  await words(page, 'input[name="answer"][value="parent"] + span');
  await look('who');
  await page.click('label:has(input[value="parent"])');
  await page.click('form button.main');
}

/** Answers by the mouse what the engine asks, up to "check your answers"; `look` sees every question. */
async function answerAll(page, engine, answers, { lang = 'en', look = async () => {} } = {}) {
  for (let written = {}; ; ) {
    const { next } = engine.screen(written, undefined, lang);
    if (!next) return written;
    await shows(page, next.question);
    await look(next);
    written = merge(written, next, await fill(page, next, answers[next.fact] ?? UNSURE));
    await page.click('form button.main');
  }
}

/** Fills in the controls; returns what they should write. */
async function fill(page, { type, choices }, answer) {
  const tick = (name, value) => page.click(`fieldset.question label:has(input[name="${name}"][value="${value}"])`);
  if (answer === UNSURE) {
    await page.click('fieldset.question .unsure label:has(input[value="unknown"])');
    return UNSURE;
  }
  switch (type) {
    case 'yes_no':
      await tick('answer', answer);
      return answer;
    case 'month': {
      const [year, month] = answer.split('-');
      await page.ask((month) => {
        const select = screener().querySelector('select[name="month"]');
        select.value = month;
        for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
      }, String(Number(month)));
      await page.click('input[name="year"]');
      await page.press(...year);
      return answer;
    }
    case 'set':
      for (const id of answer) await tick('item', `c${choices.findIndex((choice) => choice.id === id)}`);
      if (answer.length === 0) await tick('none', 'none');
      return Object.fromEntries(choices.map(({ id }) => [id, answer.includes(id) ? 'yes' : 'no']));
    default:
      throw new Error(`the family does not know how to answer: ${type}`);
  }
}

/** The results begin with the engine's lead. */
async function showsLead(page, engine, given, lang) {
  const finding = await words(page, '.finding');
  const { lead, programs } = engine.screen(given, undefined, lang);
  const name = programs.find(({ id }) => id === lead.program)?.name;
  assert.ok(name, `a program leads a child of these tests: ${JSON.stringify(given)}`);
  assert.ok(finding.includes(name), `“${finding}” names ${name}`);
  const other = programs.find((program) => program.id !== lead.program && finding.includes(program.name) && !name.includes(program.name));
  assert.equal(other, undefined, `“${finding}” names no other program`);
}

async function seeResults(page, engine, given, lang) {
  await page.click('.page > button.main');
  await showsLead(page, engine, given, lang);
}

const CHILD = { birth_month: '2016-03', medicaid: 'yes', enrolled: [], behavioral_health_need: 'no', developmental_disability: 'no', foster_care: 'no' };

const FAMILIES = [
  { state: 'AR', lang: 'en', viewport: PHONE, answers: CHILD },
  { state: 'AR', lang: 'es', viewport: DESKTOP, answers: { ...CHILD, enrolled: ['passe'] } },
  { state: 'MA', lang: 'en', viewport: DESKTOP, answers: { ...CHILD, enrolled: ['pediatric_aco'], plan_coordinator: 'yes' } },
  { state: 'MA', lang: 'es', viewport: PHONE, answers: { ...CHILD, special_health_care_need: 'yes', complex_coordination_need: 'yes' } },
];

for (const { state, lang, viewport, answers } of FAMILIES) {
  test(`${state} in ${lang}, ${viewport.width} px wide: the engine's questions and lead, and axe finds nothing`, async () => {
    const engine = engines[state];
    const page = await openTab(firefox, { viewport, before: withAxe });
    const look = async (what) => {
      // A long page has a scroll bar beside it here, which takes some of the width.
      assert.ok(await page.ask(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${what} fits the width`);
      await assertAccessible(page, what);
      await picture(page, `${state}-${lang}-${viewport.width}-${what}`);
    };
    await choose(page, engine, lang);
    await look('start');
    await begin(page, look);
    const given = await answerAll(page, engine, answers, { lang, look: ({ fact }) => look(`question-${fact}`) });
    await page.until('the answers', () => screener().querySelector('.answers') !== null);
    await look('check');
    await seeResults(page, engine, given, lang);
    await look('results');
    await page.close();
  });
}

test('the whole way by keyboard alone', async () => {
  const engine = engines.AR;
  const page = await openTab(firefox, { viewport: DESKTOP });
  const focused = () =>
    page.ask(() => {
      const active = screener()?.activeElement;
      return active && { tag: active.localName, id: active.id, type: active.type, name: active.name, value: active.value, text: active.textContent.trim() };
    });
  const tabTo = async (what, wanted) => {
    for (let at = 0; at < 60; at += 1) {
      await page.press(KEY.Tab);
      const now = await focused();
      if (now && wanted(now)) return now;
    }
    throw new Error(`Tab does not get to ${what}`);
  };
  const pressMain = async () => {
    const label = await words(page, 'button.main');
    await tabTo(label, ({ tag, text }) => tag === 'button' && text === label);
    await page.press(KEY.Enter);
  };
  await page.open(server.address);
  const state = engine.about().name.en;
  await tabTo(state, ({ tag, text }) => tag === 'button' && text === state);
  await page.press(KEY.Enter);
  await pressMain();
  await page.until('the focus on who is answering', () => screener().activeElement?.id === 'title' && screener().querySelector('input[value="parent"]') !== null);
  await tabTo('who is answering', ({ name }) => name === 'answer');
  await page.press(KEY.Space);
  await pressMain();
  let written = {};
  for (;;) {
    const { next } = engine.screen(written);
    if (!next) break;
    await page.until(`the focus on “${next.question}”`, (title) => screener().activeElement?.id === 'title' && screener().activeElement.textContent.trim() === title, next.question);
    const first = await tabTo('the first control', ({ name, tag }) => name && ['input', 'select'].includes(tag));
    let answer = CHILD[next.fact] ?? UNSURE;
    if (first.type === 'radio') {
      // The first has the focus: it is yes; the next is no; the one before it, around to the last, is I'm not sure.
      await page.press({ yes: KEY.Space, no: KEY.ArrowDown, [UNSURE]: KEY.ArrowUp }[answer]);
      assert.equal((await focused()).value, answer);
    } else if (next.type === 'month') {
      await page.press(...Array(3).fill(KEY.ArrowDown)); // to March
      await tabTo('the year', ({ name }) => name === 'year');
      await page.press(...'2016');
    } else {
      assert.deepEqual(answer, [], `by keyboard alone: ${next.fact}`);
      await tabTo('none of these', ({ name }) => name === 'none');
      await page.press(KEY.Space);
      answer = Object.fromEntries(next.choices.map(({ id }) => [id, 'no']));
    }
    written = merge(written, next, answer);
    await pressMain();
  }
  await page.until('the answers', () => screener().querySelector('.answers') !== null);
  assert.equal((await focused()).id, 'title');
  await pressMain();
  await showsLead(page, engine, written, 'en');
  assert.equal((await focused()).id, 'title');
  await page.close();
});

test('after carepath-ready there is no request, nothing is stored, and the address stays', async () => {
  const page = await openTab(firefox, { viewport: PHONE });
  await choose(page, engines.AR, 'en');
  const loaded = page.requests.length;
  assert.ok(page.requests.some((address) => address.endsWith('.carepath')), `requests are seen: ${page.requests}`);
  const address = await page.ask(() => location.href);
  await begin(page);
  const given = await answerAll(page, engines.AR, CHILD);
  await seeResults(page, engines.AR, given, 'en');
  await page.click('button', 'Español');
  await page.ask(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.deepEqual(page.requests.slice(loaded), []);
  const kept = await page.ask(async () => ({
    address: location.href,
    cookies: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  }));
  assert.deepEqual(kept, { address, cookies: '', local: 0, session: 0, databases: 0, caches: 0 });
  const history = await page.ask(() => JSON.stringify(history.state));
  for (const answer of Object.values(given)) if (typeof answer === 'string' && answer.length > 3) assert.ok(!history.includes(answer));
  const told = await page.ask(() => window.heard.flatMap(({ detail }) => Object.keys(detail ?? {})));
  assert.deepEqual(new Set(told), new Set(['number', 'settled']));
  await page.close();
});

/** Runs before the page's scripts: once it is told to, the engine is called with hardly any stack left. */
function shortOfStack() {
  const Instance = WebAssembly.Instance;
  window.seen = { instances: 0, next: false, trap: null };
  WebAssembly.Instance = function (module, imports) {
    const { exports } = new Instance(module, imports);
    window.seen.instances += 1;
    const rules_screen = (...given) => {
      if (!window.seen.next) return exports.rules_screen(...given);
      window.seen.next = false;
      let above = 20; // so many calls above the end of the stack: room to begin, not to finish
      const deep = () => {
        try {
          return deep();
        } catch (error) {
          above -= 1;
          if (above !== 0) throw error;
          return exports.rules_screen(...given);
        }
      };
      try {
        return deep();
      } catch (error) {
        window.seen.trap = error.name;
        throw error;
      }
    };
    return { exports: { ...exports, rules_screen } };
  };
}

test('when WebAssembly runs out of stack, a fresh instance goes on with the same answers', async () => {
  const page = await openTab(firefox, { viewport: PHONE, before: shortOfStack });
  await choose(page, engines.AR, 'en');
  await begin(page);
  const { next } = engines.AR.screen({});
  await shows(page, next.question);
  await page.ask(() => void (window.seen.next = true));
  const given = await answerAll(page, engines.AR, CHILD);
  assert.deepEqual(await page.ask(() => window.seen), { instances: 2, next: false, trap: 'InternalError' });
  await seeResults(page, engines.AR, given, 'en');
  await page.close();
});
