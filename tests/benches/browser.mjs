// How long things take in WebAssembly, in Node and in Chromium, by the very modules that are shipped. The screener: a bundle
// read, the first screening after that, which makes its diagrams, and every later one, which takes an answer and chooses the
// next question. The studio: a state compiled from its files, and every finding of `carepath analyze`. `./dev bench` runs it
// after a build; so does `node tests/benches/browser.mjs`.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { AS_OF, PROGRAM, RULES, SCREENER, STUDIO, glueOf, launch, rulesOf } from '../browser/product.mjs';

const TIMES = 200;

/** Times a state in whatever runs this: the text of the function is sent to the browser too. */
async function measure({ screener, studio, bundle, files, state, answers, asOf, times }) {
  const bytes = Uint8Array.from(bundle);
  const taken = { opened: [], first: [], later: [], compiled: [], analyzed: [] };
  const timed = (list, call) => {
    const begin = performance.now();
    const result = call();
    list.push(performance.now() - begin);
    return result;
  };
  for (let round = 0; round < times; round += 1) {
    const rules = timed(taken.opened, () => new screener.Rules(bytes));
    const screen = (said) => rules.screen(JSON.stringify({ answers: said, as_of: asOf, lang: 'en' }));
    timed(taken.first, () => screen({}));
    // Each screening after the first has one more answer; their mean is what one takes, since clocks of browsers are coarse.
    const later = [];
    for (let count = 1; count <= answers.length; count += 1) {
      timed(later, () => screen(Object.fromEntries(answers.slice(0, count))));
    }
    taken.later.push(later.reduce((sum, one) => sum + one, 0) / later.length);
    rules.free();
    const draft = timed(taken.compiled, () => new studio.Draft(files, state));
    timed(taken.analyzed, () => draft.analyze(asOf));
    draft.free();
  }
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
  return Object.fromEntries(Object.entries(taken).map(([what, list]) => [what, { median: median(list), least: Math.min(...list) }]));
}

/** The answers of one family in the order the engine asks: yes to every yes or no, in no program, else not known. */
function interview({ Rules }, bundle) {
  const rules = new Rules(Uint8Array.from(bundle));
  const answers = [];
  for (;;) {
    const { next } = JSON.parse(rules.screen(JSON.stringify({ answers: Object.fromEntries(answers), as_of: AS_OF, lang: 'en' })));
    if (!next || answers.length === 50) return answers;
    answers.push([next.fact, { yes_no: 'yes', month: '2014-03', date: '2014-03-02', set: [], codes: [] }[next.type] ?? 'unknown']);
  }
}

/** What `carepath publish` leaves. */
function bundleOf(state) {
  const folder = mkdtempSync(join(tmpdir(), 'carepath-bench-'));
  try {
    const { file } = JSON.parse(execFileSync(PROGRAM, ['publish', '--rules', RULES, '--state', state, '-o', folder, '--format', 'json']));
    return [...readFileSync(file)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [screener, studio] = [await glueOf(SCREENER), await glueOf(STUDIO)];
const states = readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'us');
const jobs = states.map(({ name }) => {
  const state = name.toUpperCase();
  const bundle = bundleOf(state);
  return { bundle, files: JSON.stringify(rulesOf(state)), state, answers: interview(screener, bundle), asOf: AS_OF, times: TIMES };
});

const row = (where, { state }, taken) => {
  const cells = Object.values(taken).map(({ median, least }) => `${median.toFixed(2)} (${least.toFixed(2)})`);
  console.log(`| ${where} | ${state} | ${cells.join(' | ')} |`);
};
console.log(`\nMilliseconds in WebAssembly, median (and least) of ${TIMES}:\n`);
console.log('| where | state | bundle read | first screening | answer and next question | compiled | analyzed |\n| --- | --- | --- | --- | --- | --- | --- |');
for (const job of jobs) row(`Node ${process.versions.node}`, job, await measure({ screener, studio, ...job }));

const browser = await launch();
try {
  const page = await browser.newPage();
  await page.route('http://carepath.test/**', (route) => {
    const [, folder, name] = new URL(route.request().url()).pathname.split('/');
    if (!folder) return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
    return route.fulfill({ path: join({ screener: SCREENER, studio: STUDIO }[folder], name), contentType: extname(name) === '.wasm' ? 'application/wasm' : 'text/javascript' });
  });
  await page.goto('http://carepath.test/');
  for (const job of jobs) {
    const taken = await page.evaluate(
      async ({ measure, job }) => {
        const glue = async (folder) => {
          const loaded = await import(`/${folder}/carepath.js`);
          await loaded.default();
          return loaded;
        };
        return new Function(`return (${measure})`)()({ screener: await glue('screener'), studio: await glue('studio'), ...job });
      },
      { measure: measure.toString(), job },
    );
    row(`Chromium ${browser.version().split('.')[0]}`, job, taken);
  }
} finally {
  await browser.close();
}
