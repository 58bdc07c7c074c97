// What is fetched before `carepath-ready`: the list of states, one state's bundle, the engine. The same
// files whatever is answered later, and nothing after.

import type { InEveryLanguage, RuleMistake, StateContact, StateProgram } from '../engine/contract.ts';
import { Engine } from '../engine/engine.ts';
import { type Instantiate, loadEngine } from '../engine/glue.ts';
import { RulesRefused } from '../engine/refusals.ts';

export interface StateEntry {
  state: string;
  name: InEveryLanguage;
  status: InEveryLanguage;
  contacts: StateContact[];
  programs: StateProgram[];
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

/** The script's own address: what it needs lies beside it, whatever page it is in. */
const script: string = import.meta.url;

export function rulesAddress(state: string, attribute: string | null): URL {
  return attribute ? new URL(attribute, document.baseURI) : new URL(`rules/${state}.carepath`, script);
}

/** The list of states lies beside a state's rules. */
export function loadIndex(rules: URL): Promise<Index> {
  return loadJson<Index>(new URL('index.json', rules));
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

export async function loadState(rules: URL): Promise<Engine> {
  const [instantiate, bundle] = await Promise.all([sharedEngine(), loadBundle(rules)]);
  return new Engine(instantiate, bundle);
}

async function loadBundle(address: URL): Promise<Uint8Array> {
  const response = await load(address);
  // What `carepath serve` says of rule files with mistakes.
  if (response.status === 422) throw new RulesRefused(null, ((await response.json()) as { findings: RuleMistake[] }).findings);
  return new Uint8Array(await sound(response).arrayBuffer());
}

async function loadJson<T>(address: URL): Promise<T> {
  return (await sound(await load(address)).json()) as T;
}

/** Not from the browser's store without asking: a saved rule file shows at the next load. */
function load(address: URL): Promise<Response> {
  return fetch(address, { cache: 'no-cache' });
}

function sound(response: Response): Response {
  if (!response.ok) throw new Error(`${new URL(response.url).pathname}: status ${response.status}`);
  return response;
}
