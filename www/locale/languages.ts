// The languages there are, how each is written, and what the rules say in each. The tests build a page in which this is
// another file, with a language more: tests/browser/right-to-left.

import type { InEveryLanguage } from '../engine/contract.ts';
import { type Words, en } from './en.ts';
import { es } from './es.ts';

export type Language = 'en' | 'es';

export const WORDS: Record<Language, Words> = { en, es };
/** How a language is written; the page around may be written the other way. */
export const DIRECTION: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', es: 'ltr' };

export function said(text: InEveryLanguage | null | undefined, language: Language): string {
  return text?.[language] ?? text?.['en'] ?? '';
}
