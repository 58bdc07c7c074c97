// One child's visit: what the family answered, where they are, and what the engine says of it. No markup and
// no browser here; the element shows it and passes on what people do.

import type { About, Answer, Answers, Question, Request, Result } from '../engine/contract.ts';
import { UNKNOWN, isElementwise, kept, sameThing, shownOf, withAnswer } from './answer.ts';
import type { Given } from './given.ts';
import type { Trail } from './trail.ts';
import { type Step, type Voice, type Walk, placeOf, walk } from './walk.ts';

/** A page; `then` is where a changed answer leads back to. */
export type Page =
  | { name: 'start' | 'check' | 'results' | 'known' | 'map' | 'plan' | 'another' | 'share' | 'save' | 'leave' | 'left' }
  | { name: 'who'; then?: 'check' }
  | { name: 'question'; key: string; then?: 'check' | 'results' }
  | { name: 'conflict'; facts: string[] };

/** What was said of a fact; `key` is the question that can change it. */
export interface Said {
  key: string;
  question: Question;
  answer: Answer;
}

/** The engine as a visit needs it; before it is there, whoever knows the first question and throws `NotYet` at answers. */
export interface Decider {
  about: About;
  questions(voice: Voice): Record<string, Question>;
  screen(request: Request): Result;
}

export class Visit {
  readonly asOf: string;
  #decider: Decider;
  readonly #trail: Trail<Page>;
  #voice: Voice;
  readonly #given: Given;
  /** Answers that stand in a form again but are not in force, while the family decides between two. */
  #doubted = new Map<string, Answer>();
  /** Facts answered although the engine had not asked yet. */
  #volunteered: string[];
  #walk: Walk;
  #result: Result;
  /** The answers behind the result; with other words it is made anew when somebody looks. */
  #answers: Answers;
  #said: Voice;
  #questions: Record<string, Question> | null = null;
  /** Places of answers that the last change made idle. */
  #idle: string[] = [];
  /** The question with an answer of which nobody could say what follows. */
  #waiting: string | null = null;

