// <care-pathway>: the screener as an element. Attributes in, events out (never an answer in them), one
// shadow root, and nothing kept after it is gone.

import { LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import type { Engine } from '../engine/engine.ts';
import { AnswersRefused, RulesRefused } from '../engine/refusals.ts';
import { LANGUAGES, type Language, WORDS, type Words, languageOf, said } from '../locale/locale.ts';
import { sheets } from '../style/sheets.ts';
import { answerText } from './answer-text.ts';
import { today } from './calendar.ts';
import { type Index, NATIONAL, NoRules, loadIndex, loadState, rulesAddress } from './loading.ts';
import { page } from './pages/page.ts';
import { failurePage } from './pages/failure.ts';
import { statesPage } from './pages/states.ts';
import { contactLines } from './parts/contact.ts';
import { titleIn } from './parts/heading.ts';
import { openFolds } from './parts/print.ts';
import { type Trail, openTrail } from './trail.ts';
import { type Mistake, type Reach, type View, reach } from './view.ts';
import { type Decider, type Page, Visit } from './visit.ts';

export class CarePathway extends LitElement {
  static override styles = sheets;
  static override properties: PropertyDeclarations = {
    state: { reflect: true },
    lang: { reflect: true },
    rules: {},
    asOf: { attribute: 'as-of' },
    headingLevel: { attribute: 'heading-level', type: Number },
  };

  declare state: string | null;
  declare lang: string;
  declare rules: string | null;
  declare asOf: string | null;
  declare headingLevel: number | null;

  #phase: 'loading' | 'states' | 'visit' | 'failed' = 'loading';
  #index: Index | null = null;
  #engine: Engine | null = null;
  #trail: Trail<Page> | null = null;
  #visit: Visit | null = null;
  #mistake: Mistake | null = null;
  #search: string | null = null;
  /** Set where the next drawing is a new page, whose title takes the focus. */
  #focus: 'title' | 'mistake' | null = null;
  /** Tells a load that is under way that another has begun. */
  #load = 0;
  #foldBack: () => void = () => {};

  get #language(): Language {
    return languageOf([this.lang]);
  }

  get #words(): Words {
    return WORDS[this.#language];
  }

  get #level(): number {
    const level = this.headingLevel;
    return level && level >= 1 ? level : 1;
  }

  override connectedCallback(): void {
    if (!this.lang) this.lang = languageOf([document.documentElement.lang, ...navigator.languages]);
    super.connectedCallback();
    if (this.hasUpdated) void this.#open(); // taken out of the page and put back: a new visit
    addEventListener('beforeprint', this.#beforePrint);
    addEventListener('afterprint', this.#afterPrint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeprint', this.#beforePrint);
    removeEventListener('afterprint', this.#afterPrint);
    this.#close();
  }

  override willUpdate(changed: PropertyValues): void {
    if (['state', 'rules', 'asOf'].some((name) => changed.has(name)) || !this.#load) void this.#open();
    else if (changed.has('lang')) this.#visit?.speak(this.#language);
  }

  async #open(): Promise<void> {
    const load = (this.#load += 1);
    this.#close();
    this.#phase = 'loading';
    const state = this.state?.toUpperCase() || null;
    const address = rulesAddress(state ?? 'XX', this.rules);
    const [index, engine] = await Promise.allSettled([loadIndex(address), state ? loadState(address) : null]);
    if (load !== this.#load || !this.isConnected) return;
    this.#index = index.status === 'fulfilled' ? index.value : null;
    // The shared rules alone would route every child of such a state to the national line, after questions.
    if (state && this.#index && !this.#index.states.some((entry) => entry.state === state)) return this.#fail(new NoRules(state));
    if (engine.status === 'rejected') return this.#fail(engine.reason);
    if (!engine.value) {
      if (!this.#index) return this.#fail(new Error('no list of states'));
      this.#phase = 'states';
      return this.requestUpdate();
    }
    try {
      this.#engine = engine.value;
      this.#trail = openTrail<Page>({ name: 'start' }, () => this.#moved());
      this.#visit = new Visit(this.#decider(this.#engine), this.#trail, this.asOf || today(), this.#language);
      this.#phase = 'visit';
    } catch (error) {
      return this.#fail(error);
    }
    this.requestUpdate();
    await this.updateComplete;
    this.#say('carepath-ready');
  }

  /** The engine, watched: when it breaks for good in the middle of a visit, the page says whom to call. */
  #decider(engine: Engine): Decider {
    const watched = <T>(call: () => T): T => {
      try {
        return call();
      } catch (error) {
        if (!(error instanceof AnswersRefused)) this.#fail(error);
        throw error;
      }
    };
    return {
      about: engine.about,
      questions: (lang) => watched(() => engine.questions(lang)),
      screen: (request) => watched(() => engine.screen(request)),
    };
  }

  #fail(error: unknown): void {
    this.#close();
    this.#phase = 'failed';
    // For whoever keeps the rules; a family sees whom to call.
    console.error('carepath:', error instanceof RulesRefused && error.findings.length > 0 ? error.findings : error);
    this.requestUpdate();
    this.#say('carepath-error', { code: error instanceof RulesRefused ? 'rules-refused' : error instanceof NoRules ? 'no-rules' : 'not-loaded' });
  }

  #close(): void {
    this.#trail?.close();
    this.#engine?.close();
    this.#trail = this.#visit = this.#engine = null;
    this.#mistake = this.#search = null;
  }

  #moved(): void {
    this.#mistake = this.#search = null;
    this.#focus = 'title';
    this.requestUpdate();
  }

  #say(name: string, detail?: Record<string, unknown>): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  override updated(): void {
    const target = this.#focus === 'title' ? titleIn(this.renderRoot) : this.#focus === 'mistake' ? this.renderRoot.querySelector<HTMLElement>('[data-mistake]') : null;
    const moved = this.#focus === 'title';
    this.#focus = null;
    if (!target) return;
    target.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0 || target.getBoundingClientRect().bottom > innerHeight) (moved ? this : target).scrollIntoView();
    const shown = this.#visit?.page.name;
    if (moved && shown === 'question') this.#say('carepath-step', { number: this.#visit!.questionNumber });
    if (moved && shown === 'results') this.#say('carepath-result', { settled: this.#visit!.result.settled });
  }

  override render(): TemplateResult {
    const words = this.#words;
    const visit = this.#visit;
    return html`<div class="frame" part="frame" lang=${this.#language}>
      <div class="top">
        <p class="place">${this.#place()}</p>
        <div class="languages" role="group" aria-label=${words.languages}>${LANGUAGES.map((language) => this.#languageButton(language))}</div>
      </div>
      ${visit?.canGoBack ? html`<button type="button" class="back" @click=${() => visit.back()}>${words.back}</button>` : nothing}
      <div role="status" class="notice">${this.#notice()}</div>
      <div class="page">${this.#page()}</div>
      ${this.#phase === 'visit' ? this.#foot() : nothing}
    </div>`;
  }

  #languageButton(language: Language): TemplateResult {
    return html`<button type="button" class="language" lang=${language} aria-pressed=${language === this.#language} @click=${() => (this.lang = language)}>
      ${WORDS[language].language}
    </button>`;
  }

  #place(): string {
    const about = this.#visit?.about ?? this.#index?.states.find((entry) => entry.state === this.state?.toUpperCase());
    return said(about?.name, this.#language);
  }

  /** Spoken where it appears: what an answer made idle. */
  #notice(): unknown {
    if (this.#phase === 'loading') return this.#words.loading;
    const idle = this.#visit?.newlyIdle ?? [];
    if (idle.length === 0 || this.#visit?.page.name === 'start') return nothing;
    return html`<p>${this.#words.question.changedIdle}</p>
      <ul>
        ${idle.map(({ question, answer }) => html`<li>${question.question} ${answerText(question, answer, this.#words, this.#language).join(', ')}</li>`)}
      </ul>`;
  }

  #page(): unknown {
    const frame = { words: this.#words, language: this.#language, level: this.#level };
    switch (this.#phase) {
      case 'loading':
        return nothing;
      case 'states':
        return statesPage({ ...frame, index: this.#index!, choose: (state) => this.#choose(state) });
      case 'failed':
        return failurePage({ ...frame, index: this.#index, state: this.state?.toUpperCase() || null, again: () => this.#again() });
      case 'visit':
        return page(this.#view());
    }
  }

  #view(): View {
    return {
      words: this.#words,
      language: this.#language,
      level: this.#level,
      visit: this.#visit!,
      help: this.#help(),
      mistake: this.#mistake,
      search: this.#search,
      moved: () => this.#moved(),
      refresh: (change) => {
        if (change.mistake !== undefined) {
          this.#mistake = change.mistake;
          this.#focus = 'mistake';
        }
        if (change.search !== undefined) this.#search = change.search;
        this.requestUpdate();
      },
    };
  }

  #help(): Reach {
    const contact = this.#visit?.about.contacts.find((each) => each.phone) ?? this.#index?.national ?? NATIONAL;
    return reach(contact, this.#language);
  }

  /** The same help in the same place on every page. */
  #foot(): TemplateResult {
    const words = this.#words;
    const visit = this.#visit!;
    const leave = () => {
      visit.show('leave');
      this.#moved();
    };
    return html`<div class="foot">
      <div class="help">
        <p class="label">${words.needHelp}</p>
        ${contactLines({ ...this.#help(), url: null }, words)}
      </div>
      ${visit.page.name === 'leave' || visit.page.name === 'left' || visit.page.name === 'start' ? nothing : html`<button type="button" class="quiet" @click=${leave}>${words.leave.open}</button>`}
      <p class="draft">${said(visit.about.status, this.#language)}</p>
    </div>`;
  }

  #choose(state: string): void {
    this.#focus = 'title';
    this.state = state;
    this.addEventListener('carepath-ready', () => this.#moved(), { once: true });
  }

  #again(): void {
    void this.#open();
    this.requestUpdate();
  }

  readonly #beforePrint = () => (this.#foldBack = openFolds(this.renderRoot));
  readonly #afterPrint = () => this.#foldBack();
}
