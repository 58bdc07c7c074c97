// What is kept on this device, and only where a family asks for it: one entry a state in the browser's storage for this
// website, for 30 days. Nothing else of the screener touches storage.
//
// Storage may be denied, and anybody may have written there: what is broken, foreign, newer or past its day is deleted.

import { BY } from '../locale/locale.ts';
import { daysAfter, today } from './calendar.ts';
import type { ChildKept, FamilyKept } from './family.ts';

const KEY = 'carepath-saved-';
/** Of the shape that is written. Another one is not read. */
const VERSION = 1;
const DAYS = 30;

export interface Saved {
  /** The day on which the family asked. */
  on: string;
  /** The day from which it is no more. */
  until: string;
  family: FamilyKept;
}

export class Device {
  readonly #key: string;
  #saved: Saved | null;
  #ours = false;

  /** Where something is past its day, it is deleted now, whichever state it is for. */
  constructor(state: string | null) {
    this.#key = KEY + state;
    this.#saved = read(this.#key);
  }

  /** Whether the browser has a storage for us at all. */
  get allowed(): boolean {
    return storage() !== null;
  }

  /** What is saved for this state. */
  get saved(): Saved | null {
    return this.#saved;
  }

  /** Whether that is this visit, which is then saved as it goes on. */
  get ours(): boolean {
    return this.#ours;
  }

  /** The day until which is kept what would be saved now. */
  get until(): string {
    return daysAfter(today(), DAYS);
  }

  /** False where the browser does not let us. */
  save(family: FamilyKept): boolean {
    this.#write({ on: today(), until: this.until, family });
    return this.#ours;
  }

  /** Saves what has changed since. Where another tab deleted it, or its day has come, it stays deleted. */
  follow(family: FamilyKept): void {
    if (!this.#ours || JSON.stringify(family) === JSON.stringify(this.#saved!.family)) return;
    this.#saved = read(this.#key);
    this.#ours = this.#saved !== null;
    if (this.#saved) this.#write({ ...this.#saved, family });
  }

  /** What was saved, to be taken up: from now on it is this visit. */
  takeUp(): FamilyKept | null {
    this.#saved = read(this.#key);
    this.#ours = this.#saved !== null;
    return this.#saved && this.#saved.family;
  }

  /** Deletes what is saved for this state, or for all. */
  forget(all = false): void {
    const kept = storage();
    for (const key of all ? keys(kept) : [this.#key]) kept?.removeItem(key);
    this.#saved = null;
    this.#ours = false;
  }

  #write(saved: Saved): void {
    try {
      storage()!.setItem(this.#key, JSON.stringify({ version: VERSION, ...saved }));
      this.#saved = structuredClone(saved);
      this.#ours = true;
    } catch {
      this.#ours = false; // denied, or full
    }
  }
}

/** Null where it is denied: in a stranger's frame, or with cookies off. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const keys = (kept: Storage | null): string[] => Object.keys(kept ?? {}).filter((key) => key.startsWith(KEY));

function read(wanted: string): Saved | null {
  const kept = storage();
  let found: Saved | null = null;
  for (const key of keys(kept)) {
    const saved = sound(kept!.getItem(key)!);
    if (!saved) kept!.removeItem(key);
    else if (key === wanted) found = saved;
  }
  return found;
}

function sound(text: string): Saved | null {
  try {
    const { version, on, until, family } = JSON.parse(text);
    const day = today();
    const due = isText(on) && isText(until) && day < until && until <= daysAfter(day, DAYS);
    return version === VERSION && due && isFamily(family) ? { on, until, family } : null;
  } catch {
    return null;
  }
}

const isText = (it: unknown): it is string => typeof it === 'string';
const areTexts = (it: unknown): it is string[] => Array.isArray(it) && it.every(isText);
const areAnswers = (it: unknown): boolean => Array.isArray(it) && it.every((entry) => Array.isArray(entry) && isText(entry[0]) && entry.length === 2 && entry[1] !== null);

const isFamily = ({ by, household, children }: FamilyKept): boolean => (by === null || BY.includes(by)) && areAnswers(household) && children.length > 0 && children.every(isChild);

/** What is of another shape throws, and is dropped as well. */
const isChild = ({ name, given, volunteered, notes: { help, people, goals } }: ChildKept): boolean =>
  isText(name) && areAnswers(given) && areTexts(volunteered) && areTexts(help) && areTexts(goals) && people.every(({ role, name, does }) => isText(role) && isText(name) && areTexts(does));
