// For everyone, everywhere: families of the states' own scenarios come from the tag on a website to a result, and on every page
// on the way axe finds nothing, contrast included, nothing scrolls sideways, targets are large, and the focus is on the title.
//
// Four states: in Chromium each isolated and inline, in English and Spanish; of a phone and a desktop, light and dark, each
// state sees all four pairs; each time another family, and another person who answers. In Firefox each state once.
// LONG=1: all jurisdictions, in Chromium in every combination, in Firefox isolated and inline.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { handsOf } from './family.mjs';
import { handsOf as handsOfFirefox, launchFirefox, openTab } from './firefox.mjs';
import { agency, inside, tag, visit, website } from './guest.mjs';
import { assertForEveryone } from './looking.mjs';
import { everyPage } from './pages.mjs';
import { DESKTOP, PHONE, STATES } from './product.mjs';
import { families } from './scenarios.mjs';

const LONG = Boolean(process.env.LONG);
const MODES = ['isolated', 'inline'];
const LANGUAGES = ['en', 'es'];
const VIEWPORTS = { phone: PHONE, desktop: DESKTOP };
const SCHEMES = ['light', 'dark'];
const PEOPLE = ['parent', 'self', 'helper'];
/** As many walks at a time: a page waits for its browser, and its test for the page. */
const AT_A_TIME = 2;

const states = LONG ? STATES : ['AR', 'IL', 'NC', 'TN'];
const { browser, origin, rules } = await agency({ states });
const firefox = await launchFirefox();
after(() => firefox.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every walk there is to take, with what it takes. */
async function walks() {
  const all = [];
  for (const [at, state] of states.entries()) {
    const engine = await rules(state);
    const { day, families: some } = families(engine, state);
    const walk = (number, more) => ({ state, engine, day, knows: some[number % some.length], by: PEOPLE[(at + number) % PEOPLE.length], ...more });
    for (const [m, mode] of MODES.entries()) {
      for (const [l, lang] of LANGUAGES.entries()) {
        for (const [v, viewport] of Object.keys(VIEWPORTS).entries()) {
          for (const [s, scheme] of SCHEMES.entries()) {
            const chosen = v === (at + m + l) % 2 && s === (Math.floor(at / 2) + m) % 2;
            if (LONG || chosen) all.push(walk(LONG ? 8 * m + 4 * l + 2 * v + s : 2 * m + l, { name: 'Chromium', mode, lang, viewport, scheme }));
          }
        }
      }
      if (LONG || m === at % 2) all.push(walk(4 + m, { name: 'Firefox', mode, lang: LANGUAGES[Math.floor(at / 2 + m) % 2], viewport: ['phone', 'desktop'][(at + m) % 2], scheme: SCHEMES[m] }));
    }
  }
  return all;
}

const markup = ({ state, mode, lang, day, scheme }) => `<main>${tag(`state="${state}" lang="${lang}" mode="${mode}" as-of="${day}" theme="${scheme}"`)}</main>`;

/** On every page the statement on accessibility is a link away. */
const look = (hands, { lang }) => async (page, shown) => {
  await assertForEveryone(hands, `${page}, ${shown}`, shown);
  assert.equal(await hands.evaluate(() => screenerRoot().querySelector('.foot .statement').href), `${origin}/accessibility.html#${lang}`, page);
};

async function inChromium(walk) {
  const { page, close } = await visit(browser, origin, markup(walk), { viewport: VIEWPORTS[walk.viewport], colorScheme: walk.scheme });
  const hands = handsOf(await inside(page, walk.mode));
  await everyPage(hands, { ...walk, look: look(hands, walk) });
  await close();
}

/** The device is a light one here; the tag says which scheme is wanted. */
async function inFirefox(walk) {
  const server = await website(origin, markup(walk));
  const tab = await openTab(firefox, { viewport: VIEWPORTS[walk.viewport], before: `() => { ${AXE} }` });
  await tab.open(`${server.origin}/page.html`, { screener: walk.mode === 'inline' });
  const page = walk.mode === 'isolated' ? await tab.frame() : tab;
  await page.until('the first page', () => screener()?.querySelector('#title') != null);
  const hands = handsOfFirefox(page);
  await everyPage(hands, { ...walk, look: look(hands, walk) });
  await tab.close();
  await server.stop();
}

test('every page, for everyone', { concurrency: true }, async (t) => {
  const all = await walks();
  const lane = async (name, take) => {
    for (let walk; (walk = all.find((each) => each.name === name)); ) {
      all.splice(all.indexOf(walk), 1);
      const { state, mode, lang, viewport, scheme, by } = walk;
      await t.test(`${state}, ${mode}, ${lang}, ${viewport}, ${scheme}, ${by}: ${name}`, () => take(walk));
    }
  };
  await Promise.all([lane('Firefox', inFirefox), ...Array.from({ length: AT_A_TIME }, () => lane('Chromium', inChromium))]);
});
