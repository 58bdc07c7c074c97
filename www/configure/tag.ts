// What a webmaster pastes: the tag, and the style sheet's lines for colors of their own. No markup is made here but text
// for other pages, so all that goes into it is escaped.

export interface Choice {
  state: string;
  /** The state's name in the language of the tag, for the link that stands in it. */
  name: string;
  /** Attributes beside `state`, as they are written; an empty one is left out. */
  attributes: Record<string, string>;
}

export interface Loader {
  address: string;
  integrity: string | null;
  /** The page with the state's programs, which needs no script; null where there is none. */
  list: string | null;
}

export function tag({ state, name, attributes }: Choice, { address, integrity, list }: Loader): string {
  const sealed = integrity ? ` integrity="${escaped(integrity)}" crossorigin="anonymous"` : '';
  const said = Object.entries(attributes).filter(([, value]) => value !== '');
  const all = [['state', state], ...said].map(([key, value]) => ` ${key}="${escaped(value!)}"`).join('');
  const link = list ?? 'tel:18775437669';
  const words = attributes['lang'] === 'es' ? 'Quién puede ayudar con el cuidado de su hijo en' : 'Who can help with your child’s care in';
  const text = list ? `${words} ${name}` : 'Insure Kids Now: 1-877-543-7669';
  return `<script type="module" src="${escaped(address)}"${sealed}></script>\n<care-pathway${all}><a href="${escaped(link)}">${escaped(text)}</a></care-pathway>`;
}

export function styleSheet(colors: Record<string, string>): string {
  const lines = Object.entries(colors).map(([name, color]) => `  --carepath-${name}: ${color};`);
  return `care-pathway {\n${lines.join('\n')}\n}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
