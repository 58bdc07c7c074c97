// The tag that webmasters paste.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { styleSheet, tag } from './tag.ts';

const LOADER = { address: 'https://a.example/carepath-1.js', integrity: 'sha384-x', list: 'https://a.example/programs/ar.html' };

test('the tag names the script by its hash, and says only what was chosen', () => {
  assert.equal(
    tag({ state: 'AR', name: 'Arkansas', attributes: { lang: '', 'heading-level': '2' } }, LOADER),
    '<script type="module" src="https://a.example/carepath-1.js" integrity="sha384-x" crossorigin="anonymous"></script>\n' +
      '<care-pathway state="AR" heading-level="2"><a href="https://a.example/programs/ar.html">Who can help with your child’s care in Arkansas</a></care-pathway>',
  );
});

test('a tag in Spanish has a link in Spanish', () => {
  assert.match(tag({ state: 'AR', name: 'Arkansas', attributes: { lang: 'es' } }, LOADER), /lang="es"><a [^>]*>Quién puede ayudar con el cuidado de su hijo en Arkansas</);
});

test('without a list the link is a number to call, and nothing breaks out of the tag', () => {
  const text = tag({ state: '"><b', name: '<i>', attributes: {} }, { ...LOADER, integrity: null, list: null });
  assert.ok(text.includes('href="tel:18775437669"') && !text.includes('integrity'));
  assert.ok(text.includes('state="&quot;>&lt;b"') && !text.includes('<b'));
});

test('colors become custom properties', () => {
  assert.equal(styleSheet({ accent: '#123456', text: '#000000' }), 'care-pathway {\n  --carepath-accent: #123456;\n  --carepath-text: #000000;\n}');
});
