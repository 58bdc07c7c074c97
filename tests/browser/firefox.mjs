// Firefox, driven by WebDriver BiDi: as much of the protocol as the tests need. Every script that runs in a page finds
// the screener by one function, `screener()`, wherever the element with the frame stands.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { lookInside } from './family.mjs';
import { AS_OF } from './product.mjs';

/** How long a page may take to show what is waited for. */
const PATIENCE = 10_000;

export const KEY = { Tab: '\uE004', Enter: '\uE007', Control: '\uE009', Space: ' ', ArrowUp: '\uE013', ArrowDown: '\uE015' };

/** The root of the element that draws the pages: on the page itself, or in the shadow root of the one that loads it. */
function screener() {
  const names = 'care-pathway, care-pathway-screener';
  const found = [...document.querySelectorAll(names)];
  for (const element of found) {
    if (element.shadowRoot?.querySelector('.frame')) return element.shadowRoot;
    found.push(...(element.shadowRoot?.querySelectorAll(names) ?? []));
  }
  return null;
}

/** Before any script of the page: the day of the tests, and what is heard of the element. */
function prepare(now) {
  const Real = Date;
  window.Date = class extends Real {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now]));
    }
    static now() {
      return now;
    }
  };
  window.heard = [];
  for (const name of ['carepath-ready', 'carepath-step', 'carepath-result', 'carepath-error']) {
    addEventListener(name, (event) => window.heard.push({ name, detail: event.detail ?? null }));
  }
}

