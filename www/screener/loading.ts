// What is fetched before `carepath-ready`: the list of states, one state's bundle, the engine. The same
// files whatever is answered later, and nothing after. The list comes first: the first question stands in it.
//
// On a built site each file is named with the hash of its bytes by the file before it, down from the page or the
// loader, and the browser refuses other bytes. Nothing is ever asked for again without its hash.

import type { About, RuleMistake, StateContact } from '../engine/contract.ts';
import { Engine } from '../engine/engine.ts';
import { type Instantiate, loadEngine } from '../engine/glue.ts';
import { RulesRefused } from '../engine/refusals.ts';
import type { Opening } from './opening.ts';

/** Where a site keeps its files. `carepath build` writes it; `carepath serve` leaves all but `base` out. */
export interface Site {
  /** What the addresses are relative to. */
  base: string;
  /** The list of states. */
  index?: string;
  index_integrity?: string;
}

export interface StateEntry extends About {
  /** What is asked first, for as long as the engine is not there. */
  opening?: Opening | null;
  /** The address of the bundle, relative to the list of states; left out, `<STATE>.carepath` beside it. */
  bundle?: string | null;
  integrity?: string | null;
}

export interface Index {
  states: StateEntry[];
  national: StateContact;
}

/** The line that stands in the page itself, for the day when nothing loads. */
export const NATIONAL: StateContact = {
  name: { en: 'Insure Kids Now', es: 'Insure Kids Now' },
  phone: '1-877-543-7669',
  hours: null,
  url: 'https://www.insurekidsnow.gov',
  confirm: true,
};

/** There are no rules for this state. */
export class NoRules extends Error {}

/** What the site's own pages say of it. Throws where that cannot be read: without it there would be no hashes. */
export function siteOfPage(): Site {
  const written = document.querySelector<HTMLMetaElement>('meta[name="carepath-site"]')?.content;
  return { ...(JSON.parse(written || '{}') as object), base: document.baseURI };
}

/**
 * Begins to fetch everything; either may fail alone. `engine` is null where no state is chosen yet. `rules` is the
 * address of a bundle of somebody else's: nothing names its hash, and the list of states may lie beside it. `list` is the
 * list that the family has just chosen from.
 */
export function load(site: Site, state: string | null, rules: string | null, list: Index | null = null): { index: Promise<Index>; engine: Promise<Engine | null> } {
  const bundle = rules ? new URL(rules, document.baseURI) : null;
  const indexAddress = bundle ? new URL('index.json', bundle) : new URL(site.index ?? 'rules/index.json', site.base);
  const index = list ? Promise.resolve(list) : loadIndex(indexAddress, bundle ? null : site.index_integrity);
  const module = sharedEngine();
  const engine = state ? loadState(module, state, index, indexAddress, bundle) : Promise.resolve(null);
  for (const each of [index, module, engine]) each.catch(() => {}); // told by whoever waits for it
  return { index, engine };
}

async function loadState(module: Promise<Instantiate>, state: string, index: Promise<Index>, beside: URL, address: URL | null): Promise<Engine> {
  const named = index.then(({ states }) => {
    const entry = states.find((each) => each.state === state);
    // The shared rules alone would route every child of such a state to the national line, after questions.
    if (!entry) throw new NoRules(state);
    return entry;
  });
  const bundle = address
    ? loadBundle(address, null)
    : named.then((entry) => loadBundle(new URL(entry.bundle ?? `${state}.carepath`, beside), entry.integrity));
  // Beside somebody else's bundle there need not be a list, but where there is one it counts.
  const listed = address ? named.catch((error: unknown) => (error instanceof NoRules ? Promise.reject(error) : null)) : named;
  const [instantiate, bytes] = await Promise.all([module, bundle, listed]);
  return new Engine(instantiate, bytes);
}

async function loadIndex(address: URL, integrity: string | null | undefined): Promise<Index> {
  const index = (await sound(await get(address, integrity)).json()) as Index;
  const states = index.states.map((entry) => ({ ...entry, contacts: entry.contacts ?? [], programs: entry.programs ?? [] }));
  return { states, national: index.national ?? NATIONAL };
}

/** Compiled once for all elements of the page; a failure is forgotten, so that it can be tried again. */
let engine: Promise<Instantiate> | null = null;

function sharedEngine(): Promise<Instantiate> {
  engine ??= loadEngine().catch((error: unknown) => {
    engine = null;
    throw error;
  });
  return engine;
}

async function loadBundle(address: URL, integrity: string | null | undefined): Promise<Uint8Array> {
  const response = await get(address, integrity);
  // What `carepath serve` says of rule files with mistakes.
  if (response.status === 422) throw new RulesRefused(null, ((await response.json()) as { findings: RuleMistake[] }).findings);
  return new Uint8Array(await sound(response).arrayBuffer());
}

/** With a hash the address never changes what it means; without, a saved rule file shows at the next load. */
function get(address: URL, integrity: string | null | undefined): Promise<Response> {
  return fetch(address, integrity ? { integrity } : { cache: 'no-cache' });
}

function sound(response: Response): Response {
  if (!response.ok) throw new Error(`${new URL(response.url).pathname}: status ${response.status}`);
  return response;
}
