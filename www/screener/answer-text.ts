// An answer in the family's words, for the pages that show answers again.

import type { Answer, Question } from '../engine/contract.ts';
import { type Language, type Words, writtenDate, writtenMoney, writtenNumber } from '../locale/locale.ts';
import { NOT_APPLICABLE, UNKNOWN, chosen, codesOf, isCodes, isElementwise, isMeasured, isRange } from './answer.ts';

/** The parts of an answer, each a line. */
export function answerText(question: Question, answer: Answer, words: Words, language: Language): string[] {
  const { choices } = question;
  if (answer === UNKNOWN) return [words.question.unsure];
  if (isCodes(answer)) {
    const names = choices.filter((choice) => codesOf(choice).every((code) => answer.known.includes(code))).map((choice) => choice.label);
    if (names.length === 0) return [words.question.noneOfThese];
    if (answer.complete === 'yes') return names;
    return [...names, answer.complete === 'no' ? words.check.notAllKnown : words.check.completeUnknown];
  }
  if (isElementwise(answer)) return elements(question, answer, words);
  const choice = chosen(choices, answer);
  if (isRange(answer)) {
    const range = choice?.label ?? words.check.between(amountOf(question)(answer.from, language), inItsTime(question, answer.to, words, language));
    return answer.exact === UNKNOWN ? [range, words.check.exactUnknown] : [range];
  }
  if (choice) return [choice.label];
  if (isMeasured(answer)) {
    if ('month' in answer) return [writtenDate(answer.month, language), words.check.dayUnknown];
    return 'years' in answer ? [words.check.years(answer.years), words.check.exactUnknown] : [words.check.months(answer.months)];
  }
  if (answer === NOT_APPLICABLE) return [words.check.notApplicable];
  if (typeof answer === 'number') return [question.unit === 'years' ? words.check.years(answer) : inItsTime(question, answer, words, language)];
  if (question.type === 'month' || question.type === 'date') return [writtenDate(String(answer), language)];
  return [answer === 'yes' ? words.question.yes : answer === 'no' ? words.question.no : String(answer)];
}

/** A number with the time that it is for, where that does not go without saying. */
function inItsTime(question: Question, number: number, words: Words, language: Language): string {
  const amount = amountOf(question)(number, language);
  return question.unit === 'dollars_a_month' ? words.question.aMonth(amount) : amount;
}

/** How the numbers that answer a question are written. */
export function amountOf({ unit }: Question): typeof writtenNumber {
  return unit === 'dollars' || unit === 'dollars_a_month' ? writtenMoney : writtenNumber;
}

/** The ones that are so, and what the family is not sure of: by name, unless it is all the others. */
function elements({ choices }: Question, answer: Record<string, string>, words: Words): string[] {
  const named = (wanted: string) => choices.filter(({ id }) => answer[id] === wanted).map(({ label }) => label);
  const [so, not, unsure] = [named('yes'), named('no'), named(UNKNOWN)];
  if (unsure.length === 0) return so.length > 0 ? so : [words.question.noneOfThese];
  if (not.length > 0) return [...so, words.check.unsureOf(unsure.join(', '))];
  return so.length > 0 ? [...so, words.check.othersUnsure] : [words.question.unsure];
}
