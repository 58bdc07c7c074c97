// How much a browser downloads of each engine that could do such work, ours among them: a Markdown table. Run by hand after
// `./dev build`; it fetches fixed versions of the peers from the npm registry. How it measures: README.md beside it.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

const OWN = fileURLToPath(new URL('../../www/engine/pkg/', import.meta.url));

/** `door` is what a page imports, where that is not the package's own name. */
const PEERS = [
  { name: 'json-logic-js', version: '2.0.5', is: 'JsonLogic in JavaScript: one rule, one record' },
  { name: 'publicodes', version: '1.10.3', is: 'the interpreter of a language for public rules, with what is missing' },
  { name: '@marcbachmann/cel-js', version: '8.0.0', is: 'CEL expressions in JavaScript, with types checked' },
  { name: 'cel-js', version: '0.8.2', is: 'CEL expressions in JavaScript, by a library for parsers' },
  { name: '@goplasmatic/datalogic', version: '4.0.14', door: '@goplasmatic/datalogic/web', is: 'JsonLogic in Rust' },
  { name: '@gorules/zen-engine-wasm', version: '0.23.1', is: 'ZEN’s expressions, in Rust: no decision tables' },
  { name: '@gorules/zen-engine-wasm32-wasi', version: '0.52.1', is: 'ZEN, the whole engine, in Rust with JavaScript inside' },
  { name: '@cedar-policy/cedar-wasm', version: '4.13.0', door: '@cedar-policy/cedar-wasm/web', is: 'Cedar policies, parser and validator included, in Rust' },
];

const OURS = [
  { name: 'carepath, screener', door: join(OWN, 'screener/carepath.js'), is: 'runs a compiled state: routes, explains, chooses questions' },
  { name: 'carepath, studio', door: join(OWN, 'studio/carepath.js'), is: 'the whole language, analysis and comparison besides' },
];

/** What of a bundle a browser downloads: every file that the bundler writes for a page that uses the engine. */
async function measure(folder, { name, door = name }) {
  const entry = join(folder, 'page.js');
  writeFileSync(entry, `import * as engine from ${JSON.stringify(door)};\nglobalThis.engine = engine;\n`);
  const { output } = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'es2022',
      write: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: entry },
    },
  });
  const files = output.map((file) => Buffer.from(file.type === 'chunk' ? file.code : file.source));
  const sum = (size) => files.reduce((all, file) => all + size(file), 0);
  return { files: output.map(({ fileName }) => fileName), raw: sum((file) => file.length), brotli: sum(compressed) };
}

function compressed(file) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(file, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: file.length } }).length;
}

const kilobytes = (bytes) => `${(bytes / 1000).toLocaleString('en-US', { maximumFractionDigits: bytes < 100_000 ? 1 : 0 })} kB`;

for (const { door } of OURS) if (!existsSync(door)) throw new Error(`${door} is missing: run ./dev build`);
const folder = mkdtempSync(join(tmpdir(), 'carepath-peers-'));
try {
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  // Forced, since the package of ZEN is for a processor that no machine has; no script of a package is run.
  const packages = PEERS.map(({ name, version }) => `${name}@${version}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--force', '--loglevel=error', ...packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const rows = [];
  for (const peer of PEERS) {
    const { version, license } = JSON.parse(readFileSync(join(folder, 'node_modules', peer.name, 'package.json'), 'utf8'));
    rows.push({ ...peer, version, license, ...(await measure(folder, peer)) });
  }
  for (const own of OURS) rows.push({ ...own, version: 'this tree', license: 'MIT or Apache-2.0', ...(await measure(folder, own)) });
  rows.sort((a, b) => a.brotli - b.brotli);
  console.log('| engine | version | license | what it is | raw | brotli |\n| --- | --- | --- | --- | ---: | ---: |');
  for (const { name, version, license, is, raw, brotli } of rows) console.log(`| ${name} | ${version} | ${license} | ${is} | ${kilobytes(raw)} | ${kilobytes(brotli)} |`);
  if (process.argv.includes('--files')) for (const { name, files } of rows) console.error(name, files.join(' '));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
