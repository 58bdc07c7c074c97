// A website's colors: whatever three are given, either every text can be read or it is said why not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Color, type Own, type Tokens, contrast, defaultsIn, palette } from './palette.ts';

const DEFAULTS = defaultsIn(readFileSync(new URL('tokens.css', import.meta.url), 'utf8'));

/** What stands on what in the style sheets, and the contrast it needs. */
const PAIRS: [string, string, number][] = [
  ...['ground', 'surface', 'accent-soft'].flatMap((on): [string, string, number][] => [['ink', on, 4.5], ['ink-soft', on, 4.5], ['accent', on, 4.5]]),
  ...['ground', 'surface'].flatMap((on): [string, string, number][] => [['warm', on, 4.5], ['wrong', on, 4.5], ['line', on, 3], ['focus', on, 3]]),
  ['ink', 'warm-soft', 4.5],
  ['warm', 'warm-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-deep', 4.5],
];

function assertReadable(tokens: Tokens, what: string): void {
  for (const [of, on, least] of PAIRS) {
    const ratio = contrast(tokens[of]!, tokens[on]!);
    assert.ok(ratio >= least, `${what}: ${of} on ${on} has ${ratio.toFixed(2)}:1`);
  }
}

test('contrast as WCAG counts it', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([118, 118, 118], [255, 255, 255]).toFixed(2), '4.54');
  assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
});

test('the default colors are read from the style sheet, as written and as minified, and can be read by people', () => {
  assert.deepEqual(DEFAULTS.light['on-accent'], [255, 255, 255]);
  assert.deepEqual(DEFAULTS.dark['ground'], [27, 25, 23]);
  assert.deepEqual(Object.keys(DEFAULTS.light), Object.keys(DEFAULTS.dark));
  const minified = ':root,:host{--on-accent:#fff;--ground:#fbf7f0}@media (prefers-color-scheme:dark){:root,:host{--ground:#1b1917}}';
  assert.deepEqual(defaultsIn(minified), { light: { 'on-accent': [255, 255, 255], ground: [251, 247, 240] }, dark: { 'on-accent': [255, 255, 255], ground: [27, 25, 23] } });
  assertReadable(DEFAULTS.light, 'light');
  assertReadable(DEFAULTS.dark, 'dark');
});

test('any colors: readable in every pair, or refused by the pair that is not', () => {
  const steps = [0, 51, 102, 153, 204, 255];
  const colors: Color[] = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue): Color => [red, green, blue])));
  let kept = 0;
  let refused = 0;
  const look = (own: Own, scheme: 'light' | 'dark') => {
    const made = palette(own, DEFAULTS, scheme);
    if ('tokens' in made) {
      kept += 1;
      assertReadable(made.tokens, JSON.stringify(own));
      for (const [name, token] of [['accent', 'accent'], ['background', 'ground'], ['text', 'ink']] as const) {
        if (own[name]) assert.deepEqual(made.tokens[token], own[name]);
      }
    } else {
      refused += 1;
      assert.ok(made.refused.length > 0 && made.refused.every(({ ratio }) => ratio < 4.5));
    }
  };
  for (const scheme of ['light', 'dark'] as const) {
    for (const one of colors) {
      look({ accent: one }, scheme);
      look({ text: one }, scheme);
      look({ background: one }, scheme);
    }
  }
  for (let at = 0; at < colors.length; at += 1) {
    for (let step = 1; step < colors.length; step += 17) {
      look({ background: colors[at]!, text: colors[(at + step) % colors.length]!, accent: colors[(at + step * 5) % colors.length]! }, 'light');
    }
  }
  assert.ok(kept > 200 && refused > 200, `${kept} kept, ${refused} refused`);
});

test('what is refused is named', () => {
  const made = palette({ background: [255, 255, 255], text: [200, 200, 200], accent: [0, 80, 160] }, DEFAULTS, 'light');
  assert.ok('refused' in made);
  assert.deepEqual(made.refused.map(({ of, on, ratio }) => [of, on, ratio.toFixed(2)]), [['text', 'background', '1.67']]);
});
