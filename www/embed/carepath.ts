// The script tag of other pages: it defines `<care-pathway>` and nothing else, in at most 2,000 bytes (brotli).
// Isolated, the default: the screener runs in an iframe, and no script of the page around can read an answer.
// Inline: the screener's own element stands in the shadow root.
//
// What the page's author put inside the element stays visible until the screener has something to show, and for
// good where it never has.

interface Site {
  index?: string;
  index_integrity?: string;
  frame: string;
}

/** What the screener reports of the page it shows. */
interface Shown {
  lang: string;
  title: string;
  /** Whether it shows anything yet. */
  shown: boolean;
  /** From where to where it should be seen, in pixels from the top, after a change of page. */
  from?: number;
  to?: number;
}

const SETTINGS = ['state', 'lang', 'rules', 'as-of', 'theme', 'heading-level', 'share-result'];
const PROPERTIES = ['accent', 'background', 'text', 'font', 'radius'];
/** From the iframe's load on, in milliseconds: by then its script has run, or never will. */
const PATIENCE = 20_000;

const base = import.meta.url;
let site: Site;
try {
  site = JSON.parse('__CAREPATH_SITE__'); // `carepath build` writes it
} catch {
  site = { frame: 'frame.html' };
}
const page = new URL(site.frame, base);

let sheets: CSSStyleSheet[] = [];
try {
  // A change of a custom property makes no event, but a transition of it does.
  const watched = PROPERTIES.map((name) => `--carepath-${name} 1ms step-start allow-discrete`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{display:block;position:relative;overflow-anchor:none;transition:${watched}}:host([hidden]){display:none}i{position:absolute;scroll-margin-top:var(--carepath-scroll-offset,1rem)}`);
  sheets = [sheet];
} catch {} // an older browser: the element is inline, and all else is the same

/** The screener's script, once for all elements; a failure is forgotten. */
let script: Promise<unknown> | undefined;
const loadScreener = () =>
  (script ??= new Promise((resolve, reject) => {
    const tag = document.createElement('script');
    tag.type = 'module';
    tag.src = new URL('__CAREPATH_SCREENER__', base).href;
    tag.integrity = '__CAREPATH_INTEGRITY__';
    tag.crossOrigin = 'anonymous';
    tag.onload = resolve;
    tag.onerror = () => {
      tag.remove();
      script = undefined;
      reject();
    };
    document.head.append(tag);
  }));

class CarePathway extends HTMLElement {
  static observedAttributes = ['mode', ...SETTINGS];

  #root = this.attachShadow({ mode: 'open' });
  #child: (HTMLElement & { site?: object; contentWindow?: Window }) | undefined;
  #isolated = true;
  /** The language that the screener was told; another one is the family's choice. */
  #lang = '';
  #timer = 0;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = sheets;
    this.addEventListener('transitionend', (event) => {
      if (event.target === this && event.propertyName.startsWith('--carepath')) this.#tell();
    });
  }

  connectedCallback() {
    this.#isolated = this.getAttribute('mode') !== 'inline';
    const child = (this.#child = document.createElement(this.#isolated ? 'iframe' : 'care-pathway-screener'));
    if (child instanceof HTMLIFrameElement) {
      page.hash = String(new URLSearchParams(this.#settings()));
      child.src = page.href;
      child.referrerPolicy = 'no-referrer';
      child.allow = 'share' in navigator ? 'clipboard-write; web-share' : 'clipboard-write';
      // Laid out though not seen: it has to know its height.
      child.style.cssText = 'display:block;width:100%;height:0;border:0;position:absolute;visibility:hidden';
      child.onload = () => {
        this.#tell();
        this.#timer ||= window.setTimeout(() => this.#fail(), PATIENCE);
      };
      addEventListener('message', this);
    } else {
      child.hidden = true;
      this.#child.site = { ...site, base };
      child.setAttribute('exportparts', 'frame,top,title,button,option,card,foot');
      child.addEventListener('carepath-page', (event) => this.#shown((event as CustomEvent).detail));
      this.#tell();
      loadScreener().catch(() => this.#child === child && this.#fail());
    }
    this.#root.replaceChildren(document.createElement('slot'), document.createElement('i'), child);
  }

  disconnectedCallback() {
    removeEventListener('message', this);
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#root.replaceChildren();
    this.#child = undefined;
  }

  attributeChangedCallback(name: string) {
    if (!this.#child) return;
    if (name === 'mode') {
      this.disconnectedCallback();
      this.connectedCallback();
    } else this.#tell();
  }

  handleEvent({ source, origin, data }: MessageEvent) {
    if (source !== this.#child!.contentWindow || origin !== page.origin || data?.carepath !== 1) return;
    clearTimeout(this.#timer);
    this.#timer = -1; // heard: never again
    this.#child!.style.height = data.height + 'px';
    if (data.type === 'page') this.#shown(data);
    if (data.type === 'event') this.#say(data.name, data.detail);
  }

  #settings(): Record<string, string> {
    const all: Record<string, string> = {};
    for (const name of SETTINGS) {
      const text = this.getAttribute(name);
      if (text !== null) all[name] = name === 'rules' ? new URL(text, document.baseURI).href : text;
    }
    this.#lang = all['lang'] ||= (this.closest('[lang]:not([lang=""])') as HTMLElement | null)?.lang ?? '';
    return all;
  }

  #tell() {
    const set = this.#settings();
    if (this.#isolated) {
      const style = getComputedStyle(this);
      const values = PROPERTIES.map((name) => [name, style.getPropertyValue('--carepath-' + name)]);
      this.#child?.contentWindow?.postMessage({ carepath: 1, type: 'hello', set, style: Object.fromEntries(values) }, page.origin);
    } else {
      for (const name of SETTINGS) {
        if (name in set) this.#child!.setAttribute(name, set[name]!);
        else this.#child!.removeAttribute(name);
      }
    }
  }

  #shown({ lang, title, shown, from, to }: Shown) {
    const child = this.#child!;
    if (shown) {
      this.#root.querySelector('slot')?.remove();
      child.hidden = false;
    }
    if (lang !== this.#lang) this.lang = lang;
    if (!this.#isolated) return;
    child.title = title;
    if (shown) child.style.position = child.style.visibility = '';
    if (to !== undefined) {
      const mark = this.#root.querySelector('i')!;
      mark.style.top = from + 'px';
      const { top } = mark.getBoundingClientRect();
      if (top < parseFloat(getComputedStyle(mark).scrollMarginTop) || top + to - from! > innerHeight) mark.scrollIntoView();
    }
  }

  #fail() {
    this.#say('carepath-error', { code: 'not-loaded' });
  }

  #say(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get('care-pathway')) customElements.define('care-pathway', CarePathway);
