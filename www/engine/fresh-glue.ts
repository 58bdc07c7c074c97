// A build step: wasm-bindgen's module becomes a function that returns a new copy of it at every call.
// Why: `glue.ts`. It fails the build where the glue does not look as expected, rather than guess.

import type { Plugin } from 'vite';

const MARK = '?fresh';

export function freshGlue(): Plugin {
  return {
    name: 'carepath-fresh-glue',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith(MARK) ? { code: asFunction(code), map: null } : null;
    },
  };
}

/** The text of a module with `export class`/`export function` and one closing `export { … }`, as a function. */
export function asFunction(code: string): string {
  const body = code
    .replace(/^export (?=(async )?(class|function)\b)/gm, '')
    .replace(/^export \{[^}]*\};?\s*$/gm, '')
    // The glue's own way to fetch the module is never used (see `loadEngine`), and its address would be a second copy.
    .replace(/new URL\(['"][^'"]*\.wasm['"], import\.meta\.url\)/g, 'undefined');
  if (/^\s*(import|export)\b/m.test(body)) throw new Error('the wasm-bindgen glue has an import or export that fresh-glue.ts does not know');
  for (const name of ['class Rules', 'function initSync']) {
    if (!body.includes(name)) throw new Error(`the wasm-bindgen glue has no \`${name}\``);
  }
  return `export default function freshGlue() {\n${body}\nreturn { Rules, initSync };\n}\n`;
}
