// The type of wasm-bindgen's glue wrapped in a function; see `fresh-glue.ts` (apart from it: a .d.ts of the same name is not read).

declare module '*?fresh' {
  export default function freshGlue(): import('./glue.ts').Glue;
}
