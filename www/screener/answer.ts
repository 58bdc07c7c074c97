// What the family said, in the contract's Answers shape: joining one answer to the others, and telling
// whether two are the same.

import type { Answer, Answers, Choice, Question } from '../engine/contract.ts';

export const UNKNOWN = 'unknown';

/** The answers with this question's answer in them. Nothing is guessed and nothing else is touched. */
export function withAnswer(answers: Answers, question: Question, answer: Answer): Answers {
  return { ...answers, [question.fact]: refined(answers[question.fact], answer, question) };
}

/** A refinement writes the same key again: what was known of it before must not be lost by *I'm not sure*. */
function refined(before: Answer | undefined, answer: Answer, question: Question): Answer {
  if (isRange(before) && answer === UNKNOWN) return { ...before, exact: UNKNOWN };
  if (isElementwise(before)) {
    if (isElementwise(answer)) return { ...before, ...answer };
    if (isList(answer)) return { ...before, ...Object.fromEntries((question.choices ?? []).map(({ id }) => [id, answer.includes(id) ? 'yes' : 'no'])) };
    if (answer === UNKNOWN) return { ...Object.fromEntries((question.choices ?? []).map(({ id }) => [id, UNKNOWN])), ...before };
  }
  if (isCodes(before)) {
    if (answer === UNKNOWN) return { ...before, complete: UNKNOWN };
    // Asked for the others and still *there are more*: the family cannot name them, and must not be asked for ever.
    if (isCodes(answer) && answer.complete === 'no') return { ...answer, complete: UNKNOWN };
  }
  return answer;
}

export function isRange(answer: Answer | undefined): answer is { from: number; to: number } {
  return isRecord(answer) && 'from' in answer;
}

/** `{known: […], complete: …}`: conditions, and whether that is all. */
export function isCodes(answer: Answer | undefined): answer is { known: string[]; complete: string } {
  return isRecord(answer) && 'known' in answer;
}

/** `{passe: yes, aco: unknown}`: a set, element by element. */
export function isElementwise(answer: Answer | undefined): answer is Record<string, string> {
  return isRecord(answer) && !isRange(answer) && !isCodes(answer);
}

export function isList(answer: Answer | undefined): answer is string[] {
  return Array.isArray(answer);
}

function isRecord(answer: Answer | undefined): answer is Extract<Answer, { [key: string]: unknown }> {
  return typeof answer === 'object' && !Array.isArray(answer);
}

export function same(one: Answer | undefined, other: Answer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What choosing this writes; a condition group may write several codes. */
export function written(choice: Choice): Answer {
  return choice.value ?? choice.id;
}

/** The codes that a choice of a `codes` question stands for. */
export function codesOf(choice: Choice): string[] {
  const value = written(choice);
  return isList(value) ? value : [String(value)];
}

/** Facts that say more, or less, of the same thing: a birth date refines a birth month. */
export function sameThing(one: string, other: string): boolean {
  const thing = (fact: string) => (fact === 'birth_date' || fact === 'birth_month' ? 'birth' : fact);
  return thing(one) === thing(other);
}
