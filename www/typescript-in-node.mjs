// TypeScript for Node 20's test runner: types are stripped by the compiler that Vite brings, so that
// the unit tests need no second build. Use: node --import ./www/typescript-in-node.mjs --test FILE…
import { register } from 'node:module';

const hook = `
  import { readFile } from 'node:fs/promises';
  import { fileURLToPath } from 'node:url';
  import { transformWithOxc } from 'vite';

  export async function load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const path = fileURLToPath(url);
    const { code } = await transformWithOxc(await readFile(path, 'utf8'), path, { sourcemap: false });
    return { format: 'module', source: code, shortCircuit: true };
  }
`;

register(`data:text/javascript,${encodeURIComponent(hook.replace("'vite'", `'${import.meta.resolve('vite')}'`))}`);
