// How long a family with a cheap phone and a poor connection waits for the first question, and until everything is there
// (`carepath-ready`), and what it downloads for each:
//   node tests/benches/first-question.mjs [FOLDER]
// FOLDER is a static site; without it, one is made of www/dist and of what `carepath serve` hands out as rules. Chromium with a
// slowed processor and connection and nothing stored; nobody reads and nobody hesitates. Reported, never a test.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PHONE, ROOT, RULES, launch, serve } from '../browser/product.mjs';
import { hostFolder } from './static-host.mjs';

const ROUNDS = 5;
const SLOWER = 4;

const bits = (each) => each / 8;
/** DevTools delays each request once, and has no handshakes; Lighthouse makes up for that by its factors 3.75 and 0.9. */
const CONNECTIONS = {
  'slow 4G: 150 ms, 1.6 Mbit/s': { latency: 150, downloadThroughput: bits(1.6e6), uploadThroughput: bits(750e3) },
  'the same as Lighthouse applies it: 562.5 ms, 1.44 Mbit/s': { latency: 562.5, downloadThroughput: bits(1.44e6), uploadThroughput: bits(675e3) },
  'slow 3G: 400 ms, 400 kbit/s': { latency: 400, downloadThroughput: bits(400e3), uploadThroughput: bits(400e3) },
};

/** The pages as they are built and the rules as files, as they would lie on a host without the program; and the states' names. */
async function site() {
  const server = await serve(RULES);
  const load = async (name) => {
    const response = await fetch(new URL(`rules/${name}`, server.address));
    if (!response.ok) throw new Error(`rules/${name}: status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const folder = mkdtempSync(join(tmpdir(), 'carepath-site-'));
  try {
    const index = await load('index.json');
    const { states } = JSON.parse(index);
    cpSync(join(ROOT, 'www/dist'), folder, { recursive: true });
    mkdirSync(join(folder, 'rules'), { recursive: true });
    writeFileSync(join(folder, 'rules/index.json'), index);
    for (const { state } of states) writeFileSync(join(folder, `rules/${state}.carepath`), await load(`${state}.carepath`));
    return { folder, states };
  } finally {
    await server.stop();
  }
}

/** In the page, before its scripts: chooses the state, presses Start, and notes when each thing could be used. */
function robot(name) {
  const times = (window.times = {});
  const note = (what) => (times[what] ??= performance.now());
  addEventListener('carepath-ready', () => note('ready'));
  const find = (selector) => {
    const names = 'care-pathway, care-pathway-screener';
    const roots = [...document.querySelectorAll(names)];
    for (const { shadowRoot } of roots) {
      roots.push(...(shadowRoot?.querySelectorAll(names) ?? []));
      if (shadowRoot?.querySelector('.frame')) return [...shadowRoot.querySelectorAll(selector)];
    }
    return [];
  };
  const look = () => {
    const [state] = find('.states button').filter((button) => button.textContent.trim() === name);
    if (state && note('states') && !times.chosen && note('chosen')) state.click();
    const [start] = find('.page > button.main');
    if (start && !times.started && note('started')) start.click();
    const [parent] = find('input[value="parent"]');
    if (parent && !times.who && note('who')) {
      parent.click();
      find('form button.main')[0].click();
    }
    const [question] = find('fieldset.question');
    if (question && !parent && question.querySelector('input, select')) note('question');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(browser, address, connection, { name }) {
  const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-US' });
  try {
    const page = await context.newPage();
    const files = new Map();
    const session = await context.newCDPSession(page);
    session.on('Network.responseReceived', ({ requestId, response }) => files.set(requestId, { path: new URL(response.url).pathname, status: response.status, bytes: 0 }));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => files.has(requestId) && (files.get(requestId).bytes = encodedDataLength));
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, ...connection });
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(robot, name);
    await page.goto(address, { waitUntil: 'commit', timeout: 60_000 });
    await page.waitForFunction(() => window.times.question && window.times.ready, null, { timeout: 60_000 });
    const times = await page.evaluate(() => ({ text: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, ...window.times }));
    return { times, files: [...files.values()] };
  } finally {
    await context.close();
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const seconds = (list) => `${(median(list) / 1000).toFixed(2)} s`;

const { folder: made, states } = await site();
const folder = process.argv[2] ? resolve(process.argv[2]) : made;
// A site may have fewer states than the rules; its bundles tell.
const bundles = readdirSync(join(folder, 'rules')).map((name) => name.toLowerCase());
const there = states.filter(({ state }) => bundles.some((name) => name.startsWith(state.toLowerCase()) && name.endsWith('.carepath')));
const host = await hostFolder(folder);
const browser = await launch();
try {
  const loads = {};
  console.log(`Chromium ${browser.version().split('.')[0]}, ${SLOWER} times slower than here, median of ${ROUNDS}, from the navigation on:\n`);
  console.log('| connection | state | first text | list of states | first question | slowest of all | `carepath-ready` |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [what, connection] of Object.entries(CONNECTIONS)) {
    for (const state of there) {
      const visits = [];
      for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(browser, host.address, connection, { name: state.name.en }));
      const of = (moment) => visits.map(({ times }) => times[moment] ?? NaN);
      const cells = ['text', 'states', 'question'].map((moment) => seconds(of(moment)));
      console.log(`| ${what} | ${state.state} | ${cells.join(' | ')} | ${(Math.max(...of('question')) / 1000).toFixed(2)} s | ${seconds(of('ready'))} |`);
      loads[state.state] ??= visits[0].files;
    }
  }
  console.log('\nBytes of each file in the order of the answers, and what came over the line for it, headers included:\n');
  console.log('| state | file | raw | brotli | over the line |\n| --- | --- | ---: | ---: | ---: |');
  for (const [state, files] of Object.entries(loads)) {
    for (const { path, status, bytes } of files) {
      const { raw, brotli } = host.sizes.get(path === '/' ? '/index.html' : path) ?? { raw: 0, brotli: 0 };
      console.log(`| ${state} | ${path}${status === 200 ? '' : ` (${status})`} | ${raw} | ${brotli} | ${bytes} |`);
    }
    const sum = (of) => of.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`| ${state} | for the first question | | | ${sum(files.filter(({ path }) => !/\.(wasm|carepath)$/.test(path)))} |`);
    console.log(`| ${state} | all | | | ${sum(files)} |`);
  }
} finally {
  await browser.close();
  await host.stop();
  rmSync(made, { recursive: true, force: true });
}
