// From right to left, by a language that is only there for tests: every word of the page is turned around, and all that stands
// at one side stands at the other. SCREENSHOTS=FOLDER leaves a picture of every page there, to be looked at.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { handsOf, openAndWait } from './family.mjs';
import { assertForEveryone, assertNothingLost, CHANGED } from './looking.mjs';
import { everyPage, go } from './pages.mjs';
import { DESKTOP, PHONE, ROOT, engine, launch, openPage } from './product.mjs';
import { buildRightToLeft } from './right-to-left/build.mjs';
import { families } from './scenarios.mjs';
import { host, site } from './site.mjs';

const SITE = /(?<=<meta name="carepath-site" content=")[^"]*/;

/** The site as it is built, and over it the pages with one language more; they know where its rules are. */
const built = await site(['AR']);
const pages = mkdtempSync(join(tmpdir(), 'carepath-right-to-left-'));
after(() => [built.folder, pages].forEach((folder) => rmSync(folder, { recursive: true, force: true })));
await buildRightToLeft(pages);
const [rules] = readFileSync(join(built.folder, 'index.html'), 'utf8').match(SITE);
cpSync(pages, built.folder, { recursive: true });
writeFileSync(join(built.folder, 'index.html'), readFileSync(join(pages, 'index.html'), 'utf8').replace(SITE, () => rules));

const server = await host(built.folder);
after(() => server.stop());
const browser = await launch();
after(() => browser.close());
const arkansas = await engine(readFileSync(join(built.folder, built.files.bundle('AR'))));

const scriptIn = (folder) => readFileSync(join(folder, 'assets', readdirSync(join(folder, 'assets')).find((name) => /^screener-.*\.js$/.test(name))), 'utf8');

test('nothing of it is in the script that is shipped', () => {
  const marks = /[\u061C\u202E\u202C]|\\u0?61c|\\u202[ec]/i;
  assert.match(scriptIn(pages), marks);
  assert.doesNotMatch(scriptIn(join(ROOT, 'www/dist')), marks);
});

/** What is not turned around though it should be, and where. */
function assertTurnedAround(page, what) {
  return page
    .evaluate(() => {
      const root = screenerRoot();
      const found = [];
      const frame = root.querySelector('.frame');
      if (getComputedStyle(frame).direction !== 'rtl' || document.documentElement.dir !== 'rtl' || document.documentElement.lang !== 'ar') found.push('the page is from left to right');
      const boxes = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].filter(({ width }) => width > 0);
      };
      const [first] = boxes(root.querySelector('#title'));
      const { right } = root.querySelector('#title').getBoundingClientRect();
      if (right - first.right > 2) found.push('the title begins at the left');
      const shared = root.querySelector('textarea')?.value.replace(/\u2066[\d+-]+\u2069/g, '') ?? '';
      if (/\d[\d\s().-]{5,}\d/.test(shared)) found.push(`a number without a direction in a text to share: ${shared}`);
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node; (node = texts.nextNode()); ) {
        const element = node.parentElement;
        // What is cut to fit into the picture stands whole beside it.
        if (!node.data.trim() || element.closest('svg, textarea, .language:not([lang="ar"])')) continue;
        // Whatever has no marks came neither from the words nor from the rules: addresses, numbers and what a source calls
        // itself have their own direction.
        const own = element.closest('bdi');
        const left = node.data.replace(/\u061C\u202E[^\u202C]*\u202C\u061C/g, '');
        if (!own && /\p{Script=Latin}/u.test(left)) found.push(`not turned around: ${node.data.trim()}`);
        if (!own && /\d[\d\s().-]{5,}\d/.test(left)) found.push(`a number without a direction: ${node.data.trim()}`);
        if (!element.closest('[dir="ltr"]') || !element.checkVisibility()) continue;
        const places = [...node.data].flatMap((letter, at) => {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          return letter.trim() ? [box] : [];
        });
        if (places.some((box, at) => at > 0 && box.top === places[at - 1].top && box.left < places[at - 1].left)) found.push(`from right to left: ${node.data.trim()}`);
      }
      return found;
    })
    .then((found) => assert.deepEqual(found, [], what));
}

for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP, 'a column of 320 px': { width: 320, height: 640 } })) {
  test(`every page from right to left: ${name}`, async () => {
    const { page, close } = await openPage(browser, { viewport });
    await openAndWait(page, server.origin);
    const hands = handsOf(page);
    let pictures = 0;
    const look = async (what, shown) => {
      await assertTurnedAround(page, `${what}, ${shown}`);
      await assertNothingLost(page, `${what}, ${shown}`);
      await assertForEveryone(page, `${what}, ${shown}`, shown);
      const folder = process.env.SCREENSHOTS;
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${viewport.width}-${String((pictures += 1)).padStart(2, '0')}-${what.split(' (')[0].replace(/\W+/g, '-')}.png`), fullPage: true });
    };
    await page.locator('care-pathway-screener .language[lang="ar"]').click();
    await look('states', CHANGED);
    await go(hands, /^Arkansas$/);
    const { day, families: some } = families(arkansas, 'AR');
    await everyPage(hands, { engine: arkansas, knows: some[0], day, look });
    await close();
  });
}
