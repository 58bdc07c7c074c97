// The screener as a guest on somebody else's website: a page of theirs on a server of theirs, with the tag in it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { heard, openAndWait } from './family.mjs';
import { engine, launch, openPage } from './product.mjs';
import { OPEN, host, site } from './site.mjs';

/** A built site of these states on its server and a browser, gone once the tests of the file are over. */
export async function agency(options = {}) {
  let built, server, browser;
  after(async () => {
    await browser?.close();
    await server?.stop();
    built?.remove();
  });
  [built, browser] = await Promise.all([site(options.states), options.browser ?? launch()]);
  server = await host(built.folder, { headers: OPEN });
  const rules = (state) => engine(readFileSync(join(built.folder, built.files.bundle(state))));
  return { site: built, origin: server.origin, asked: server.asked, browser, rules };
}

/** The policy that each mode needs of a website that allows nothing else. */
export const POLICY = {
  isolated: (origin) => `default-src 'none'; script-src ${origin}; frame-src ${origin}; base-uri 'none'; form-action 'none'`,
  inline: (origin) => `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; base-uri 'none'; form-action 'none'`,
};

export const FALLBACK = '<a href="https://example.org/find">Find who can help</a>';

/** `<care-pathway>` as a website's author writes it. */
export const tag = (attributes = 'state="AR" lang="en"') => `<care-pathway ${attributes}>${FALLBACK}</care-pathway>`;

/** Another website: `page.html` with this body; `policy` is its Content-Security-Policy, `css` its style sheet. */
export const website = (origin, body, { policy = null, css = '', html = '<html lang="en">', loader = `${origin}/carepath.js`, headers = {} } = {}) =>
  host(
    {
      'page.html': `<!doctype html>${html}<head><meta charset="utf-8"><title>A website</title><meta name="viewport" content="width=device-width">${css ? '<link rel="stylesheet" href="/site.css">' : ''}</head><body>${body}<script type="module" src="${loader}"></script></body></html>`,
      'site.css': css,
      'favicon.ico': '',
    },
    { headers: { ...headers, ...(policy ? { 'content-security-policy': policy } : {}) } },
  );

/** The page of such a website, opened. Returns what `openPage` does, and the address of the website. */
export async function visit(browser, origin, body, { policy, css, html, loader, wait = true, headers, ...options } = {}) {
  const server = await website(origin, body, { policy, css, html, loader, headers });
  const opened = await openPage(browser, options);
  const address = `${server.origin}/page.html`;
  await openAndWait(opened.page, address, { screener: false });
  if (wait) await heard(opened.page, 'carepath-ready');
  const close = async () => {
    await server.stop();
    await opened.close();
  };
  return { ...opened, address, server, close };
}

/** The frame inside an isolated element, to be used as a page is. */
export async function frameOf(page, at = 0) {
  const frame = await (await page.locator('care-pathway iframe').nth(at).elementHandle()).contentFrame();
  await frame.locator('care-pathway-screener #title').waitFor();
  return frame;
}

/** What a test answers in, whichever mode. */
export const inside = (page, mode) => (mode === 'isolated' ? frameOf(page) : page);
