// One family's visit: what they answered, where they are, and what the engine says of it. No markup and
// no browser here; the element shows it and passes on what people do.

import type { About, Answer, Question, Request, Result } from '../engine/contract.ts';
import { UNKNOWN, same, sameThing, withAnswer } from './answer.ts';
import type { Trail } from './trail.ts';
import { type Step, type Walk, walk } from './walk.ts';

/** A page; `then` is where a changed answer leads back to. */
export type Page =
  | { name: 'start' | 'check' | 'results' | 'known' | 'leave' | 'left' }
  | { name: 'question'; key: string; then?: 'check' | 'results' }
  | { name: 'conflict'; facts: string[] };

/** The engine as a visit needs it. */
export interface Decider {
  about: About;
  questions(lang: string): Record<string, Question>;
  screen(request: Request): Result;
}

export class Visit {
  readonly asOf: string;
  readonly #decider: Decider;
  readonly #trail: Trail<Page>;
  #lang: string;
  #given = new Map<string, Answer>();
  /** Answers that stand in a form again but are not in force, while the family decides between two. */
  #doubted = new Map<string, Answer>();
  #volunteered: Question[] = [];
  #walk: Walk;
  #result: Result;
  #questions: { lang: string; all: Record<string, Question> } | null = null;
  /** Keys of answers that the last change made idle. */
  #idle: string[] = [];

