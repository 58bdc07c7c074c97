// Choosing a language, and dates as each writes them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf, monthNames, writtenDate } from './locale.ts';

test('the first wish that can be met', () => {
  assert.equal(languageOf(['es-MX', 'en']), 'es');
  assert.equal(languageOf(['fr', 'ES']), 'es');
  assert.equal(languageOf([null, '', 'fr']), 'en');
});

test('dates in words', () => {
  assert.equal(writtenDate('2012-03', 'en'), 'March 2012');
  assert.equal(writtenDate('2012-03-04', 'en'), 'March 4, 2012');
  assert.equal(writtenDate('2012-03-04', 'es'), '4 de marzo de 2012');
  assert.equal(monthNames('es')[0], 'enero');
});
