// A family at the screener: who is answering, their children, and what they add for themselves. All of it can be taken
// down and taken up again: after something broke, and where the family asks to keep it on the device.

import type { About, Answer } from '../engine/contract.ts';
import type { By } from '../locale/locale.ts';
import { Given, type Household } from './given.ts';
import type { Trail } from './trail.ts';
import { type Decider, type Page, Visit } from './visit.ts';

/** A page of one child's visit. */
export interface Place {
  child: number;
  page: Page;
}

export const BEGINNING: Place = { child: 0, page: { name: 'start' } };

/** Somebody around the child who is in no program here. */
export interface Person {
  role: string;
  name: string;
  /** What they do, as programs say what they offer. */
  does: string[];
}

/** What a family adds to what was found; no rule reads it. */
export interface Notes {
  /** What they want help with first. */
  help: string[];
  people: Person[];
  goals: string[];
}

/** What there is of one child, as it is kept. */
export interface ChildKept {
  name: string;
  given: [string, Answer][];
  volunteered: string[];
  notes: Notes;
}

/** What there is of a family, as it is kept. */
export interface FamilyKept {
  by: By | null;
  household: [string, Answer][];
  children: ChildKept[];
}

/** One child. */
export interface Child {
  /** What the family calls the child here; empty until there are two. */
  name: string;
  visit: Visit;
  notes: Notes;
}

export class Family {
  /** Null until somebody said who is answering. */
  by: By | null;
  #children: Child[];
  readonly #household: Household;
  readonly #trail: Trail<Place>;
  readonly #asOf: string;
  #decider: Decider;
  #lang: string;

  constructor(decider: Decider, trail: Trail<Place>, asOf: string, lang: string, kept?: FamilyKept) {
    this.#decider = decider;
    this.#trail = trail;
    this.#asOf = asOf;
    this.#lang = lang;
    this.by = kept?.by ?? null;
    this.#household = new Map(kept?.household);
    const children = kept?.children.length ? kept.children : [nobody()];
    this.#children = [];
    for (const child of children) this.#add(child);
  }

  get about(): About {
    return this.#decider.about;
  }

  get children(): readonly Child[] {
    return this.#children;
  }

  /** The place of the child whose page is shown. */
  get at(): number {
    return Math.min(this.#trail.page.child, this.#children.length - 1);
  }

  get child(): Child {
    return this.#children[this.at]!;
  }

  get visit(): Visit {
    return this.child.visit;
  }

  /** Whether there is anything that would be lost. */
  get begun(): boolean {
    return this.by !== null || this.#children.some(({ visit }) => visit.given.length > 0);
  }

  speak(lang: string): void {
    this.#lang = lang;
    this.#eachSpeaks();
  }

  answeredBy(by: By): void {
    this.by = by;
    this.#eachSpeaks();
  }

  /** Somebody else decides from now on: the engine, where there was only what a site says before it. */
  decidedBy(decider: Decider): void {
    this.#decider = decider;
    for (const { visit } of this.#children) visit.decidedBy(decider);
    this.#eachSpeaks(); // an engine that broke may have been asked for other words
  }

  /** One more child, of whom the household's answers are known, and on to the first question. */
  addChild(names: string[]): void {
    names.forEach((name, at) => this.#children[at] && (this.#children[at].name = name));
    const visit = this.#add({ ...nobody(), name: names[this.#children.length] ?? '' });
    visit.goOn();
  }

  /** To another child, where that visit had come to. */
  turnTo(at: number): void {
    const { visit } = this.#children[at]!;
    visit.takeUp(); // what was said of the household meanwhile
    visit.goOn('results');
  }

  get kept(): FamilyKept {
    return {
      by: this.by,
      household: [...this.#household],
      children: this.#children.map(({ name, visit, notes }) => ({ name, given: visit.given, volunteered: visit.volunteered, notes })),
    };
  }

  /** Forgets everything. */
  clear(): void {
    this.by = null;
    this.#household.clear();
    this.#children = [];
    this.#add(nobody());
    this.#trail.restart({ child: 0, page: { name: 'left' } });
  }

  #add({ name, given, volunteered, notes }: ChildKept): Visit {
    const at = this.#children.length;
    const voice = { lang: this.#lang, by: this.by ?? 'parent' };
    const visit = new Visit(this.#decider, trailOf(this.#trail, at), this.#asOf, voice, new Given(given, this.#household), volunteered);
    this.#children.push({ name, visit, notes: structuredClone(notes) });
    return visit;
  }

  #eachSpeaks(): void {
    for (const { visit } of this.#children) visit.speak({ lang: this.#lang, by: this.by ?? 'parent' });
  }
}

const nobody = (): ChildKept => ({ name: '', given: [], volunteered: [], notes: { help: [], people: [], goals: [] } });

/** The family's pages as one child's. */
function trailOf(trail: Trail<Place>, child: number): Trail<Page> {
  return {
    get page() {
      return trail.page.page;
    },
    get canGoBack() {
      return trail.canGoBack;
    },
    push: (page) => trail.push({ child, page }),
    replace: (page) => trail.replace({ child, page }),
    back: () => trail.back(),
    restart: (page) => trail.restart({ child, page }),
    close: () => trail.close(),
  };
}
