// What the family said, in the contract's Answers shape: joining one answer to the others, and telling
// whether two are the same.

import type { Answer, Answers, Choice, Question, Range } from '../engine/contract.ts';

export const UNKNOWN = 'unknown';
export const NOT_APPLICABLE = 'not_applicable';

/** The answers with this question's answer in them. Nothing is guessed and nothing else is touched. */
export function withAnswer(answers: Answers, question: Question, answer: Answer): Answers {
  return { ...answers, [question.fact]: refined(answers[question.fact], answer, question) };
}

/** A refinement writes the same key again: what was known of it before must not be lost by *I'm not sure*. */
function refined(before: Answer | undefined, answer: Answer, question: Question): Answer {
  if (question.type === 'set') return joined(before, answer, question);
  // A month stays where nobody knows its day, years where nobody knows the months.
  if (answer === UNKNOWN && question.type === 'date' && typeof before === 'string') return { month: before, exact: UNKNOWN };
  if (answer === UNKNOWN && question.unit === 'months' && typeof before === 'number') return { years: before, exact: UNKNOWN };
  if (isRange(before) && answer === UNKNOWN) return { ...before, exact: UNKNOWN };
  if (isCodes(before)) {
    if (answer === UNKNOWN) return { ...before, complete: UNKNOWN };
    // Asked for the others and still *there are more*: the family cannot name them, and must not be asked for ever.
    if (isCodes(answer) && answer.complete === 'no') return { ...answer, complete: UNKNOWN };
  }
  return answer;
}

/** Only the elements that a question shows are answered by it; what was said of others stays. */
function joined(before: Answer | undefined, answer: Answer, { choices }: Question): Answer {
  if (!isElementwise(before) && !isElementwise(answer)) return answer;
  const said = isElementwise(answer) ? only(choices, answer) : Object.fromEntries(choices.map(({ id }) => [id, UNKNOWN]));
  return isElementwise(before) ? { ...before, ...said } : said;
}

/** What is kept of an answer: for a set all that was ever said of its elements, for the rest the answer itself. */
export function kept(before: Answer | undefined, answer: Answer, question: Question): Answer {
  if (question.type !== 'set') return answer;
  const all = joined(before, answer, question);
  return isElementwise(all) && Object.values(all).every((said) => said === UNKNOWN) ? UNKNOWN : all;
}

/** Of an answer that is kept, what a question shows; undefined where that is nothing. */
export function shownOf({ type, choices }: Question, answer: Answer | undefined): Answer | undefined {
  if (type !== 'set' || !isElementwise(answer)) return answer;
  const shown = only(choices, answer);
  return Object.keys(shown).length > 0 ? shown : undefined;
}

function only(choices: Choice[], elements: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(elements).filter(([element]) => choices.some(({ id }) => id === element)));
}

export function isRange(answer: Answer | undefined): answer is Range & { exact?: string } {
  return isRecord(answer) && 'from' in answer;
}

/** `{known: […], complete: …}`: conditions, and whether that is all. */
export function isCodes(answer: Answer | undefined): answer is { known: string[]; complete: string } {
  return isRecord(answer) && 'known' in answer;
}

/** `{months: 30}`, or the years or the month of which nobody can say more. */
export function isMeasured(answer: Answer | undefined): answer is { months: number } | { years: number; exact: string } | { month: string; exact: string } {
  return isRecord(answer) && (typeof answer['months'] === 'number' || (('years' in answer || 'month' in answer) && 'exact' in answer));
}

/** `{passe: yes, aco: unknown}`: a set, element by element. */
export function isElementwise(answer: Answer | undefined): answer is Record<string, string> {
  return isRecord(answer) && !isRange(answer) && !isCodes(answer) && !isMeasured(answer);
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

/** The choice that was made; a range that could not be said more exactly is still that range. */
export function chosen(choices: Choice[], answer: Answer): Choice | undefined {
  const plain = isRange(answer) ? { from: answer.from, to: answer.to } : answer;
  return choices.find((choice) => same(written(choice), plain));
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
