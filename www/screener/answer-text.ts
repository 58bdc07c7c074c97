// An answer in the family's words, for the pages that show answers again.

import type { Answer, Question } from '../engine/contract.ts';
import { type Language, type Words, writtenDate, writtenNumber } from '../locale/locale.ts';
import { UNKNOWN, codesOf, isCodes, isElementwise, isList, isRange, same, written } from './answer.ts';

/** The parts of an answer, each a line. */
export function answerText(question: Question, answer: Answer, words: Words, language: Language): string[] {
  const choices = question.choices ?? [];
  if (answer === UNKNOWN) return [words.question.unsure];
  if (isCodes(answer)) {
    const names = choices.filter((choice) => codesOf(choice).every((code) => answer.known.includes(code))).map((choice) => choice.label);
    if (names.length === 0) return [words.question.noneOfThese];
    if (answer.complete === 'yes') return names;
    return [...names, answer.complete === 'no' ? words.check.notAllKnown : words.check.completeUnknown];
  }
  if (isList(answer) && (question.type === 'set' || question.type === 'codes')) {
    const names = choices.filter((choice) => answer.includes(choice.id)).map((choice) => choice.label);
    return names.length > 0 ? names : [words.question.noneOfThese];
  }
  if (isElementwise(answer) && question.type === 'set') {
    const names = choices.filter((choice) => answer[choice.id] === 'yes').map((choice) => choice.label);
    return Object.values(answer).includes(UNKNOWN) ? [...names, words.check.othersUnsure] : names;
  }
  const chosen = choices.find((choice) => same(written(choice), answer) || choice.id === String(answer));
  if (chosen) return [chosen.label];
  if (isRange(answer)) return [`${writtenNumber(answer.from, language)} – ${writtenNumber(answer.to, language)}`];
  if (typeof answer === 'number') return [writtenNumber(answer, language)];
  if (question.type === 'month' || question.type === 'date') return [writtenDate(String(answer), language)];
  return [answer === 'yes' ? words.question.yes : answer === 'no' ? words.question.no : String(answer)];
}
