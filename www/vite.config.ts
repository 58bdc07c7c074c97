// How www/dist is built. An app, not a library: library mode would put the WebAssembly into the script
// as text. `carepath.js` has a stable name, for the script tag of other pages; all it needs besides is
// found relative to itself.

import { defineConfig } from 'vite';
import { sealed } from './embed/sealed.ts';
import { freshGlue } from './engine/fresh-glue.ts';
import { hashedModule } from './engine/hashed-module.ts';

export default defineConfig({
  base: './',
  plugins: [freshGlue(), hashedModule(), sealed()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: 'www/index.html',
        frame: 'www/frame.html',
        configure: 'www/configure.html',
        accessibility: 'www/accessibility.html',
        screener: 'www/screener/screener.ts',
        carepath: 'www/embed/carepath.ts',
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'carepath' ? 'carepath.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
