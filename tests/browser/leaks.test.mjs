// A website that draws its pages itself takes the element out and puts it back as often as it likes: nothing of an
// earlier one stays. Counted by the browser, after its collector has run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agency, tag, visit } from './guest.mjs';

const { browser, origin } = await agency();

const TIMES = 200;
/** Compiled code and the browser's own caches settle within these. */
const FIRST = 20;

async function counted(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let round = 0; round < 5; round += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(100);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Takes the element out and puts it back; the next time once it is ready. */
const again = (page, times) =>
  page.evaluate(async (times) => {
    const main = document.querySelector('main');
    for (let at = 0; at < times; at += 1) {
      const element = main.firstElementChild;
      const ready = new Promise((resolve) => addEventListener('carepath-ready', resolve, { once: true }));
      element.remove();
      if (at % 3 === 0) main.append(element);
      else main.innerHTML = element.outerHTML; // and another one in its place
      await ready;
    }
  }, times);

for (const mode of ['isolated', 'inline']) {
  test(`${mode}: taken out and put back ${TIMES} times`, async () => {
    const { page, close } = await visit(browser, origin, `<main>${tag(`state="AR" lang="en" mode="${mode}"`)}</main>`);
    await page.evaluate(() => (window.heard.push = () => 0));
    await again(page, FIRST);
    const before = await counted(page);
    await again(page, TIMES);
    const after = await counted(page);
    assert.equal(await page.locator('care-pathway iframe').count(), mode === 'isolated' ? 1 : 0);
    assert.equal(await page.locator('script[src*="screener"]').count(), mode === 'isolated' ? 0 : 1);
    const told = JSON.stringify({ before, after }, ['before', 'after', 'JSEventListeners', 'Nodes', 'Frames', 'Documents', 'JSHeapUsedSize'], 1);
    // One element's worth of what is not yet collected is no leak; a leak would be two hundred times that.
    for (const [name, most] of [['JSEventListeners', 30], ['Nodes', 300], ['Frames', 2], ['Documents', 4], ['JSHeapUsedSize', 2_000_000]]) {
      assert.ok(after[name] - before[name] <= most, `${name}: ${told}`);
    }
    await close();
  });
}
