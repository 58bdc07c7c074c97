// What holds on every page, whoever looks at it and in whichever browser: axe finds nothing, nothing scrolls sideways, every
// target is large enough for a thumb, and the focus is where it belongs. A page is whatever can `evaluate`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page shows: itself, just opened; a mistake; something that was done on it. */
export const OPENED = 'opened';
export const MISTAKEN = 'mistaken';
export const CHANGED = 'changed';

/** Every rule of WCAG 2.2 AA that a program can check, contrast with them, and what axe advises besides. */
export async function assertAccessible(page, what) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`(() => { ${AXE} })()`);
  const { violations, contrast, unsure } = await page.evaluate(async () => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await window.axe.run(document, { runOnly, rules: { 'color-contrast': { enabled: true } }, elementRef: true });
    // Of the words in a picture axe cannot tell: their colors are those of the palette's tests.
    const contrast = (results) => results.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes.filter(({ element }) => !element.closest('svg')).map(({ target }) => target[0]));
    const named = ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`;
    return { violations: found.violations.map(named), contrast: contrast(found.passes), unsure: contrast(found.incomplete) };
  });
  assert.deepEqual(violations, [], what);
  assert.deepEqual(unsure, [], `${what}: axe can tell every contrast`);
  const embedded = await page.evaluate(() => document.querySelector('care-pathway, care-pathway-screener') !== null);
  assert.ok(contrast.some((target) => Array.isArray(target) === embedded), `${what}: axe looked at it, and into the shadow root if there is one`);
}

export async function assertNoWiderThan(page, width, what) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, what);
}

/** Nothing scrolls sideways; a scroll bar may take some of the width. */
export async function assertFitsWidth(page, what) {
  const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }));
  assert.ok(wide <= room, `${what}: ${wide} px in ${room}`);
}

/** A link inside a sentence is as high as its line (WCAG 2.5.8 leaves it out), and a box or radio is hit by its whole label. */
export async function assertLargeTargets(page, what) {
  const small = await page.evaluate(() => {
    const targets = [...screenerRoot().querySelectorAll('button, label:has(input[type="radio"], input[type="checkbox"]), summary, select, textarea, input:not([type="radio"], [type="checkbox"]), a')];
    return targets
      .filter((target) => target.checkVisibility() && !target.closest('.sources'))
      .map((target) => ({ box: target.getBoundingClientRect(), text: target.textContent.trim().slice(0, 40) }))
      .filter(({ box }) => box.height < 43.9 || box.width < 43.9)
      .map(({ box, text }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
  assert.deepEqual(small, [], what);
}

/** On a new page the title has the focus, and after a mistake the summary of it. */
export async function assertFocus(page, what, shown) {
  const wanted = { [OPENED]: '#title', [MISTAKEN]: '[data-mistake]' }[shown];
  if (wanted) assert.ok(await page.evaluate((wanted) => screenerRoot().activeElement?.matches(wanted), wanted), `${what}: the focus is on ${wanted}`);
}

/** All of it, of a page of a walk. */
export async function assertForEveryone(page, what, shown) {
  await assertFocus(page, what, shown);
  await assertFitsWidth(page, what);
  await assertLargeTargets(page, what);
  await assertAccessible(page, what);
}

/** Every fold of the page, opened. */
export const openFolds = (page) =>
  page.evaluate(() => {
    for (const fold of screenerRoot().querySelectorAll('details')) fold.open = true;
  });

/**
 * What has the focus is seen to have it: nothing lies over it, it is on the screen, and around it is a line of 2 px or more that
 * stands out from the ground by 3:1. A title is no stop of Tab; it is read out.
 */
export async function assertFocusSeen(page) {
  const told = await page.evaluate(() => {
    const active = screenerRoot().activeElement;
    if (!active || active.id === 'title') return null;
    const what = `${active.localName}${active.className ? `.${active.className}` : ''} ${active.textContent.trim().slice(0, 40)}`;
    const numbers = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = (color) => numbers(color).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const opaque = (color) => (numbers(color)[3] ?? 1) === 1;
    // A box is as large as its label, which has the line around it.
    const ringed = active.closest('label') ?? active;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(ringed);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${what}: no line around it`;
    let ground = ringed.parentElement;
    while (ground && !opaque(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const [dark, light] = [luminance(outlineColor), luminance(getComputedStyle(ground ?? screenerRoot().host).backgroundColor)].sort((one, other) => one - other);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 3) return `${what}: its line has ${contrast.toFixed(2)}:1`;
    const { left, right, top, bottom } = active.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${what}: it is not on the screen`;
    const hit = screenerRoot().elementFromPoint(x, y);
    return hit && (active.contains(hit) || hit.contains(active)) ? null : `${what}: something lies over it`;
  });
  assert.equal(told, null);
}
