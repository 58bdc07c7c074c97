// A build step: `import integrity from './x.wasm?integrity'` is the file's SHA-384 as a browser checks it. The
// hash is of the file that Vite copies, so the script and the module it accepts are made together.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { integrityOf } from '../embed/sealed.ts';

const MARK = '?integrity';

export function hashedModule(): Plugin {
  return {
    name: 'carepath-hashed-module',
    enforce: 'pre',
    resolveId(id, importer) {
      return id.endsWith(MARK) && importer ? resolve(dirname(importer), id) : null;
    },
    async load(id) {
      return id.endsWith(MARK) ? `export default ${JSON.stringify(integrityOf(await readFile(id.slice(0, -MARK.length))))};` : null;
    },
  };
}
