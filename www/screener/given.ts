// The answers of one child, by the place where each is kept. What is said of the household counts for all its children:
// their visits share that part.

import type { Answer } from '../engine/contract.ts';
import { type Step, placeOf } from './walk.ts';

export type Household = Map<string, Answer>;

export class Given {
  #own: Map<string, Answer>;
  readonly #household: Household;
  /** What this child's own visit was told of the household. */
  #told = new Set<string>();

  constructor(own: Iterable<[string, Answer]>, household: Household) {
    this.#own = new Map(own);
    this.#household = household;
  }

  get(step: Step): Answer | undefined {
    return this.#of(step).get(placeOf(step));
  }

  set(step: Step, answer: Answer): void {
    const place = placeOf(step);
    this.#of(step).set(place, answer);
    if (ofHousehold(step)) this.#told.add(place);
  }

  delete(step: Step): void {
    this.#of(step).delete(placeOf(step));
  }

  /** Whether it was answered for another child of the household, and not here. */
  elsewhere(step: Step): boolean {
    return ofHousehold(step) && this.get(step) !== undefined && !this.#told.has(placeOf(step));
  }

  /** What was answered in this child's visit, asked for now or not. */
  get entries(): [string, Answer][] {
    return [...this.#own, ...[...this.#household].filter(([place]) => this.#told.has(place))];
  }

  /** This child's own answers, to be kept. */
  get own(): [string, Answer][] {
    return [...this.#own];
  }

  /** Forgets the answers in some places; whether there was one. */
  drop(isOne: (place: string) => boolean): boolean {
    const dropped = [this.#own, this.#household].flatMap((answers) => [...answers.keys()].filter((place) => isOne(place) && answers.delete(place)));
    return dropped.length > 0;
  }

  /** Takes back whatever follows. */
  remember(): () => void {
    const [own, told, household] = [new Map(this.#own), new Set(this.#told), [...this.#household]];
    return () => {
      this.#own = own;
      this.#told = told;
      this.#household.clear();
      for (const [place, answer] of household) this.#household.set(place, answer);
    };
  }

  #of(step: Step): Map<string, Answer> {
    return ofHousehold(step) ? this.#household : this.#own;
  }
}

/** Rules say by the topic of a fact that it is the household's. */
const ofHousehold = ({ question }: Step): boolean => question.topic === 'household';
