// Nothing in the screener's style sheets stands left or right: a language that is written the other way turns all of it around.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('./', import.meta.url);

/** What names a side, in a property or as its value; `margin` and the like where left and right differ, or corners do. */
function sided(property: string, value: string): boolean {
  if (/(^|-)(left|right)($|-)/.test(property)) return true;
  if (/^(float|clear|text-align|text-align-last|caption-side|resize)$/.test(property)) return /\b(left|right)\b/.test(value);
  if (/^(transform|translate|background-position|object-position|transform-origin)$/.test(property)) return true;
  const parts = value.replace(/\([^()]*(\([^()]*\)[^()]*)*\)/g, '()').split(/\s+/);
  if (/^(margin|padding|inset|border-(width|style|color)|scroll-(margin|padding))$/.test(property)) return parts.length === 4 && parts[1] !== parts[3];
  return property === 'border-radius' && parts.length > 1;
}

test('no sheet names a side', () => {
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'));
  assert.ok(sheets.length > 4);
  for (const name of sheets) {
    const text = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[^]*?\*\//g, '');
    const found = [...text.matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g)].filter(([, property, value]) => sided(property!, value!.trim())).map(([all]) => all);
    assert.deepEqual(found, [], name);
  }
});

test('what a side is', () => {
  const yes = [['margin-left', '0'], ['left', '0'], ['border-right', '1px solid'], ['float', 'right'], ['text-align', 'left'], ['margin', '0 0 1em 3em'], ['border-top-left-radius', '1em'], ['padding', '1em 0 calc(1em + (2em)) 3em'], ['translate', '1em'], ['border-radius', '1em 0']];
  const no = [['margin-inline-start', '0'], ['float', 'inline-end'], ['text-align', 'start'], ['margin', '0 1em 0'], ['margin', '0 1em 2em 1em'], ['padding', 'calc(1em - 2px) calc(2em - 2px)'], ['border-radius', '50%'], ['border-inline-start', '4px solid']];
  for (const [property, value] of yes) assert.ok(sided(property!, value!), `${property}: ${value}`);
  for (const [property, value] of no) assert.ok(!sided(property!, value!), `${property}: ${value}`);
});
