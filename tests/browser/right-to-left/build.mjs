// The pages with one language more, for the tests alone: the build is the real one but for two files.

import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ROOT } from '../product.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const REPLACED = { '/languages.ts': here('languages.mjs'), '/engine.ts': here('engine.mjs') };

const rightToLeft = {
  name: 'carepath-right-to-left',
  enforce: 'pre',
  resolveId(source, importer) {
    const [, replacement] = Object.entries(REPLACED).find(([name]) => source.endsWith(name)) ?? [];
    return replacement && importer !== replacement ? replacement : null;
  },
};

/** Builds the pages into this folder. */
export async function buildRightToLeft(folder) {
  process.chdir(ROOT); // as `npm run build` does
  await build({ root: 'www', mode: 'right-to-left', logLevel: 'error', plugins: [rightToLeft], build: { outDir: folder, emptyOutDir: true } });
}
