// The words are short and plain: Flesch-Kincaid grade 6 or below in English, Fernández Huerta 70 or above
// in Spanish, over each page's words together. Syllables are estimated; the hand counts below keep the
// estimate honest.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BY, type Language, wordsFor } from './locale.ts';

const ENOUGH_WORDS = 100;
const SAMPLES = ['4', '6', 'March 4, 2012'];

/** Every text under a key, with the functions filled in. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String((value as (...samples: string[]) => string)(...SAMPLES))];
  return Object.values(value as object).flatMap(texts);
}

/** A text without a full stop is a sentence too: a label or a heading. */
function sentences(all: string[]): string[] {
  return all.flatMap((text) => text.split(/[.?!:](?=\s|$)|[”“]/)).filter((sentence) => words(sentence).length > 0);
}

function words(text: string): string[] {
  return text.match(/\p{L}[\p{L}’-]*/gu) ?? [];
}

/** Vowels together are one syllable; a last e is silent, but not in `-le`, nor in `-es` and `-ed` where it is spoken. */
function englishSyllables(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  const silent = /[^aeiouy]e$/.test(plain) ? !/[^aeiouyl]le$/.test(plain) : /[^aeiouycszxgh]es$/.test(plain) ? !/[^aeiouyl]les$/.test(plain) : /[^aeiouytd]ed$/.test(plain);
  return Math.max(1, (plain.match(/[aeiouy]+/g) ?? []).length - (silent ? 1 : 0));
}

/** Two strong vowels, or a stressed weak one beside a strong one, are apart; other vowels together are one syllable. */
function spanishSyllables(word: string): number {
  const plain = word.toLowerCase().replace(/(?<=[qg])u(?=[eéií])/g, '').replace(/y$/, 'i').replace(/y/g, 'j');
  const groups = plain.match(/[aeiouáéíóúü]+/g) ?? [];
  return Math.max(1, groups.reduce((sum, group) => sum + Math.max(1, (group.match(/[aeoáéóíú]/g) ?? []).length), 0));
}

function figures(all: string[], syllablesOf: (word: string) => number) {
  const count = sentences(all).length;
  const each = sentences(all).flatMap(words);
  return { count: each.length, perSentence: each.length / count, perWord: each.reduce((sum, word) => sum + syllablesOf(word), 0) / each.length };
}

/** Pages of fewer words are read together. */
function pages(language: object): { name: string; all: string[] }[] {
  const small: string[] = [];
  const large = Object.entries(language).flatMap(([name, page]) => {
    const all = texts(page);
    if (all.flatMap(words).length >= ENOUGH_WORDS) return [{ name, all }];
    small.push(...all);
    return [];
  });
  return [...large, { name: 'the smaller pages', all: small }];
}

/** The statement on accessibility, which is a page without a script. */
function statement(language: Language): { name: string; all: string[] } {
  const page = readFileSync(new URL('../accessibility.html', import.meta.url), 'utf8');
  const [section = ''] = page.match(new RegExp(`<section id="${language}"[^]*?</section>`)) ?? [];
  return { name: 'accessibility.html', all: [...section.matchAll(/<(h1|h2|p|li)\b[^>]*>([^]*?)<\/\1>/g)].map(([, , text]) => text!.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim()) };
}

test('syllables as counted by hand', () => {
  const english: [string, number][] = [['care', 1], ['child', 1], ['people', 2], ['program', 2], ['decide', 2], ['answer', 2], ['medical', 3], ['called', 1], ['needed', 2], ['agency', 3], ['yes', 1], ['sure', 1], ['Medicaid', 3], ['state', 1], ['places', 2]];
  for (const [word, syllables] of english) assert.equal(englishSyllables(word), syllables, word);
  const spanish: [string, number][] = [['cuidado', 3], ['niño', 2], ['línea', 3], ['ayuda', 3], ['qué', 1], ['guía', 2], ['agencia', 3], ['todavía', 4], ['hijo', 2], ['respuesta', 3], ['y', 1], ['muy', 1]];
  for (const [word, syllables] of spanish) assert.equal(spanishSyllables(word), syllables, word);
});

test('English: grade 6 or below', () => {
  for (const { name, all } of [...BY.flatMap((by) => pages(wordsFor('en', by))), statement('en')]) {
    assert.ok(all.length > 10, name);
    const { perSentence, perWord } = figures(all, englishSyllables);
    const grade = 0.39 * perSentence + 11.8 * perWord - 15.59;
    assert.ok(grade <= 6, `${name}: grade ${grade.toFixed(1)}`);
  }
});

test('Spanish: Fernández Huerta 70 or above', () => {
  for (const { name, all } of [...BY.flatMap((by) => pages(wordsFor('es', by))), statement('es')]) {
    assert.ok(all.length > 10, name);
    const { perSentence, perWord } = figures(all, spanishSyllables);
    const ease = 206.84 - 60 * perWord - 1.02 * perSentence;
    assert.ok(ease >= 70, `${name}: ${ease.toFixed(1)}`);
  }
});

test('what is pressed or fills a label is short, and the start page stays under 90 words', () => {
  for (const language of BY.flatMap((by) => [wordsFor('en', by), wordsFor('es', by)])) {
    for (const label of [language.continue, language.back, ...texts(language.question).filter((text) => !/[.:]/.test(text)), ...texts([language.leave, language.share, language.save, language.calendar, language.urgent]).filter((text) => !/[.]/.test(text))]) {
      assert.ok(words(label).length <= 12, label);
    }
    const start = texts([language.start, language.needHelp, language.confirm]).flatMap(words).length;
    assert.ok(start < 80, `${start} words, besides the state's own line`);
  }
});
