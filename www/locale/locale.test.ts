// Choosing a language, and dates as each writes them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LANGUAGES, type Language, WORDS, languageOf, monthNames, writtenDate, writtenSpan } from './locale.ts';

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

test('a time between two days names the year once', () => {
  assert.deepEqual(writtenSpan('2030-03-01', '2030-03-31', 'en'), ['March 1', 'March 31, 2030']);
  assert.deepEqual(writtenSpan('2030-03-01', '2030-03-31', 'es'), ['1 de marzo', '31 de marzo de 2030']);
  assert.deepEqual(writtenSpan('2030-12-15', '2031-01-15', 'en'), ['December 15, 2030', 'January 15, 2031']);
});

test('how many questions are left: one number where it is sure, else from and to', () => {
  const left = (least: number, most: number) => [WORDS.en.question.left(least, most), WORDS.es.question.left(least, most)];
  assert.deepEqual(left(1, 1), ['1 question left', 'Queda 1 pregunta']);
  assert.deepEqual(left(3, 3), ['3 questions left', 'Quedan 3 preguntas']);
  assert.deepEqual(left(2, 4), ['About 2 to 4 questions left', 'Quedan de 2 a 4 preguntas, más o menos']);
});

test('apostrophes and quotation marks are those of print', () => {
  const written = (language: Language) => readFileSync(new URL(`${language}.ts`, import.meta.url), 'utf8').replace(/\/\/.*|\/\*[^]*?\*\//g, '');
  for (const language of LANGUAGES) assert.deepEqual(written(language).match(/\p{L}'\p{L}|["«»]/gu), null, language);
});
