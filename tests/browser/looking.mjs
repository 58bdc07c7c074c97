// What holds on every page, whoever looks at it: axe finds nothing, nothing scrolls sideways, and every target
// is large enough for a thumb.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page's own policy refuses foreign scripts: its context has to be opened with `bypassCSP`. */
export async function assertAccessible(page, what) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ content: AXE });
  const { violations, passes } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`), [], what);
  const looked = passes.filter((each) => each.id === 'color-contrast').flatMap((each) => each.nodes.map((node) => node.target[0]));
  const embedded = await page.evaluate(() => document.querySelector('care-pathway, care-pathway-screener') !== null);
  assert.ok(looked.some((target) => Array.isArray(target) === embedded), `${what}: axe looked at it, and into the shadow root if there is one`);
}

export async function assertNoWiderThan(page, width, what) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, what);
}

export async function assertLargeTargets(page, what) {
  const small = await page.evaluate(() => {
    const root = screenerRoot();
    const targets = [...root.querySelectorAll('button, .option, summary, select, input[type="text"], input[type="search"], a')];
    return targets
      .filter((target) => target.checkVisibility() && !target.closest('.sources'))
      .map((target) => ({ box: target.getBoundingClientRect(), text: target.textContent.trim().slice(0, 40) }))
      .filter(({ box }) => box.height < 43.9 || box.width < 43.9)
      .map(({ box, text }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
  assert.deepEqual(small, [], what);
}

/** Every fold of the page, opened. */
export const openFolds = (page) =>
  page.evaluate(() => {
    for (const fold of screenerRoot().querySelectorAll('details')) fold.open = true;
  });
