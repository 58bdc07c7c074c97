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

/**
 * Nothing is cut, lies over something else, or reaches out of the screen: every line of text is whole inside whatever could cut
 * it and inside its button, and no two lines meet.
 */
export async function assertNothingLost(page, what) {
  const lost = await page.evaluate(() => {
    const texts = document.createTreeWalker(screenerRoot(), NodeFilter.SHOW_TEXT);
    const lines = [];
    for (let node; (node = texts.nextNode()); ) {
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility() || element.closest('.hidden, select, textarea')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1) lines.push({ node, element, box });
    }
    const told = ({ node, box }, why) => `${node.data.trim().slice(0, 40)} (${[box.left, box.top, box.right, box.bottom].map(Math.round)}): ${why}`;
    const inside = (box, around) => box.left >= around.left - 1 && box.right <= around.right + 1 && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
    const outer = (line) => {
      if (line.box.left < -0.5 || line.box.right > document.documentElement.clientWidth + 0.5) return [told(line, 'reaches out of the screen')];
      for (let around = line.element; around; around = around.parentElement) {
        const cuts = getComputedStyle(around).overflow !== 'visible' || around.matches('button, summary, label.option, label.chip, .standing, svg');
        if (cuts && !inside(line.box, around.getBoundingClientRect())) return [told(line, `is cut by ${around.localName}.${around.className}`)];
      }
      return [];
    };
    // The box of a line is as high as its letters can be, which is more than they are.
    const meet = (one, other) => one.left + 1 < other.right - 1 && other.left + 1 < one.right - 1 && one.top + 3 < other.bottom - 3 && other.top + 3 < one.bottom - 3;
    const over = lines.flatMap((line, at) => lines.slice(at + 1).filter(({ box }) => meet(line.box, box)).map((other) => told(line, `lies over ${told(other, '')}`)));
    const controls = [...screenerRoot().querySelectorAll('input, select, textarea')].filter((each) => each.checkVisibility()).filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return left < -0.5 || right > document.documentElement.clientWidth + 0.5;
    });
    return [...lines.flatMap(outer), ...over, ...controls.map(({ localName, name }) => `${localName} ${name} reaches out of the screen`)];
  });
  assert.deepEqual(lost, [], what);
}

/** WCAG 1.4.12: what a reader may set from outside, and nothing may be lost. */
export const spaceOut = (page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }');
    screenerRoot().adoptedStyleSheets = [...screenerRoot().adoptedStyleSheets, sheet];
  });
