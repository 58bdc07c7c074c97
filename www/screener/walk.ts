// The questions in the order the engine asks them, for the answers there are. The engine chooses every
// next question; this only follows it, taking up an answer given before wherever the same question
// comes again. So Back and Change never lose an answer, and one that no longer matters is seen to fall away.

import type { Answer, Answers, FieldError, Question, Remaining, Request, Result } from '../engine/contract.ts';
import { AnswersRefused } from '../engine/refusals.ts';
import type { By } from '../locale/locale.ts';
import { sameThing, withAnswer } from './answer.ts';

export interface Step {
  /** Fact and type, since a refinement asks the same fact in another way. */
  key: string;
  question: Question;
  /** How many questions were left when this one was asked, itself included. */
  remaining: Remaining;
  /** The answers before this question. */
  before: Answers;
  /** In which words the question is. */
  voice: Voice;
}

/** Nobody can say yet what follows from these answers. */
export class NotYet extends Error {}

export interface Walk {
  steps: Step[];
  /** What is known with all answers taken up; null only if the engine refused the very first request. */
  result: Result | null;
  /** The answers behind the result. */
  answers: Answers;
  /** Facts that cannot all be as answered. */
  conflict: string[];
  errors: FieldError[];
  /** It ends at an answer of which nobody can say yet what follows. */
  waits: boolean;
}

/** In which words everything is said. */
export interface Voice {
  lang: string;
  by: By;
}

export interface Way {
  screen: (request: Request) => Result;
  asOf: string;
  voice: Voice;
  given: (step: Step) => Answer | undefined;
  /** Questions answered although the engine had not asked them yet; they come first. */
  volunteered: Question[];
}

/** Steps in `kept` are taken as they are; the walk goes on after the last of them. */
export function walk(way: Way, kept: Step[] = []): Walk {
  const steps = [...kept];
  let answers: Answers = {};
  let result: Result | null = null;
  const take = (step: Step) => {
    const answer = way.given(step);
    if (answer !== undefined) answers = withAnswer(answers, step.question, answer);
    return answer !== undefined;
  };
  for (const step of steps) take(step);
  for (const question of kept.length === 0 ? way.volunteered : []) {
    const step = { key: keyOf(question, steps), question, remaining: { at_least: 0, at_most: 0 }, before: answers, voice: way.voice };
    steps.push(step);
    take(step);
  }
  try {
    for (;;) {
      result = way.screen({ answers, as_of: way.asOf, ...way.voice });
      if (!result.next) break;
      const step = { key: keyOf(result.next, steps), question: result.next, remaining: result.remaining, before: answers, voice: way.voice };
      steps.push(step);
      if (!take(step)) break;
    }
    return { steps, result, answers, conflict: [], errors: [], waits: false };
  } catch (error) {
    if (error instanceof NotYet) return { steps, result, answers, conflict: [], errors: [], waits: true };
    if (!(error instanceof AnswersRefused)) throw error;
    return { steps, result, answers, conflict: error.conflict, errors: error.errors, waits: false };
  }
}

/**
 * Where a step's answer is kept. A refinement's belongs to what it refines: with another month of birth the old
 * day is a stranger's, and with the old month it is back. The questions on one set share a place, element by element.
 */
export function placeOf({ key, question, before }: Step): string {
  if (question.type === 'set') return `${question.fact}:set`;
  const refines = Object.entries(before).filter(([fact]) => sameThing(fact, question.fact));
  return refines.length === 0 ? key : `${key} ${JSON.stringify(refines)}`;
}

function keyOf(question: Question, steps: Step[]): string {
  const key = `${question.fact}:${question.type}`;
  const before = steps.filter((step) => step.key === key || step.key.startsWith(`${key}:`)).length;
  return before === 0 ? key : `${key}:${before + 1}`;
}
