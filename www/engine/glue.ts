// The package that wasm-pack writes, and a way to have it more than once.
//
// wasm-bindgen's glue keeps its instance in module variables, so one import can only ever have one
// instance, and a trap would leave the page with a broken one for good. Importing the file again under
// another address works, but is a request, and after `carepath-ready` there are none. So the build
// wraps the glue's text in a function (`fresh-glue.ts`): each call has variables of its own.

import type * as Package from './pkg/screener/carepath.js';

export type Glue = Pick<typeof Package, 'Rules' | 'initSync'>;
export type Rules = Package.Rules;

import freshGlue from './pkg/screener/carepath.js?fresh';
import integrity from './pkg/screener/carepath_bg.wasm?integrity';
import address from './pkg/screener/carepath_bg.wasm?url';
import { EngineUnavailable } from './refusals.ts';

/** Makes an independent instance of the engine from the module compiled once. */
export type Instantiate = () => Glue;

/**
 * Fetches and compiles the engine: the one request of this folder. Other bytes than those this script was built with
 * are refused by the browser, and never asked for again without the hash.
 */
export async function loadEngine(): Promise<Instantiate> {
  try {
    // What the first question needs goes before it.
    const response = await fetch(address, { integrity, priority: 'low' });
    if (!response.ok) throw new Error(`${address}: status ${response.status}`);
    // Only this very type can stream. A server that sends another: the same bytes are used, not fetched again.
    const module = response.headers.get('content-type')?.toLowerCase() === 'application/wasm'
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
    return () => {
      const glue = freshGlue();
      glue.initSync({ module });
      return glue;
    };
  } catch (error) {
    throw new EngineUnavailable(error instanceof Error ? error.message : String(error));
  }
}
