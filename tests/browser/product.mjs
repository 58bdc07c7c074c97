// The product under test: the release program serving a copy of the rules, a browser, and the engine in
// Node to know what the page should be asking. The repository's own rules are never touched.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PROGRAM = join(ROOT, 'target/release/carepath');
export const RULES = join(ROOT, 'rules');
/** What wasm-pack writes: the module that the pages load, and the one with the whole language. */
export const SCREENER = join(ROOT, 'www/engine/pkg/screener');
export const STUDIO = join(ROOT, 'www/engine/pkg/studio');

for (const needed of [PROGRAM, join(SCREENER, 'carepath_bg.wasm'), join(STUDIO, 'carepath_bg.wasm')]) {
  if (!existsSync(needed)) throw new Error(`${relative(ROOT, needed)} is missing: run ./dev build`);
}

/** The states that are shipped, by code, and one that has no rules of its own. */
export const STATES = readdirSync(RULES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'us')
  .map(({ name }) => name.toUpperCase())
  .sort();
export const WITHOUT_RULES = ['WY', 'WI', 'WV', 'WA', 'VT', 'VA', 'UT', 'TX', 'SD', 'SC', 'RI', 'OK', 'OH', 'NY', 'ND'].find((code) => !STATES.includes(code));

/** A copy of the rules that a test may change. */
export function copyOfRules() {
  const folder = mkdtempSync(join(tmpdir(), 'carepath-rules-'));
  cpSync(RULES, folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `carepath serve` on a port of its own; ends with `stop`. */
export async function serve(folder) {
  const server = spawn(PROGRAM, ['serve', '--port', '0', '--rules', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`carepath serve printed no address within 20 s: ${said}`)), 20_000);
    const read = (chunk) => {
      said += chunk;
      const [found] = said.match(/http:\/\/127\.0\.0\.1:\d+\//) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', (status) => reject(new Error(`carepath serve ended with status ${status}: ${said}`)));
  });
  return { address, stop: () => new Promise((resolve) => server.on('exit', resolve) && server.kill()) };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A browser and the server on a copy of the rules, both gone once the tests of the file are over; the engines of these states. */
export async function start(states = [], rules = copyOfRules()) {
  let browser, server;
  after(async () => {
    await browser?.close();
    await server?.stop();
    rules.remove();
  });
  [browser, server] = await Promise.all([launch(), serve(rules.folder)]);
  const engines = {};
  for (const state of states) engines[state] = await engine(await bundleOf(server.address, state));
  return { browser, server, engines };
}

/** The day the tests play on: ages must not change under them. */
export const AS_OF = '2026-06-01';

export const PHONE = { width: 375, height: 812 };
export const DESKTOP = { width: 1280, height: 900 };

/**
 * A page whose clock shows `AS_OF` and which fails the test on any error of its own. With `expectErrors`
 * the errors are only collected.
 */
export async function openPage(browser, { viewport = PHONE, expectErrors = false, ...options } = {}) {
  const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'America/Chicago', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(`${AS_OF}T12:00:00-05:00`));
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return {
    page,
    errors,
    async close() {
      await context.close();
      if (!expectErrors && errors.length > 0) throw new Error(`the page reported errors:\n${errors.join('\n')}`);
    },
  };
}

/** The state's bundle as the server hands it out, of the files as they are on disk. */
export async function bundleOf(address, state) {
  const response = await fetch(new URL(`rules/${state}.carepath`, address));
  if (!response.ok) throw new Error(`rules/${state}.carepath: status ${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** One of the two modules in Node. */
export async function glueOf(folder) {
  const glue = await import(join(folder, 'carepath.js'));
  glue.initSync({ module: readFileSync(join(folder, 'carepath_bg.wasm')) });
  return glue;
}

/** The engine in Node. */
export async function engine(bundle) {
  const glue = await glueOf(SCREENER);
  const rules = new glue.Rules(bundle);
  return {
    about: () => JSON.parse(rules.about()),
    questions: (lang = 'en') => JSON.parse(rules.questions(lang)),
    screenText: (answers, asOf = AS_OF, lang = 'en') => rules.screen(JSON.stringify({ answers, as_of: asOf, lang })),
    screen: (answers, asOf = AS_OF, lang = 'en', by = 'parent') => JSON.parse(rules.screen(JSON.stringify({ answers, as_of: asOf, lang, by }))),
  };
}

/** The files that a state is compiled from, with more at the end of its own rules. */
export function rulesOf(state, { folder = RULES, more = '' } = {}) {
  const own = state.toLowerCase();
  return ['us', own].flatMap((name) =>
    filesIn(join(folder, name)).map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path: relative(folder, path), text: path.endsWith(`/${own}.care`) ? text + more : text };
    }),
  );
}

export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
