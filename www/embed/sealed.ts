// The last build step: what one file says about another. Pages get the `integrity` of their scripts and style
// sheets, and the loader the address and `integrity` of the screener's script. It reads what was written, so a
// hash is always that of the bytes in the folder. The engine begins to load beside the script that asks for it: the first
// question is there a quarter earlier on a slow phone. (Firefox finds what was fetched early in its cache alone, so hosts
// should say that names with a hash never change, as the examples of `carepath build` do.)
//
// A browser checks a script's own bytes, never those of what it imports. So no script may import another: the
// build fails where one does.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';

export const integrityOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** What stands in the loader until the build knows: the screener's script, relative to the loader, and its hash. */
const SCREENER = '__CAREPATH_SCREENER__';
const INTEGRITY = '__CAREPATH_INTEGRITY__';
/** What `carepath build` fills in. */
const SITE = /["'`]__CAREPATH_SITE__["'`]/g;
const SITE_IN_PAGE = '<meta name="carepath-site" content="" />';

/** Of the loader, in bytes as downloaded (brotli); and what the names and hashes of a built site add to it. */
const BUDGET = 2000;
const SITE_ROOM = 200;

export function sealed(): Plugin {
  return {
    name: 'carepath-sealed',
    writeBundle(options, bundle) {
      const folder = options.dir ?? 'dist';
      const read = (name: string) => readFileSync(join(folder, name));
      const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
      const files = Object.values(bundle);
      for (const file of files) {
        if (file.type === 'chunk' && file.imports.length + file.dynamicImports.length > 0) throw new Error(`${file.fileName} imports another script, whose bytes no browser would check`);
      }

      const screener = files.find((file) => file.type === 'chunk' && file.name === 'screener')?.fileName;
      if (!screener) throw new Error('the build made no script of the screener');
      const loader = once(once(read('carepath.js').toString(), SCREENER, screener), INTEGRITY, integrityOf(read(screener)));
      if (loader.match(SITE)?.length !== 1) throw new Error('carepath.js must hold "__CAREPATH_SITE__" exactly once');
      write('carepath.js', loader);
      const size = brotliCompressSync(loader).length + SITE_ROOM;
      if (size > BUDGET) throw new Error(`carepath.js would be ${size} bytes (brotli) on a built site, of at most ${BUDGET}`);

      const module = files.find((file) => file.fileName.endsWith('.wasm'))?.fileName;
      if (!module) throw new Error('the build has no module of the engine');
      // Its hash is looked at where it is used: browsers know none for what is only fetched early.
      const early = `<link rel="preload" href="./${module}" as="fetch" crossorigin="anonymous" />`;
      for (const { fileName } of files.filter((file) => file.fileName.endsWith('.html'))) {
        const page = read(fileName)
          .toString()
          .replace(new RegExp(`(?=<script[^>]*"\\./${screener}")`), `${early}\n    `)
          .replace(/<(script|link)\b[^>]*?\b(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"[^>]*>/g, (tag, _name, address: string) =>
            tag.replace(/\s*\/?>$/, ` integrity="${integrityOf(read(address))}">`),
          );
        // A page without a script needs no place of the rules.
        if (page.includes('<script') && page.split(SITE_IN_PAGE).length !== 2) throw new Error(`${fileName} must hold ${SITE_IN_PAGE} exactly once`);
        if (/<script(?![^>]*integrity)/.test(page)) throw new Error(`${fileName} has a script without integrity`);
        write(fileName, page);
      }
    },
  };
}

function once(text: string, mark: string, becomes: string): string {
  if (text.split(mark).length !== 2) throw new Error(`carepath.js must hold ${mark} exactly once`);
  return text.replace(mark, becomes);
}
