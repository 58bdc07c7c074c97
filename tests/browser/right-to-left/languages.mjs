// In place of www/locale/languages.ts: one language more, from right to left.

import { en } from '../../../www/locale/en.ts';
import { es } from '../../../www/locale/es.ts';
import { mirror, mirrorWords } from './mirror.mjs';

export const WORDS = { en, es, ar: mirrorWords(en) };
export const DIRECTION = { en: 'ltr', es: 'ltr', ar: 'rtl' };
export const said = (text, language) => (language === 'ar' ? mirror(text?.en ?? '') : (text?.[language] ?? text?.en ?? ''));
