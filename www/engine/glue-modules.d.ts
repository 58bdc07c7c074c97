// The types of what the build makes of an address with a mark (apart from `fresh-glue.ts`: a .d.ts of the same name is not read).

declare module '*?fresh' {
  export default function freshGlue(): import('./glue.ts').Glue;
}

/** A file's hash as a browser checks it: `hashed-module.ts`. */
declare module '*?integrity' {
  const integrity: string;
  export default integrity;
}
