// The screener in a website's own colors: three colors become all that the style sheets name, every text at least
// 4.5:1 on every ground it stands on. Where the three cannot do that there is no palette, and it is said why.
// Numbers only; where colors come from and go to is `screener/dress.ts`.

/** Red, green and blue from 0 to 255. */
export type Color = readonly [number, number, number];
export type Scheme = 'light' | 'dark';
/** What tokens.css names, without the dashes. */
export type Tokens = Record<string, Color>;

export interface Own {
  accent?: Color;
  background?: Color;
  text?: Color;
}

/** Two colors of which one stands on the other, and their contrast. */
export interface Pair {
  of: keyof Own;
  on: keyof Own;
  ratio: number;
}

export type Palette = { scheme: Scheme; tokens: Tokens } | { refused: Pair[] };

/** WCAG 2.2: of text, and of what is not text but must be seen. */
const TEXT = 4.5;
const SHAPE = 3;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];

export function palette(own: Own, defaults: Record<Scheme, Tokens>, wished: Scheme): Palette {
  const scheme = own.background ? schemeOf(own.background) : wished;
  const base = (name: string): Color => defaults[scheme][name]!;
  const ground = own.background ?? base('ground');
  const ink = own.text ?? base('ink');
  const accent = own.accent ?? base('accent');
  const plain = !own.background && !own.text;
  const grounds = plain ? [ground, base('surface')] : [ground];
  const onGrounds = (color: Color) => Math.min(...grounds.map((each) => contrast(color, each)));
  const pairs: Pair[] = [
    { of: 'text', on: 'background', ratio: contrast(ink, ground) },
    { of: 'accent', on: 'background', ratio: onGrounds(accent) },
  ];
  const refused = pairs.filter(({ ratio }) => ratio < TEXT);
  if (refused.length > 0) return { refused };

  const carries = (color: Color) => contrast(ink, color) >= TEXT && contrast(accent, color) >= TEXT;
  const surface = plain ? base('surface') : shade(ground, scheme === 'light' ? WHITE : ink, scheme === 'light' ? 0.6 : 0.05, carries);
  const accentSoft = shade(ground, accent, 0.12, carries);
  const onAccent = contrast(WHITE, accent) >= contrast(BLACK, accent) ? WHITE : BLACK;
  const warmSoft = plain ? base('warm-soft') : shade(ground, base('warm'), 0.12, (color) => contrast(ink, color) >= TEXT);
  const on = (least: number, ...places: Color[]) => (color: Color) => places.every((each) => contrast(color, each) >= least);
  return {
    scheme,
    tokens: {
      ground,
      surface,
      ink,
      'ink-soft': shade(ink, ground, 0.25, on(TEXT, ground, surface, accentSoft)),
      line: shade(ink, ground, 0.55, on(SHAPE, ground, surface)),
      'line-soft': mix(ground, ink, 0.14),
      accent,
      'accent-deep': shade(accent, ink, 0.25, on(TEXT, onAccent)),
      'accent-soft': accentSoft,
      'on-accent': onAccent,
      warm: shade(ink, base('warm'), 1, on(TEXT, ground, surface, warmSoft)),
      'warm-soft': warmSoft,
      wrong: shade(ink, base('wrong'), 1, on(TEXT, ground, surface)),
      focus: shade(ink, base('focus'), 1, on(SHAPE, ground, surface)),
    },
  };
}

/** The default colors, as tokens.css writes them: the light ones first, then the dark ones. */
export function defaultsIn(css: string): Record<Scheme, Tokens> {
  const blocks = css.split('@media').map((block) => Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name, hex]) => [name!, ofHex(hex!)])));
  return { light: blocks[0]!, dark: { ...blocks[0]!, ...blocks[1]! } };
}

function ofHex(hex: string): Color {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.match(/[0-9a-f]{2}/gi)!;
  return digits.map((two) => parseInt(two, 16)) as unknown as Color;
}

/** A background on which white text has more contrast than black is a dark one. */
function schemeOf(background: Color): Scheme {
  return contrast(WHITE, background) > contrast(BLACK, background) ? 'dark' : 'light';
}

/** As much of `to` mixed into `from`, up to `most`, as leaves what must hold. */
function shade(from: Color, to: Color, most: number, holds: (color: Color) => boolean): Color {
  for (let share = most; share > 0.01; share -= 0.02) {
    const mixed = mix(from, to, share);
    if (holds(mixed)) return mixed;
  }
  return from;
}

function mix(from: Color, to: Color, share: number): Color {
  return from.map((part, at) => Math.round(part + (to[at]! - part) * share)) as unknown as Color;
}

/** WCAG's contrast ratio, from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Color): number {
  const [red, green, blue] = color.map((part) => (part <= 10.31475 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
