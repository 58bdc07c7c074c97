// Choosing a language, saying its words to whoever answers, and how each writes dates and numbers.

import type { By } from '../engine/contract.ts';
import type { Words } from './en.ts';
import { DIRECTION, type Language, WORDS, said } from './languages.ts';

export { DIRECTION, WORDS, said };
export type { By, Language, Words };

export const BY: By[] = ['parent', 'self', 'helper'];
export const LANGUAGES = Object.keys(WORDS) as Language[];

const addressed = new Map<string, Words>();

/** The words as they are said to who is answering: `<your child|you|the child>`, in the order of `BY`. */
export function wordsFor(language: Language, by: By): Words {
  const key = `${language} ${by}`;
  if (!addressed.has(key)) addressed.set(key, address(WORDS[language], BY.indexOf(by)));
  return addressed.get(key)!;
}

/** Texts as they are said to whoever stands in this place of `BY`. */
export function address<T>(words: T, at: number): T {
  if (typeof words === 'string') return words.replace(/<([^<>|]*)\|([^<>|]*)\|([^<>|]*)>/g, (_, ...ways) => ways[at] as string) as T;
  if (typeof words === 'function') return ((...given: unknown[]) => address(words(...given), at)) as T;
  if (Array.isArray(words)) return words.map((each: unknown) => address(each, at)) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, address(value, at)])) as T;
}

/** The first language of the list that there is; English where there is none. `es-MX` is Spanish. */
export function languageOf(wished: readonly (string | null | undefined)[]): Language {
  for (const wish of wished) {
    const found = LANGUAGES.find((language) => wish?.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

/** A number to dial, in a text without markup: it is read from left to right in every language. */
export const dialed = (phone: string, language: Language): string => (DIRECTION[language] === 'rtl' ? `\u2066${phone}\u2069` : phone);

/** `2012-03-04`, or `2012-03` where the day is open, as people write it. */
export function writtenDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month) return date;
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', year: 'numeric', month: 'long', ...(day ? { day: 'numeric' } : {}) }).format(
    new Date(Date.UTC(year, month - 1, day ?? 1)),
  );
}

/** The first and the last day of a time, the year only once where it is the same. */
export function writtenSpan(first: string, last: string, language: Language): [string, string] {
  const [year, month, day] = first.split('-').map(Number);
  if (!year || !month || !day || first.slice(0, 4) !== last.slice(0, 4)) return [writtenDate(first, language), writtenDate(last, language)];
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long', day: 'numeric' });
  return [format.format(new Date(Date.UTC(year, month - 1, day))), writtenDate(last, language)];
}

export function monthNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2024, month, 1))));
}

export function writtenNumber(number: number, language: Language): string {
  return new Intl.NumberFormat(language === 'es' ? 'es-US' : 'en-US').format(number);
}

export function writtenMoney(dollars: number, language: Language): string {
  return `$${writtenNumber(dollars, language)}`;
}
