// How long things take in WebAssembly, in Node and in Chromium, by the very module that the pages load: a state
// compiled, the first screening after that, which makes its diagrams, every later one, which takes an answer and chooses
// the next question, and every finding of `carepath analyze`. `./dev bench` runs it after a build; so does `node tests/benches/browser.mjs`.

import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AS_OF, PACKAGE, RULES, filesIn, launch } from '../browser/product.mjs';

const TIMES = 200;

/** Times a state in whatever runs this: the text of the function is sent to the browser too. */
async function measure({ glue, files, state, answers, asOf, times }) {
  const text = JSON.stringify(files);
  const taken = { compiled: [], first: [], later: [], analyzed: [] };
  const timed = (list, call) => {
    const begin = performance.now();
    const result = call();
    list.push(performance.now() - begin);
    return result;
  };
  for (let round = 0; round < times; round += 1) {
    const rules = timed(taken.compiled, () => new glue.Rules(text, state));
    const screen = (said) => rules.screen(JSON.stringify({ answers: said, as_of: asOf, lang: 'en' }));
    timed(taken.first, () => screen({}));
    // Each screening after the first has one more answer; their mean is what one takes, since clocks of browsers are coarse.
    const later = [];
    for (let count = 1; count <= answers.length; count += 1) {
      timed(later, () => screen(Object.fromEntries(answers.slice(0, count))));
    }
    taken.later.push(later.reduce((sum, one) => sum + one, 0) / later.length);
    timed(taken.analyzed, () => rules.analyze(asOf));
    rules.free();
  }
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
  return Object.fromEntries(Object.entries(taken).map(([what, list]) => [what, { median: median(list), least: Math.min(...list) }]));
}

/** The answers of one family in the order the engine asks: yes to every yes or no, in no program, else not known. */
function interview(glue, files, state) {
  const rules = new glue.Rules(JSON.stringify(files), state);
  const answers = [];
  for (;;) {
    const { next } = JSON.parse(rules.screen(JSON.stringify({ answers: Object.fromEntries(answers), as_of: AS_OF, lang: 'en' })));
    if (!next || answers.length === 50) return answers;
    answers.push([next.fact, { yes_no: 'yes', month: '2014-03', date: '2014-03-02', set: [], codes: [] }[next.type] ?? 'unknown']);
  }
}

const glue = await import(join(PACKAGE, 'carepath.js'));
glue.initSync({ module: readFileSync(join(PACKAGE, 'carepath_bg.wasm')) });

const rulesOf = (folders) => folders.flatMap((folder) => filesIn(join(RULES, folder)).map((path) => ({ path: path.slice(RULES.length + 1), text: readFileSync(path, 'utf8') })));
const states = readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'us');
const jobs = states.map(({ name }) => {
  const [files, state] = [rulesOf(['us', name]), name.toUpperCase()];
  return { files, state, answers: interview(glue, files, state), asOf: AS_OF, times: TIMES };
});

const row = (where, { state }, taken) => {
  const cells = Object.values(taken).map(({ median, least }) => `${median.toFixed(2)} (${least.toFixed(2)})`);
  console.log(`| ${where} | ${state} | ${cells.join(' | ')} |`);
};
console.log(`\nMilliseconds in WebAssembly, median (and least) of ${TIMES}:\n`);
console.log('| where | state | compiled | first screening | answer and next question | analyzed |\n| --- | --- | --- | --- | --- | --- |');
for (const job of jobs) row(`Node ${process.versions.node}`, job, await measure({ glue, ...job }));

const browser = await launch();
try {
  const page = await browser.newPage();
  await page.route('http://carepath.test/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (!name) return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
    return route.fulfill({ path: join(PACKAGE, name), contentType: extname(name) === '.wasm' ? 'application/wasm' : 'text/javascript' });
  });
  await page.goto('http://carepath.test/');
  for (const job of jobs) {
    const taken = await page.evaluate(
      async ({ measure, job }) => {
        const glue = await import('/carepath.js');
        await glue.default();
        return new Function(`return (${measure})`)()({ glue, ...job });
      },
      { measure: measure.toString(), job },
    );
    row(`Chromium ${browser.version().split('.')[0]}`, job, taken);
  }
} finally {
  await browser.close();
}
