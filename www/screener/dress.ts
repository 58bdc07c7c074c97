// How the element looks on somebody's website: `theme`, and five custom properties. Values come from strangers'
// style sheets, so each passes through the browser's own parser as a color, a font or a length, and only what came
// out of it is used. Colors that make text hard to read are refused together, and the console says why.

import type { LitElement } from 'lit';
import { type Color, type Own, type Scheme, defaultsIn, palette } from '../style/palette.ts';
import tokens from '../style/tokens.css?inline';

const COLORS = ['accent', 'background', 'text'] as const;
const DARK = '(prefers-color-scheme: dark)';

const DEFAULTS = defaultsIn(tokens);

export class Dress {
  readonly #element: LitElement & { theme: string | null };
  /** Null in a browser that cannot make one: the default colors are all there is. */
  readonly #sheet = newSheet();
  readonly #device = matchMedia(DARK);
  /** What was said last, so that it is not said again at every change of another property. */
  #refused = '[]';

  constructor(element: LitElement & { theme: string | null }) {
    this.#element = element;
  }

  enter(root: HTMLElement | DocumentFragment): void {
    if (this.#sheet && root instanceof ShadowRoot) root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  watch(): void {
    this.#device.addEventListener('change', this.#again);
    this.#element.addEventListener('transitionend', this.#changed);
    this.on();
  }

  unwatch(): void {
    this.#device.removeEventListener('change', this.#again);
    this.#element.removeEventListener('transitionend', this.#changed);
  }

  /** Reads theme and properties, and puts them on. */
  on(): void {
    if (!this.#sheet || !this.#element.isConnected) return;
    const refused: string[] = [];
    const style = getComputedStyle(this.#element);
    const probe = document.createElement('span');
    this.#element.renderRoot.append(probe);
    const read = <Value>(name: string, what: string, parse: (probe: HTMLElement, text: string) => Value | null): Value | undefined => {
      const text = style.getPropertyValue(`--carepath-${name}`).trim();
      if (!text) return undefined;
      const value = parse(probe, text);
      if (value === null) refused.push(`--carepath-${name} is not ${what}: ${text.slice(0, 80)}`);
      return value ?? undefined;
    };
    const own: Own = {};
    for (const name of COLORS) {
      const color = read(name, 'an opaque color', colorOf);
      if (color) own[name] = color;
    }
    const font = read('font', 'a list of fonts', fontOf);
    const radius = read('radius', 'a length', radiusOf);
    probe.remove();

    const wish = this.#element.theme;
    const wished: Scheme = wish === 'dark' || wish === 'light' ? wish : this.#device.matches ? 'dark' : 'light';
    const result = Object.keys(own).length > 0 ? palette(own, DEFAULTS, wished) : null;
    if (result && 'refused' in result) {
      for (const { of, on, ratio } of result.refused) {
        refused.push(`--carepath-${of} on --carepath-${on} has a contrast of ${ratio.toFixed(2)}:1, and text needs 4.5:1; the default colors are used instead`);
      }
    }
    const chosen = result && 'tokens' in result ? result : wish === wished ? { scheme: wished, tokens: DEFAULTS[wished] } : null;
    // Paper is black on white, whatever the screen shows.
    this.#sheet.replaceSync(chosen ? `@media not print{:host{color-scheme:${chosen.scheme};${Object.entries(chosen.tokens).map(([name, color]) => `--${name}:rgb(${color.join(' ')})`).join(';')}}}` : '');
    this.#sheet.insertRule(':host{}');
    const more = (this.#sheet.cssRules[0] as CSSStyleRule).style;
    if (font) for (const name of ['--sans', '--serif']) more.setProperty(name, font);
    if (radius) more.setProperty('--radius', radius);
    this.#say(refused);
  }

  #say(refused: string[]): void {
    const now = JSON.stringify(refused);
    if (now === this.#refused) return;
    this.#refused = now;
    for (const each of refused) console.warn(`carepath: ${each}`);
    this.#element.dispatchEvent(new CustomEvent('carepath-theme', { detail: { refused }, bubbles: true, composed: true }));
  }

  readonly #again = () => this.on();
  readonly #changed = (event: TransitionEvent) => {
    if (event.target === this.#element && event.propertyName.startsWith('--carepath')) this.on();
  };
}

function newSheet(): CSSStyleSheet | null {
  try {
    return new CSSStyleSheet();
  } catch {
    return null;
  }
}

/** What the browser makes of a text as this one property; null where it is no value of it. */
function parsed(probe: HTMLElement, property: 'color' | 'fontFamily' | 'borderTopLeftRadius', text: string): string | null {
  probe.style[property] = '';
  probe.style[property] = text;
  const value = probe.style[property];
  // What leans on other values is not one that could be checked here.
  return value && !/\bvar\(|\benv\(|^(inherit|initial|unset|revert|revert-layer|currentcolor)$/i.test(value) ? value : null;
}

function colorOf(probe: HTMLElement, text: string): Color | null {
  const value = parsed(probe, 'color', text);
  if (!value) return null;
  return inNumbers(getComputedStyle(probe).color) ?? (parsed(probe, 'color', `color-mix(in srgb, ${value} 100%, ${value})`) ? inNumbers(getComputedStyle(probe).color) : null);
}

/** `rgb(1, 2, 3)` and `color(srgb 0.1 0.2 0.3)`; null with transparency, and in other spaces. */
function inNumbers(color: string): Color | null {
  const [, space, inside] = color.match(/^(rgba?|color)\((.*)\)$/) ?? [];
  if (!space || !inside || (space === 'color' && !inside.startsWith('srgb '))) return null;
  const numbers = inside.match(/-?[\d.]+(e-?\d+)?/g)!.map(Number);
  if (numbers.length < 3 || (numbers[3] ?? 1) < 1) return null;
  return numbers.slice(0, 3).map((part) => Math.round(Math.min(255, Math.max(0, space === 'color' ? part * 255 : part)))) as unknown as Color;
}

function fontOf(probe: HTMLElement, text: string): string | null {
  return parsed(probe, 'fontFamily', text);
}

function radiusOf(probe: HTMLElement, text: string): string | null {
  return parsed(probe, 'borderTopLeftRadius', text);
}