  /** `given` and the facts `volunteered` may be from an earlier visit, even by other rules. */
  constructor(decider: Decider, trail: Trail<Page>, asOf: string, voice: Voice, given: Given, volunteered: string[] = []) {
    this.#decider = decider;
    this.#trail = trail;
    this.asOf = asOf;
    this.#voice = voice;
    this.#given = given;
    this.#volunteered = volunteered;
    this.#walk = this.#followSound();
    this.#answers = this.#walk.result ? this.#walk.answers : {};
    this.#result = this.#walk.result ?? this.#screened({});
    this.#said = voice;
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
    if (this.#said !== this.#voice) this.#result = this.#screened(this.#answers);
    this.#said = this.#voice;
    return this.#result;
  }

  /** Every answer of this child's own, to be taken up again. */
  get given(): [string, Answer][] {
    return this.#given.own;
  }

  get volunteered(): string[] {
    return this.#volunteered;
  }

  /** Whether the family has answered the question shown and waits for what follows. */
  get waits(): boolean {
    return this.#waiting !== null && this.#shows(this.#waiting);
  }

  /** The place of the question shown among those asked, from 1. */
  get questionNumber(): number {
    const page = this.page;
    return page.name === 'question' ? this.#walk.steps.findIndex((step) => step.key === page.key) + 1 : 0;
  }

  /** Questions that have an answer, in the order asked. */
  get answered(): Step[] {
    return this.#walk.steps.filter((step) => this.#givenTo(step) !== undefined);
  }

  /** Answers that the present ones make idle; kept, and shown as such. */
  get idle(): { question: Question; answer: Answer }[] {
    return this.#unasked(() => true);
  }

  /** Those of them that the last change made idle. */
  get newlyIdle(): { question: Question; answer: Answer }[] {
    return this.#unasked((place) => this.#idle.includes(place));
  }

  get questions(): Record<string, Question> {
    return (this.#questions ??= this.#decider.questions(this.#voice));
  }

  step(key: string): Step | undefined {
    const at = this.#walk.steps.findIndex((step) => step.key === key);
    return at < 0 ? undefined : this.#worded(at);
  }

  /** The last question on a fact: a refinement rather than what it refines; one that is still open above all. */
  stepOf(fact: string): Step | undefined {
    const steps = this.#walk.steps.filter((step) => sameThing(step.question.fact, fact));
    const unsure = (step: Step) => {
      const answer = this.#givenTo(step);
      return answer === UNKNOWN || (isElementwise(answer) && Object.values(answer).includes(UNKNOWN));
    };
    const onFact = (step: Step) => step.question.fact === fact;
    return [unsure, onFact, () => true].map((wanted) => steps.filter(wanted).at(-1)).find((step) => step !== undefined);
  }

  /** Each fact once with what was said of it in the end, and the question from which all of that can be changed. */
  get said(): Said[] {
    this.#walk.steps.forEach((_, at) => this.#worded(at));
    const facts = [...new Set(this.answered.map((step) => step.question.fact))];
    return facts.map((fact) => {
      const steps = this.answered.filter((step) => step.question.fact === fact);
      const last = steps.at(-1)!;
      // A list of conditions is refined by a longer one; ranges and sets by what stands beside them.
      const key = (last.question.type === 'codes' ? last : steps[0]!).key;
      return { key, ...together(steps, withAnswer(last.before, last.question, this.#givenTo(last)!)) };
    });
  }

  /** What earlier questions on the same fact have brought: what a refinement refines. */
  saidBefore(step: Step): Omit<Said, 'key'> | null {
    const until = this.#walk.steps.findIndex(({ key }) => key === step.key);
    for (let at = 0; at < until; at += 1) if (this.#walk.steps[at]!.question.fact === step.question.fact) this.#worded(at);
    const steps = this.#walk.steps.slice(0, until).filter((each) => each.question.fact === step.question.fact);
    return steps.length > 0 && step.question.fact in step.before ? together(steps, step.before) : null;
  }

  /** What the form of a question shows: its answer, or what an earlier question on the same fact already said. */
  answer(key: string): Answer | undefined {
    const step = this.step(key);
    return step && (this.#givenTo(step) ?? this.#doubted.get(key) ?? step.before[step.question.fact]);
  }

  /** From now on in other words: each text is asked for again when it is shown, so that a long visit does not wait. */
  speak(voice: Voice): void {
    if (voice.lang === this.#voice.lang && voice.by === this.#voice.by) return;
    this.#voice = voice;
    this.#questions = null;
  }

  /** The same answers, and somebody else who decides. Whoever waits for that goes on. */
  decidedBy(decider: Decider): void {
    const key = this.waits ? this.#waiting : null;
    this.#decider = decider;
    this.#questions = null;
    this.#take(this.#followSound());
    this.#waiting = null;
    const answer = key !== null && this.#shows(key) ? this.#givenTo(this.step(key)!) : undefined;
    if (answer !== undefined) this.give(key!, answer);
  }

  /** Looks at the answers again, where some may have come from elsewhere. */
  takeUp(): void {
    this.#take(this.#followSound());
  }

  /** Along the questions from the first one, answered or not. */
  start(): void {
    const [first] = this.#walk.steps;
    this.#trail.push(first ? { name: 'question', key: first.key } : this.#next());
  }

  back(): void {
    this.#trail.back();
  }

  show(name: Exclude<Page['name'], 'question' | 'conflict'>): void {
    this.#trail.push({ name });
  }

  /** To the question that is open, or, where there is none, to `then`. */
  goOn(then: 'check' | 'results' = 'check'): void {
    const next = this.#next();
    this.#trail.push(next.name === 'check' ? { name: then } : next);
  }

  changeWho(): void {
    this.#trail.push({ name: 'who', then: 'check' });
  }

  change(key: string, then: 'check' | 'results'): void {
    this.#trail.push({ name: 'question', key, then });
  }

  /** A fact named in the result: its question, where it was asked, or else now. */
  answerNow(fact: string): void {
    let step = this.stepOf(fact);
    if (!step) {
      if (!(fact in this.questions)) return this.goOn();
      this.#volunteered = [...this.#volunteered, fact];
      this.#take(this.#follow());
      step = this.stepOf(fact)!;
    }
    this.#trail.push({ name: 'question', key: step.key, then: 'results' });
  }

  canAnswer(fact: string): boolean {
    return this.stepOf(fact) !== undefined || fact in this.questions;
  }

  /**
   * Takes the answer and moves on, now or as soon as somebody can say where to: see `waits`. False if the engine refuses
   * the answer as impossible; then nothing changed.
   */
  give(key: string, answer: Answer): boolean {
    const index = this.#walk.steps.findIndex((step) => step.key === key);
    const step = this.#walk.steps[index];
    if (!step) return false;
    const page = this.page;
    const restore = this.#remember();
    const used = this.#used();

    this.#hold(step, answer);
    this.#waiting = key; // also where the engine breaks now
    const taken = this.#followSound(this.#walk.steps.slice(0, index + 1), step.question.fact);
    if (!taken.waits) this.#waiting = null;
    if (taken.errors.length > 0 && taken.conflict.length === 0) {
      restore();
      return false;
    }
    this.#take(taken);
    if (taken.waits) return true;
    if (taken.conflict.length > 0) {
      this.#trail.push({ name: 'conflict', facts: taken.conflict });
      return true;
    }
    const still = this.#used();
    this.#idle = used.filter((each) => !still.includes(each));
    this.#trail.push(this.#after(step, page));
    return true;
  }

  /** Of answers that cannot hold together one stays; the others are asked again. With null, none is known. */
  settle(facts: string[], right: string | null): void {
    for (const step of this.#walk.steps.filter((each) => facts.includes(each.question.fact))) {
      const answer = this.#givenTo(step);
      if (answer === undefined) continue;
      // The right one as well: what it refines may have gone, and then it is asked again.
      if (right !== null) this.#doubted.set(step.key, answer);
      if (right === null) this.#given.set(step, UNKNOWN);
      else if (step.question.fact !== right) this.#given.delete(step);
    }
    this.#take(this.#follow());
    this.#trail.replace(this.#walk.conflict.length > 0 ? { name: 'conflict', facts: this.#walk.conflict } : this.#next());
  }

  #shows(key: string): boolean {
    const { page } = this;
    return page.name === 'question' && page.key === key;
  }

  #givenTo(step: Step): Answer | undefined {
    return shownOf(step.question, this.#given.get(step));
  }

  /** The places of the answers that are in force. */
  #used(): string[] {
    return this.answered.map(placeOf);
  }

  /** Answers that no question asks for any more; one on a fact that is asked in another way has been replaced. */
  #unasked(which: (place: string) => boolean): { question: Question; answer: Answer }[] {
    const asked = (place: string) => this.#walk.steps.some((step) => sameThing(step.question.fact, factOf(place)));
    const idle = this.#given.entries.filter(([place]) => which(place) && !asked(place));
    if (idle.length === 0) return [];
    const questions = this.questions;
    return idle.flatMap(([place, answer]) => {
      const question = questions[factOf(place)];
      return question ? [{ question, answer }] : [];
    });
  }

  #after(step: Step, page: Page): Page {
    const { steps } = this.#walk;
    // What was said of the household for another child is not passed again.
    const following = steps.slice(steps.findIndex(({ key }) => key === step.key) + 1).find((each) => !this.#given.elsewhere(each));
    if (page.name !== 'question' || !page.then) return following ? { name: 'question', key: following.key } : { name: 'check' };
    // What refines the changed answer is passed again: it may be what was meant to be changed.
    const open = following?.question.fact === step.question.fact ? following : this.#open();
    return open ? { name: 'question', key: open.key, then: page.then } : { name: page.then };
  }

  #next(): Page {
    if (this.#walk.conflict.length > 0) return { name: 'conflict', facts: this.#walk.conflict };
    const open = this.#open() ?? (this.#walk.waits ? this.#walk.steps.at(-1) : undefined);
    return open ? { name: 'question', key: open.key } : { name: 'check' };
  }

  #open(): Step | undefined {
    return this.#walk.steps.find((step) => this.#givenTo(step) === undefined);
  }

  #hold(step: Step, answer: Answer): void {
    this.#given.set(step, kept(this.#given.get(step), answer, step.question));
    this.#doubted.delete(step.key);
  }

  /** The step in this place, in the words of now. */
  #worded(at: number): Step {
    const step = this.#walk.steps[at]!;
    if (step.voice === this.#voice) return step;
    const { fact } = step.question;
    const volunteered = this.#volunteered.includes(fact) && at < this.#volunteered.length;
    const question = (volunteered ? this.questions[fact] : this.#screened(step.before).next) ?? step.question;
    return (this.#walk.steps[at] = { ...step, question, voice: this.#voice });
  }

  #follow(kept: Step[] = []): Walk {
    return walk({ screen: (request) => this.#decider.screen(request), asOf: this.asOf, voice: this.#voice, given: (step) => this.#givenTo(step), volunteered: this.#volunteered.flatMap((fact) => this.questions[fact] ?? []) }, kept);
  }

  /** Answers from elsewhere that the rules no longer take are asked for again; never what is `said` of a fact just now. */
  #followSound(kept: Step[] = [], said: string | null = null): Walk {
    for (;;) {
      const taken = this.#follow(kept);
      const refused = taken.conflict.length > 0 ? [] : taken.errors.map(({ field }) => field);
      if (refused.length === 0 || refused.some((field) => field === said) || !this.#given.drop((place) => refused.includes(factOf(place)))) return taken;
    }
  }

  #screened(answers: Answers): Result {
    return this.#decider.screen({ answers, as_of: this.asOf, ...this.#voice });
  }

  #take(taken: Walk): void {
    this.#walk = taken;
    if (!taken.result) return;
    this.#result = taken.result;
    this.#answers = taken.answers;
    this.#said = this.#voice;
  }

  #remember(): () => void {
    const restore = this.#given.remember();
    const doubted = new Map(this.#doubted);
    return () => {
      restore();
      this.#doubted = doubted;
    };
  }
}

const factOf = (place: string): string => place.split(':')[0]!;

/** One fact's questions as one that has everything to choose in it, and what the answers say of the fact. */
function together(steps: Step[], answers: Answers): Omit<Said, 'key'> {
  const { question } = steps[0]!;
  const choices = new Map(steps.flatMap((step) => step.question.choices).map((choice) => [choice.id, choice]));
  return { question: { ...question, choices: [...choices.values()] }, answer: answers[question.fact]! };
}