  constructor(decider: Decider, trail: Trail<Page>, asOf: string, lang: string) {
    this.#decider = decider;
    this.#trail = trail;
    this.asOf = asOf;
    this.#lang = lang;
    this.#walk = this.#follow();
    if (!this.#walk.result) throw new Error('the rules refuse a child of whom nothing is known');
    this.#result = this.#walk.result;
  }

  get about(): About {
    return this.#decider.about;
  }

  get page(): Page {
    const page = this.#trail.page;
    // A question that is no longer asked leaves its place to the next one.
    return page.name === 'question' && !this.step(page.key) ? this.#next() : page;
  }

  get canGoBack(): boolean {
    return this.#trail.canGoBack;
  }

  /** What is known now. While two answers contradict each other: what was known before. */
  get result(): Result {
    return this.#result;
  }

  get steps(): readonly Step[] {
    return this.#walk.steps;
  }

  /** The place of the question shown among those asked, from 1. */
  get questionNumber(): number {
    const page = this.page;
    return page.name === 'question' ? this.#walk.steps.findIndex((step) => step.key === page.key) + 1 : 0;
  }

  /** Questions that have an answer, in the order asked. */
  get answered(): Step[] {
    return this.#walk.steps.filter((step) => this.#given.has(step.key));
  }

  /** Answers that the present ones make idle; kept, and shown as such. */
  get idle(): { question: Question; answer: Answer }[] {
    return this.#unasked([...this.#given.keys()]);
  }

  /** Those of them that the last change made idle. */
  get newlyIdle(): { question: Question; answer: Answer }[] {
    return this.#unasked(this.#idle);
  }

  get questions(): Record<string, Question> {
    if (this.#questions?.lang !== this.#lang) this.#questions = { lang: this.#lang, all: this.#decider.questions(this.#lang) };
    return this.#questions.all;
  }

  step(key: string): Step | undefined {
    return this.#walk.steps.find((step) => step.key === key);
  }

  stepOf(fact: string): Step | undefined {
    return this.#walk.steps.find((step) => sameThing(step.question.fact, fact));
  }

  /** Each question once with what was said in the end: a refinement stands for the question it refines. */
  get said(): { key: string; question: Question; answer: Answer }[] {
    const last = new Map(this.answered.map((step) => [`${step.question.fact}:${step.question.type}`, step]));
    return [...last.values()].map((step) => {
      const { key, question, before } = step;
      return { key, question, answer: withAnswer(before, question, this.#given.get(key)!)[question.fact]! };
    });
  }

  /** What the form of a question shows: its answer, or what an earlier question on the same fact already said. */
  answer(key: string): Answer | undefined {
    const step = this.step(key);
    return this.#given.get(key) ?? this.#doubted.get(key) ?? step?.before[step.question.fact];
  }

  speak(lang: string): void {
    if (lang === this.#lang) return;
    this.#lang = lang;
    const questions = this.questions;
    this.#volunteered = this.#volunteered.map((question) => questions[question.fact] ?? question);
    this.#take(this.#follow());
  }

  start(): void {
    this.#trail.push(this.#next());
  }

  back(): void {
    this.#trail.back();
  }

  show(name: 'check' | 'results' | 'known' | 'leave'): void {
    this.#trail.push({ name });
  }

  /** From "what we know so far" to the question that is open, or on to the check. */
  goOn(): void {
    this.#trail.push(this.#next());
  }

  change(key: string, then: 'check' | 'results'): void {
    this.#trail.push({ name: 'question', key, then });
  }

  /** A fact named in the result: its question, where it was asked, or else now. */
  answerNow(fact: string): void {
    let step = this.stepOf(fact);
    if (!step) {
      const question = this.questions[fact];
      if (!question) return this.goOn();
      this.#volunteered.push(question);
      this.#take(this.#follow());
      step = this.stepOf(fact)!;
    }
    this.#trail.push({ name: 'question', key: step.key, then: 'results' });
  }

  canAnswer(fact: string): boolean {
    return this.stepOf(fact) !== undefined || fact in this.questions;
  }

  /** Takes the answer and moves on. False if the engine refuses the answer as impossible; then nothing changed. */
  give(key: string, answer: Answer): boolean {
    const index = this.#walk.steps.findIndex((step) => step.key === key);
    const step = this.#walk.steps[index];
    if (!step) return false;
    const page = this.page;
    const restore = this.#remember();
    const used = this.answered.map((each) => each.key);

    if (!same(this.#given.get(key), answer)) this.#forgetRefinements(index);
    this.#given.set(key, answer);
    this.#doubted.delete(key);
    const taken = this.#follow(this.#walk.steps.slice(0, index + 1));
    if (taken.errors.length > 0 && taken.conflict.length === 0) {
      restore();
      return false;
    }
    this.#take(taken);
    if (taken.conflict.length > 0) {
      this.#trail.push({ name: 'conflict', facts: taken.conflict });
      return true;
    }
    this.#idle = used.filter((each) => !this.step(each));
    this.#trail.push(this.#after(step, page));
    return true;
  }

  /** Of answers that cannot hold together one stays; the others are asked again. With null, none is known. */
  settle(facts: string[], right: string | null): void {
    for (const step of this.#walk.steps.filter((each) => facts.includes(each.question.fact))) {
      const answer = this.#given.get(step.key);
      if (answer === undefined || step.question.fact === right) continue;
      if (right === null) {
        this.#given.set(step.key, UNKNOWN);
      } else {
        this.#given.delete(step.key);
        this.#doubted.set(step.key, answer);
      }
    }
    this.#take(this.#follow());
    this.#trail.replace(this.#walk.conflict.length > 0 ? { name: 'conflict', facts: this.#walk.conflict } : this.#next());
  }

  /** Forgets everything. */
  clear(): void {
    this.#given.clear();
    this.#doubted.clear();
    this.#volunteered = [];
    this.#idle = [];
    this.#take(this.#follow());
    this.#trail.restart({ name: 'left' });
  }

  #unasked(keys: string[]): { question: Question; answer: Answer }[] {
    const idle = keys.filter((key) => this.#given.has(key) && !this.step(key));
    if (idle.length === 0) return [];
    const questions = this.questions;
    return idle.flatMap((key) => {
      const question = questions[factOf(key)];
      return question ? [{ question, answer: this.#given.get(key)! }] : [];
    });
  }

  #after(step: Step, page: Page): Page {
    const open = this.#open();
    if (page.name === 'question' && page.then) return open ? { name: 'question', key: open.key, then: page.then } : { name: page.then };
    const following = this.#walk.steps[this.#walk.steps.indexOf(step) + 1];
    return following ? { name: 'question', key: following.key } : { name: 'check' };
  }

  #next(): Page {
    const open = this.#open();
    return open ? { name: 'question', key: open.key } : { name: 'check' };
  }

  #open(): Step | undefined {
    return this.#walk.steps.find((step) => !this.#given.has(step.key));
  }

  #follow(kept: Step[] = []): Walk {
    const { screen } = this.#decider;
    return walk({ screen: screen.bind(this.#decider), asOf: this.asOf, lang: this.#lang, given: this.#given, volunteered: this.#volunteered }, kept);
  }

  #take(taken: Walk): void {
    this.#walk = taken;
    if (taken.result) this.#result = taken.result;
  }

  /** A new birth month makes the old birth date a stranger's; it must not turn up as a contradiction. */
  #forgetRefinements(index: number): void {
    const fact = this.#walk.steps[index]!.question.fact;
    for (const step of this.#walk.steps.slice(index + 1)) {
      if (sameThing(step.question.fact, fact)) this.#given.delete(step.key);
    }
  }

  #remember(): () => void {
    const given = new Map(this.#given);
    const doubted = new Map(this.#doubted);
    return () => {
      this.#given = given;
      this.#doubted = doubted;
    };
  }
}

const factOf = (key: string): string => key.split(':')[0]!;
