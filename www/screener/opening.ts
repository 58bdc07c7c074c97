// What a state's entry in the list of states says of it before the engine is there: whom to call, and the first question. A
// visit begins with that. It knows nothing of what an answer leads to: whoever has answered waits for the engine.

import type { About, Question, Remaining, Result } from '../engine/contract.ts';
import { BY, LANGUAGES, address } from '../locale/locale.ts';
import type { Decider } from './visit.ts';
import { NotYet, type Voice } from './walk.ts';

/** The engine's answer to nothing, by language, in the words for whoever may answer. */
export interface Opening {
  next: Record<string, Question>;
  remaining: Remaining;
}

/** Null where nobody wrote an opening down, or not in every language. */
export function openingOf(about: About & { opening?: Opening | null }): Decider | null {
  const { opening } = about;
  if (!opening || LANGUAGES.some((language) => !opening.next[language])) return null;
  const first = ({ lang, by }: Voice): Question => address(opening.next[lang]!, BY.indexOf(by));
  return {
    about,
    questions(voice) {
      const question = first(voice);
      return { [question.fact]: question };
    },
    screen({ answers, as_of, ...voice }) {
      if (Object.keys(answers).length > 0) throw new NotYet();
      return { ...NOTHING, state: about.state, as_of, next: first(voice), remaining: opening.remaining };
    },
  };
}

/** What is said of a child while nothing is decided. */
const NOTHING: Omit<Result, 'state' | 'as_of' | 'next' | 'remaining'> = {
  format: 1,
  rules: '',
  lead: { status: 'undetermined', program: null, possible: [], contact_first: null, ask_about: [], ending: null },
  settled: false,
  open_because: [],
  alongside: [],
  duplicates: [],
  programs: [],
};
