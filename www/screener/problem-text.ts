// What to put right in a form, in words.

import type { Question } from '../engine/contract.ts';
import type { Language, Words } from '../locale/locale.ts';
import { amountOf } from './answer-text.ts';
import type { Problem } from './form.ts';

export function problemText(problem: Problem, question: Question, words: Words, language: Language): string {
  const text = words.problem[problem];
  if (typeof text === 'string') return text;
  if (problem === 'too_many_decimals') return text(String(question.decimals));
  // Only the two bounds take a number else, and they arise only where the question has one.
  const bound = (problem === 'number_too_small' ? question.min : question.max) ?? 0;
  return text(amountOf(question)(bound, language));
}
