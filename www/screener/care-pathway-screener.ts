// <care-pathway-screener>: the screener as an element. Attributes in, events out (never an answer in them), one
// shadow root, and nothing kept after it is gone. Other pages use `<care-pathway>` (embed/), which holds this one
// in an iframe or in its own shadow root.

import { LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import type { Engine } from '../engine/engine.ts';
import { AnswersRefused, RulesNewer, RulesRefused } from '../engine/refusals.ts';
import { DIRECTION, LANGUAGES, type Language, WORDS, type Words, languageOf, said, wordsFor } from '../locale/locale.ts';
import { sheets } from '../style/sheets.ts';
import { answerText } from './answer-text.ts';
import { today } from './calendar.ts';
import { Device } from './device.ts';
import { Dress } from './dress.ts';
import { BEGINNING, Family, type FamilyKept, type Place } from './family.ts';
import { formOf } from './form.ts';
import { type Index, NATIONAL, NoRules, type Site, type StateEntry, load, siteOfPage } from './loading.ts';
import { openingOf } from './opening.ts';
import { page } from './pages/page.ts';
import { failurePage } from './pages/failure.ts';
import { statesPage } from './pages/states.ts';
import { contactLines } from './parts/contact.ts';
import { urgent } from './parts/urgent.ts';
import { TITLE } from './parts/heading.ts';
import { openFolds } from './parts/print.ts';
import { type Trail, openTrail } from './trail.ts';
import { type Change, type Reach, type View, reach } from './view.ts';
import type { Decider, Visit } from './visit.ts';

export class CarePathwayScreener extends LitElement {
  static override styles = sheets;
  static override properties: PropertyDeclarations = {
    state: { reflect: true },
    lang: { reflect: true },
    rules: {},
    asOf: { attribute: 'as-of' },
    headingLevel: { attribute: 'heading-level', type: Number },
    theme: {},
    shareResult: { attribute: 'share-result', type: Boolean },
  };

  declare state: string | null;
  declare lang: string;
  declare rules: string | null;
  declare asOf: string | null;
  declare headingLevel: number | null;
  declare theme: string | null;
  declare shareResult: boolean;
  /** Where the site keeps its files; the loader sets it, and on the site's own pages a <meta> says it. */
  declare site?: Site;

  #phase: 'loading' | 'states' | 'visit' | 'failed' = 'loading';
  #site: Site | null = null;
  #index: Index | null = null;
  #engine: Engine | null = null;
  #trail: Trail<Place> | null = null;
  #family: Family | null = null;
  /** A family to be taken up again once the engine is there. */
  #kept: FamilyKept | null = null;
  /** What the page shown has changed of what it is drawn from; gone with it. */
  #change: Change = {};
  #device = new Device(null);
  /** What takes the focus as soon as it is there: a new page's title, a mistake, or a control that came. */
  #focus: string | null = null;
  /** The list of states that the family has just chosen from. */
  #chosenFrom: Index | null = null;
  /** Whether the family asked for the page that comes next: it takes the focus. */
  #awaited = false;
  /** Tells a load that is under way that another has begun. */
  #load = 0;
  #foldBack: () => void = () => {};
  readonly #dress = new Dress(this);
  /** What the page around was last told of the page shown. */
  #told = '';

  get #language(): Language {
    return languageOf([this.lang, ...navigator.languages]);
  }

  get #words(): Words {
    return wordsFor(this.#language, this.#family?.by ?? 'parent');
  }

  /** The visit shown. A family is there through a failure as well. */
  get #visit(): Visit | null {
    return this.#phase === 'visit' ? this.#family!.visit : null;
  }

  get #entry(): StateEntry | undefined {
    return this.#index?.states.find(({ state }) => state === this.state?.toUpperCase());
  }

  get #level(): number {
    const level = this.headingLevel;
    return level && level >= 1 ? level : 1;
  }

  override connectedCallback(): void {
    if (!this.lang) this.lang = languageOf([document.documentElement.lang, ...navigator.languages]);
    super.connectedCallback();
    if (this.hasUpdated) void this.#open(); // taken out of the page and put back: a new visit
    this.#dress.watch();
    addEventListener('beforeprint', this.#beforePrint);
    addEventListener('afterprint', this.#afterPrint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dress.unwatch();
    removeEventListener('beforeprint', this.#beforePrint);
    removeEventListener('afterprint', this.#afterPrint);
    this.#close();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#dress.enter(root);
    return root;
  }

  /** Reads theme and custom properties again; where they change by a style sheet, the element notices itself. */
  dress(): void {
    this.#dress.on();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('theme')) this.dress();
    if (changed.has('lang')) this.#change = { ...this.#change, message: null };
    if (['state', 'rules', 'asOf'].some((name) => changed.has(name)) || !this.#load) void this.#open();
    else if (changed.has('lang') && this.#phase === 'visit') this.#family!.speak(this.#language);
  }

  /** A new visit; `kept` is taken up again, on the page that comes next. */
  async #open(kept: FamilyKept | null = null): Promise<void> {
    this.#close();
    this.#kept = kept;
    if (!kept) this.#device = new Device(this.state?.toUpperCase() || null);
    await this.#fetch();
  }

  /**
   * Fetches all there is to fetch. A family can begin as soon as the first question is known, and goes on with the engine;
   * one that is there already waits for it.
   */
  async #fetch(): Promise<void> {
    const attempt = (this.#load += 1);
    const stale = () => attempt !== this.#load || !this.isConnected;
    const list = this.#chosenFrom;
    this.#chosenFrom = null;
    this.#phase = 'loading';
    const state = this.state?.toUpperCase() || null;
    try {
      this.#site = this.site ?? siteOfPage();
      const files = load(this.#site, state, this.rules, list);
      this.#index = await files.index.catch(() => null);
      if (stale()) return;
      if (!state && this.#index) return this.#show('states');
      const opening = this.rules || !this.#entry ? null : openingOf(this.#entry);
      if (opening && !this.#family && !this.#kept) this.#begin(opening);
      const engine = await files.engine;
      if (stale()) return engine?.close();
      if (!engine) throw new Error('no list of states');
      this.#engine = engine;
      if (this.#family) this.#goOn(this.#family, this.#decider(engine));
      else this.#begin(this.#decider(engine));
    } catch (error) {
      return stale() ? undefined : this.#fail(error);
    }
    await this.updateComplete;
    this.#say('carepath-ready');
  }

  #begin(decider: Decider): void {
    this.#trail ??= openTrail<Place>(BEGINNING, () => this.#movedByHistory());
    this.#family = new Family(decider, this.#trail, this.asOf || today(), this.#language, this.#kept ?? undefined);
    if (this.#kept) {
      this.#family.visit.goOn();
      this.#awaited = true;
    }
    this.#kept = null;
    this.#show('visit');
  }

  /** The engine takes over from the opening, or from an engine that broke. Unless that leads on, nothing moves. */
  #goOn(family: Family, decider: Decider): void {
    const { visit } = family;
    const before = formOn(visit);
    const answered = visit.waits;
    family.decidedBy(decider);
    family.speak(this.#language);
    if (this.#phase !== 'visit') return this.#show('visit');
    if (formOn(visit) !== before) return this.#moved();
    if (answered) {
      const control = this.renderRoot.querySelector<HTMLInputElement>('fieldset.question [name]');
      this.#change = { mistake: { message: this.#words.problem.impossible, at: control?.name ?? 'answer' } };
      this.#focus = '[data-mistake]';
    }
    this.requestUpdate();
  }

  /** What is saved on the device, on the page that comes next; it may have to wait for the engine. */
  #takeUp(): void {
    this.#kept = this.#device.takeUp();
    this.#family = null;
    this.#awaited = true;
    if (!this.#engine) {
      this.#phase = 'loading';
      return this.requestUpdate();
    }
    try {
      this.#begin(this.#decider(this.#engine));
    } catch {
      if (this.#phase === 'failed') return;
      this.#device.forget(); // of the right shape, and still nothing to go on with
      this.#kept = null;
      this.#begin(this.#decider(this.#engine));
    }
  }

  #show(phase: 'states' | 'visit' | 'failed'): void {
    this.#phase = phase;
    this.#change = {};
    if (this.#awaited) this.#focus = TITLE;
    this.#awaited = false;
    this.requestUpdate();
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
      questions: (voice) => watched(() => engine.questions(voice)),
      screen: (request) => watched(() => engine.screen(request)),
    };
  }

  #fail(error: unknown): void {
    if (this.#phase === 'failed') return; // told already
    const begun = this.#family?.begun ?? false;
    this.#awaited ||= begun || this.shadowRoot?.activeElement != null;
    // What was answered stays for Try again.
    if (begun) this.#closeEngine();
    else this.#close();
    this.#show('failed');
    // Where it broke while a page was drawn, that drawing comes to nothing, and so does what it was asked for.
    queueMicrotask(() => this.requestUpdate());
    // For whoever keeps the rules; a family sees whom to call.
    console.error('carepath:', error instanceof RulesRefused && error.findings.length > 0 ? error.findings : error);
    this.#say('carepath-error', { code: codeOf(error) });
  }

  #close(): void {
    this.#trail?.close();
    this.#closeEngine();
    this.#trail = this.#family = null;
    this.#change = {};
  }

  #closeEngine(): void {
    this.#engine?.close();
    this.#engine = null;
  }

  /** After Back the browser scrolls to where that page was left, which may be where ours is not. */
  #movedByHistory(): void {
    this.#moved();
    requestAnimationFrame(() => this.isConnected && this.#tellPage(this, this.renderRoot.querySelector(TITLE)));
  }

  #moved(): void {
    this.#change = {};
    this.#focus = TITLE;
    this.requestUpdate();
  }

  #say(name: string, detail?: Record<string, unknown>): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  override updated(): void {
    if (this.#family) this.#device.follow(this.#family.kept);
    this.#shown();
  }

  /** Focus and scrolling after a change of page, and word of it to the page around. */
  #shown(): void {
    const target = this.#focus === null ? null : this.renderRoot.querySelector<HTMLElement>(this.#focus);
    const moved = this.#focus === TITLE;
    // While the rules load there is no title yet.
    if (this.#phase !== 'loading') this.#focus = null;
    if (!target) return this.#tellPage(null);
    target.focus({ preventScroll: true });
    this.#tellPage(moved ? this : target, target);
    const shown = this.#visit?.page.name;
    if (moved && shown === 'question') this.#say('carepath-step', { number: this.#visit!.questionNumber });
    if (moved && shown === 'results') this.#say('carepath-result', this.#resultToTell());
  }

  /**
   * `carepath-page`, for the loader alone: it neither bubbles nor crosses the shadow root. Whoever prevents the default
   * scrolls for us, from the top of `from` to the bottom of `to`.
   */
  #tellPage(from: Element | null, to: Element | null = from): void {
    const now = `${this.#phase} ${this.lang}`;
    if (!from && now === this.#told) return;
    this.#told = now;
    const detail: Record<string, unknown> = { lang: this.lang, title: this.#words.start.title, shown: this.#phase !== 'loading' };
    const top = from?.getBoundingClientRect().top ?? 0;
    const bottom = to?.getBoundingClientRect().bottom ?? 0;
    const above = this.getBoundingClientRect().top;
    if (from) Object.assign(detail, { from: top - above, to: bottom - above });
    const scrolls = this.dispatchEvent(new CustomEvent('carepath-page', { detail, cancelable: true }));
    if (from && scrolls && (top < parseFloat(getComputedStyle(this).scrollMarginTop) || bottom > innerHeight)) from.scrollIntoView();
  }

  /** The ids of programs only where the page around asks: a program's name alone reveals a disability. */
  #resultToTell(): Record<string, unknown> {
    const { settled, programs, lead } = this.#visit!.result;
    if (!this.shareResult) return { settled };
    const fits = programs.filter(({ kind, decision, receiving }) => kind === 'program' && (decision === 'eligible' || receiving === 'yes'));
    return { settled, programs: fits.map(({ id }) => id), lead: lead.program };
  }

  override render(): TemplateResult {
    const words = this.#words;
    const visit = this.#visit;
    return html`<div class="frame" part="frame" lang=${this.#language} dir=${DIRECTION[this.#language]}>
      <div class="top" part="top">
        <p class="place">${this.#place()}</p>
        <div class="languages" role="group" aria-label=${words.languages}>${LANGUAGES.map((language) => this.#languageButton(language))}</div>
      </div>
      ${visit?.canGoBack ? html`<button type="button" class="back" @click=${() => visit.back()}>${words.back}</button>` : nothing}
      <div role="status" class="notice">${this.#notice()}</div>
      <div class="page">${this.#page()}</div>
      ${this.#phase === 'loading' ? nothing : this.#foot()}
    </div>`;
  }

  #languageButton(language: Language): TemplateResult {
    return html`<button type="button" class="language" lang=${language} aria-pressed=${language === this.#language} @click=${() => (this.lang = language)}>
      ${WORDS[language].language}
    </button>`;
  }

  #place(): string {
    const about = this.#family?.about ?? this.#entry;
    return [said(about?.name, this.#language), this.#family?.child.name].filter((part) => part).join(' · ');
  }

  /** Spoken where it appears: what an answer made idle, and that there is something to wait for. */
  #notice(): unknown {
    if (this.#phase === 'loading' || this.#visit?.waits) return this.#words.loading;
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
        return failurePage({ ...frame, index: this.#index, state: this.state?.toUpperCase() || null, list: this.#list(), again: () => this.#again() });
      case 'visit':
        return page(this.#view());
    }
  }

  /** The static page of the state's programs, for when the index, which would name it, did not load; a built site has one. */
  #list(): string | null {
    const site = this.#site;
    return site?.index_integrity && !this.#index && /^[A-Za-z]{2}$/.test(this.state ?? '') ? new URL(`programs/${this.state!.toLowerCase()}.html`, site.base).href : null;
  }

  #view(): View {
    return {
      words: this.#words,
      language: this.#language,
      level: this.#level,
      shared: this.shareResult,
      guest: this.site !== undefined,
      family: this.#family!,
      visit: this.#visit!,
      device: this.#device,
      help: this.#help(),
      mistake: null,
      search: null,
      message: null,
      withAnswers: false,
      ...this.#change,
      moved: () => this.#moved(),
      refresh: (change, focus) => {
        this.#change = { ...this.#change, ...change };
        this.#focus = change.mistake ? '[data-mistake]' : (focus ?? this.#focus);
        this.requestUpdate();
      },
      takeUp: () => this.#takeUp(),
    };
  }

  #help(): Reach {
    const contact = this.#visit?.about.contacts.find((each) => each.phone) ?? this.#index?.national ?? NATIONAL;
    return reach(contact, this.#language);
  }

  /** The same help in the same place on every page; in an emergency, wherever a visit has come to or failed. */
  #foot(): TemplateResult {
    const words = this.#words;
    const visit = this.#visit;
    const to = (name: 'save' | 'leave', label: string) => {
      const go = () => {
        visit!.show(name);
        this.#moved();
      };
      return html`<button type="button" class="quiet" @click=${go}>${label}</button>`;
    };
    return html`<div class="foot" part="foot">
      ${visit
        ? html`<div class="help">
              <p class="label">${words.needHelp}</p>
              ${contactLines({ ...this.#help(), url: null }, words)}
            </div>
            ${['start', 'leave', 'left'].includes(visit.page.name)
              ? nothing
              : html`<div class="actions">${to('leave', words.leave.open)} ${this.#device.saved && visit.page.name !== 'save' ? to('save', words.save.manage) : nothing}</div>`}`
        : nothing}
      ${urgent(words)} ${visit ? html`<p class="draft">${said(visit.about.status, this.#language)}</p>` : nothing} ${this.#statement()}
    </div>`;
  }

  /** The site's statement on accessibility; beside this page, so that no answer is lost. */
  #statement(): unknown {
    if (!this.#site) return nothing;
    const { statement, hidden } = this.#words;
    const address = new URL(`accessibility.html#${this.#language}`, this.#site.base).href;
    return html`<a class="web statement" href=${address} target="_blank" rel="noopener">${statement}<span class="hidden"> (${hidden.opensBeside})</span></a>`;
  }

  #choose(state: string): void {
    this.#chosenFrom = this.#index;
    this.#awaited = true;
    this.state = state;
  }

  /** With the family that is there; else from the beginning. */
  #again(): void {
    this.#awaited = true;
    void (this.#family ? this.#fetch() : this.#open(this.#kept));
    this.requestUpdate();
  }

  readonly #beforePrint = () => (this.#foldBack = openFolds(this.renderRoot));
  readonly #afterPrint = () => this.#foldBack();
}

/** The page shown, and of a question its controls. */
function formOn(visit: Visit): string {
  const { page } = visit;
  return page.name === 'question' ? formOf(page.key, visit.step(page.key)!.question) : page.name;
}

function codeOf(error: unknown): string {
  if (error instanceof RulesNewer) return 'rules-newer';
  if (error instanceof RulesRefused) return 'rules-refused';
  return error instanceof NoRules ? 'no-rules' : 'not-loaded';
}
