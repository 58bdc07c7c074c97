// The page that `carepath diff --format html` makes: one file that loads nothing, for everyone, on a phone too.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertAccessible, assertNoWiderThan } from './looking.mjs';
import { AS_OF, PROGRAM, RULES, copyOfRules, launch } from './product.mjs';

const changed = copyOfRules();
const browser = await launch();
after(async () => {
  await browser.close();
  changed.remove();
});

const care = join(changed.folder, 'ar/ar.care');
const rules = readFileSync(care, 'utf8');
assert.match(rules, /age under 21 /);
writeFileSync(care, rules.replace('age under 21 ', 'age under 23 '));
const page = join(changed.folder, 'diff.html');
writeFileSync(page, execFileSync(PROGRAM, ['diff', RULES, changed.folder, '--as-of', AS_OF, '--format', 'html']));

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, it fits in 320 px, nothing is loaded: ${colorScheme}`, async () => {
    const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 320, height: 640 } });
    const tab = await context.newPage();
    const loaded = [];
    tab.on('request', (request) => loaded.push(request.url()));
    await tab.goto(pathToFileURL(page).href);
    assert.deepEqual(loaded, [pathToFileURL(page).href]);
    assert.match(await tab.textContent('main'), /Children with Chronic Health Conditions Program leads/);
    assert.ok(await tab.locator('svg').count(), 'who moves is drawn');
    await assertNoWiderThan(tab, 320, 'the page');
    await assertAccessible(tab, 'the page');
    await context.close();
  });
}