export async function launchFirefox() {
  const profile = mkdtempSync(join(tmpdir(), 'carepath-firefox-'));
  // What is not asked for at the start of a remote session is left out by Firefox itself.
  writeFileSync(join(profile, 'user.js'), 'user_pref("intl.accept_languages", "en-US, en");\n');
  const child = spawn(process.env.FIREFOX || '/usr/bin/firefox-esr', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TZ: 'America/Chicago' },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.kill();
    await Promise.race([ended, pause(5000, null, { ref: false }).then(() => child.kill('SIGKILL') && ended)]);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const connection = await connect(`${await addressOf(child)}/session`);
    await connection.send('session.new', { capabilities: {} });
    await connection.send('session.subscribe', { events: ['network.beforeRequestSent', 'log.entryAdded'] });
    return { connection, close: async () => (connection.close(), stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where Firefox listens, which it says once it does. */
function addressOf(child) {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Firefox did not listen within 30 s: ${said}`)), 30_000);
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [, found] = said.match(/WebDriver BiDi listening on (ws:\S+)/) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`Firefox ended with status ${status}: ${said}`)));
  });
}

/** Commands with their answers, and events to whoever listens. */
async function connect(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  const listeners = new Set();
  socket.on('message', (text) => {
    const message = JSON.parse(text);
    if (message.type === 'event') return listeners.forEach((listener) => listener(message.method, message.params));
    const { resolve, reject, method } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'success') resolve(message.result);
    else reject(new Error(`${method}: ${message.error}: ${message.message}`));
  });
  socket.on('close', () => waiting.forEach(({ reject, method }) => reject(new Error(`${method}: Firefox is gone`))));
  let last = 0;
  return {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject, method });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    listen: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    close: () => socket.close(),
  };
}

/** A tab whose clock shows `AS_OF`, and which fails the test on any error of its own. `before` runs before the page's scripts. */
export async function openTab({ connection }, { viewport, before = null, expectErrors = false }) {
  const { context } = await connection.send('browsingContext.create', { type: 'tab' });
  const [requests, errors] = [[], []];
  const deafen = connection.listen((method, params) => {
    // Of every tab, frame and worker: a test has one tab at a time.
    if (method === 'network.beforeRequestSent') requests.push(params.request.url);
    if (method === 'log.entryAdded' && params.source.context === context && params.level === 'error') errors.push(params.text);
  });
  const contexts = [context];
  const scripts = [`() => (${prepare})(${Date.parse(`${AS_OF}T12:00:00-05:00`)})`, String(lookInside), ...(before ? [String(before)] : [])];
  for (const functionDeclaration of scripts) await connection.send('script.addPreloadScript', { functionDeclaration, contexts });
  await connection.send('browsingContext.setViewport', { context, viewport });
  const inside = insideOf(connection, context);

  return {
    ...inside,
    requests,
    errors,
    /** Loads an address and waits for the first page of the element; without `screener` for the page alone. */
    async open(address, { screener: shown = true } = {}) {
      await connection.send('browsingContext.navigate', { context, url: address, wait: 'complete' });
      if (shown) await inside.until('the first page', () => screener()?.querySelector('#title') != null);
    },
    /** The frame of an isolated element, to be used as the tab is. */
    async frame() {
      for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
        const { contexts: [{ children: [child] }] } = await connection.send('browsingContext.getTree', { root: context });
        if (child && child.url !== 'about:blank') return insideOf(connection, child.context);
      }
      throw new Error('no frame came');
    },
    async screenshot(path) {
      const { data } = await connection.send('browsingContext.captureScreenshot', { context, origin: 'document' });
      writeFileSync(path, Buffer.from(data, 'base64'));
    },
    async close() {
      deafen();
      await connection.send('browsingContext.close', { context });
      if (!expectErrors && errors.length > 0) throw new Error(`the page reported errors:\n${errors.join('\n')}`);
    },
  };
}

/** What can be asked and done in a tab, or in a frame of it. */
function insideOf(connection, context) {
  /** What `look`, a function sent to the page, returns there. It may call `screener()`. */
  async function ask(look, ...given) {
    const { type, result, exceptionDetails } = await connection.send('script.callFunction', {
      functionDeclaration: `async (given) => { ${screener}; return JSON.stringify((await (${look})(...JSON.parse(given))) ?? null); }`,
      arguments: [{ type: 'string', value: JSON.stringify(given) }],
      target: { context },
      awaitPromise: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  }

  /** The same, asked again until it is something. */
  async function until(what, look, ...given) {
    for (const end = Date.now() + PATIENCE; ; await pause(15)) {
      const found = await ask(look, ...given);
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited ${PATIENCE / 1000} s for ${what}; the page shows: ${await ask(() => (screener() ?? document.body).textContent)}`);
    }
  }

  const act = (type, actions, more = {}) => connection.send('input.performActions', { context, actions: [{ type, id: type, actions, ...more }] });
  const keys = (...actions) => act('key', actions.map(([type, value]) => ({ type, value })));

  return {
    ask,
    until,
    /** A click where a person would click: in the middle, with nothing above it. `which` tells several apart, by text or place. */
    async click(selector, which = null) {
      const seen = () => until(`${selector} ${which ?? ''} to click`, clickable, selector, which);
      let [x, y] = await seen();
      // A page that has just come, or a frame that has just grown, may still move under the hand.
      for (let before; before !== `${x} ${y}`; [x, y] = await seen()) {
        before = `${x} ${y}`;
        await pause(50);
      }
      const buttons = [{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
      await act('pointer', [{ type: 'pointerMove', x, y }, ...buttons], { parameters: { pointerType: 'mouse' } });
    },
    press: (...values) => keys(...values.flatMap((value) => [['keyDown', value], ['keyUp', value]])),
    /** All that the field with the focus holds is chosen, to be written over. */
    selectAll: () => keys(['keyDown', KEY.Control], ['keyDown', 'a'], ['keyUp', 'a'], ['keyUp', KEY.Control]),
  };
}

/** A tab, or a frame of it, as `everyPage` wants it. */
export function handsOf(page) {
  const deed = {
    async check(selector) {
      if (!(await page.ask((selector) => screener().querySelector(selector)?.checked, selector))) await page.click(`label:has(${selector})`);
    },
    async write(selector, text) {
      await page.click(selector);
      await page.selectAll();
      await page.press(...text);
    },
    /** The list of a select is no part of the page here, and no click gets there. */
    async choose(selector, value) {
      const choose = (selector, value) => {
        const select = screener().querySelector(selector);
        select.value = value;
        for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
      };
      await page.ask(choose, selector, value);
    },
  };
  return {
    evaluate: page.ask,
    until: (look, given) => page.until(String(look), look, given),
    press: (at) => page.click('button', at),
    async do(deeds) {
      for (const [name, selector, value] of deeds) await deed[name](selector, value);
    },
  };
}

/** Where to click, once it is there, seen, and not covered. */
function clickable(selector, which) {
  const root = screener();
  const found = [...(root?.querySelectorAll(selector) ?? [])].find((each, at) => which === null || which === at || which === each.textContent.trim());
  if (!found?.checkVisibility() || found.disabled) return null;
  // An iframe is about to become as high as what is in it.
  if (parent !== window && document.documentElement.scrollHeight > innerHeight + 1) return null;
  found.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = found.getBoundingClientRect();
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const hit = root.elementFromPoint(x, y);
  return hit && (found.contains(hit) || hit.contains(found)) ? [x, y] : null;
}
