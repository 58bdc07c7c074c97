// The page for webmasters: choices on one side; the tag, and the screener as it will look, on the other. Nothing is kept.

import type { Index, Site } from '../screener/loading.ts';
import { styleSheet, tag } from './tag.ts';

const ATTRIBUTES = ['lang', 'heading-level', 'theme'] as const;
const COLORS = ['accent', 'background', 'text'] as const;

type BuiltSite = Partial<Site> & { loader?: string; loader_integrity?: string };

const the = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const chosen = (id: string) => the<HTMLSelectElement>(id).value;

/** What `carepath build` wrote here. Only types are shared with the screener: a script that imports another has no one hash. */
const site = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="carepath-site"]')?.content || '{}') as BuiltSite;
const shown = document.createElement('care-pathway');
let states: Index['states'] = [];

function colors(): Record<string, string> {
  return the<HTMLInputElement>('own-colors').checked ? Object.fromEntries(COLORS.map((name) => [name, the<HTMLInputElement>(name).value])) : {};
}

function mode(): string {
  return document.querySelector<HTMLInputElement>('input[name="mode"]:checked')?.value ?? '';
}

/** Everything that hangs on a choice. */
function show(): void {
  const entry = states.find(({ state }) => state === chosen('state'));
  if (!entry) return;
  const attributes: Record<string, string> = { mode: mode(), ...Object.fromEntries(ATTRIBUTES.map((name) => [name, chosen(name)])) };
  const list = (entry as { list?: string | null }).list;
  the<HTMLTextAreaElement>('tag').value = tag(
    { state: entry.state, name: entry.name[chosen('lang') || 'en'] ?? entry.state, attributes },
    {
      address: new URL(site.loader ?? 'carepath.js', document.baseURI).href,
      integrity: site.loader_integrity ?? null,
      list: list ? new URL(list, document.baseURI).href : null,
    },
  );
  const own = colors();
  the('inline-warning').hidden = attributes['mode'] !== 'inline';
  the('colors').hidden = the('style-part').hidden = Object.keys(own).length === 0;
  the<HTMLTextAreaElement>('style').value = styleSheet(own);

  for (const [name, value] of Object.entries({ state: entry.state, ...attributes })) {
    if (value) shown.setAttribute(name, value);
    else shown.removeAttribute(name);
  }
  // The heading of this page stands above what is shown here.
  if (!attributes['heading-level']) shown.setAttribute('heading-level', '3');
  for (const name of COLORS) shown.style.setProperty(`--carepath-${name}`, own[name] ?? '');
  if (!shown.isConnected) the('preview').append(shown);
}

async function copy(id: string): Promise<void> {
  const text = the<HTMLTextAreaElement>(id);
  try {
    await navigator.clipboard.writeText(text.value);
    the('copied').textContent = 'Copied.';
  } catch {
    text.select();
    the('copied').textContent = 'Your browser does not let this page copy. The text is selected: copy it with Control-C.';
  }
}

async function open(): Promise<void> {
  const address = new URL(site.index ?? 'rules/index.json', document.baseURI);
  const response = await fetch(address, site.index_integrity ? { integrity: site.index_integrity } : { cache: 'no-cache' });
  if (!response.ok) throw new Error(`status ${response.status}`);
  states = ((await response.json()) as Index).states.sort((a, b) => (a.name['en'] ?? a.state).localeCompare(b.name['en'] ?? b.state, 'en'));
  the('state').replaceChildren(...states.map(({ state, name }) => new Option(name['en'] ?? state, state)));
  shown.addEventListener('carepath-theme', (event) => {
    const { refused } = (event as CustomEvent<{ refused: string[] }>).detail;
    the('refused').textContent = refused.join(' ');
  });
  document.querySelector('form')!.addEventListener('input', show);
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) button.addEventListener('click', () => void copy(button.dataset['copies']!));
  const script = document.createElement('script');
  script.type = 'module';
  script.src = new URL(site.loader ?? 'carepath.js', document.baseURI).href;
  if (site.loader_integrity) script.integrity = site.loader_integrity;
  document.head.append(script);
  show();
}

open().catch((error: unknown) => {
  console.error('carepath:', error);
  the('refused').textContent = 'The list of states did not load. Load this page again; if it stays so, the site is not complete: build it anew and copy all of it.';
});
