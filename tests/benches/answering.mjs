// How long an answer takes to be reflected, and how long the page ever stops: the whole way through every state, with
// everything unknown (the longest), in Chromium, on a processor of this machine and on one 4 times slower.
//   node tests/benches/answering.mjs [STATE…]
// Needs what `./dev build` leaves. Reported, never a test.

import { PHONE, RULES, launch, serve } from '../browser/product.mjs';

const wanted = process.argv.slice(2);

/** In the page: from the press of the button until the next page is drawn, laid out and painted. */
async function robot() {
  const screener = document.querySelector('care-pathway-screener');
  const root = screener.shadowRoot;
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const press = async (button) => {
    const from = performance.now();
    button.click();
    await screener.updateComplete;
    root.querySelector('#title').getBoundingClientRect(); // laid out
    const took = performance.now() - from;
    await frame();
    return took;
  };
  const main = () => root.querySelector('.page button.main');
  await press(main());
  root.querySelector('input[value="parent"]').click();
  const times = { answers: [await press(main())] };
  while (!root.querySelector('.answers')) {
    root.querySelector('.unsure input').click();
    await frame();
    times.answers.push(await press(main()));
  }
  times.results = await press(main());
  root.querySelectorAll('.language')[1].click();
  const from = performance.now();
  await screener.updateComplete;
  times.language = performance.now() - from;
  await frame();
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { ...times, long };
}

const browser = await launch();
const server = await serve(RULES);
try {
  const { states } = await (await fetch(new URL('rules/index.json', server.address))).json();
  for (const slower of [1, 4]) {
    console.log(`\nProcessor ${slower === 1 ? 'as it is' : `${slower} times slower`}: milliseconds\nstate  questions  answer: median  longest  results  other language  longest task after load`);
    for (const { state, name } of states.filter(({ state }) => wanted.length === 0 || wanted.includes(state))) {
      const context = await browser.newContext({ viewport: PHONE, locale: 'en-US' });
      const page = await context.newPage();
      await page.goto(server.address);
      const ready = page.evaluate(() => new Promise((resolve) => addEventListener('carepath-ready', resolve)).then(() => true));
      await page.getByRole('button', { name: name.en, exact: true }).click();
      await ready;
      await page.waitForTimeout(500);
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
      const { answers, results, language, long } = await page.evaluate(robot);
      const sorted = [...answers].sort((a, b) => a - b);
      const ms = (n) => n.toFixed(1).padStart(8);
      console.log(`${state}     ${String(answers.length - 1).padStart(8)} ${ms(sorted[sorted.length >> 1])}        ${ms(sorted.at(-1))} ${ms(results)} ${ms(language)}        ${long.length ? `${Math.max(...long).toFixed(0)} (${long.length} over 50)` : 'under 50'}`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
