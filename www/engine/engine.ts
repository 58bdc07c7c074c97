// One state's rules, ready to answer. It survives a trap: the instance that trapped is thrown away, a
// fresh one reads the same bundle, and the call is tried once more.

import type { About, Question, Request, Result } from './contract.ts';
import type { Instantiate, Rules } from './glue.ts';
import { EngineUnavailable, isTrap, refusal } from './refusals.ts';

/** Kept for good: the glue frees what is collected, and a torn instance must not be called again, not even for that. */
const torn: Rules[] = [];

export class Engine {
  readonly about: About;
  readonly #instantiate: Instantiate;
  readonly #bundle: Uint8Array;
  #rules: Rules | null = null;

  /** Throws `RulesRefused` where the bundle is damaged, or newer than the engine. */
  constructor(instantiate: Instantiate, bundle: Uint8Array) {
    this.#instantiate = instantiate;
    this.#bundle = bundle;
    this.about = this.#ask((rules) => rules.about());
  }

  /** Every question of the state by its fact, for pages that name a fact the engine did not just ask about. */
  questions({ lang, by }: Pick<Request, 'lang' | 'by'>): Record<string, Question> {
    return this.#ask((rules) => rules.questions(lang, by));
  }

  /** Throws `AnswersRefused` for an impossible answer and for answers that contradict each other. */
  screen(request: Request): Result {
    const text = JSON.stringify(request);
    return this.#ask((rules) => rules.screen(text));
  }

  /** Gives the memory back; the engine must not be asked again. */
  close(): void {
    this.#rules?.free();
    this.#rules = null;
  }

  #ask<T>(call: (rules: Rules) => string): T {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#rules ??= new (this.#instantiate().Rules)(this.#bundle);
        return JSON.parse(call(this.#rules)) as T;
      } catch (error) {
        if (!isTrap(error)) throw refusal(error);
        if (this.#rules) torn.push(this.#rules);
        this.#rules = null;
        if (attempt === 2) throw new EngineUnavailable(String(error));
      }
    }
  }
}
