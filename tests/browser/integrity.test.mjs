// Whatever does not arrive as it was made is not used: no question, no part of a result, but people to call, and an
// event with a code. A file that was refused is never asked for again in a way that would take it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { heard, shownText } from './family.mjs';
import { agency, inside, tag, visit } from './guest.mjs';
import { OPEN, host, integrityOf } from './site.mjs';

const { site, browser } = await agency();

const FILES = { 'the module': site.files.wasm, 'the bundle': site.files.bundle('AR'), 'the list of states': site.files.index };

/** One byte in the middle is another one. */
const altered = (bytes) => {
  const other = Buffer.from(bytes);
  other[other.length >> 1] ^= 1;
  return { body: other };
};

const SPOILED = {
  altered,
  truncated: (bytes) => ({ body: bytes.subarray(0, bytes.length - 100) }),
  missing: () => ({ status: 404, body: 'not here' }),
  'another file of the site': () => ({ body: readFileSync(join(site.folder, site.files.bundle('MA'))) }),
};

/** A website with the tag of an agency whose server answers otherwise; `look` at what stands inside. */
async function onlyTheList(change, look, { attributes = 'state="AR" lang="en"', mode = 'isolated' } = {}) {
  const server = await host(site.folder, { headers: OPEN, change });
  const opened = await visit(browser, server.origin, `<main>${tag(`mode="${mode}" ${attributes}`)}</main>`, { wait: false, expectErrors: true });
  await heard(opened.page, 'carepath-error');
  const [{ detail }] = (await opened.page.evaluate(() => window.heard)).filter(({ name }) => name === 'carepath-error');
  const screener = await inside(opened.page, mode);
  const text = await shownText(screener);
  assert.ok(text.includes('1-877-543-7669'), 'the national line');
  assert.equal(await screener.locator('care-pathway-screener :is(fieldset, .finding)').count(), 0, 'no question, no result');
  await look({ text, code: detail.code, asked: server.asked, screener });
  await opened.close();
  await server.stop();
}

function assertStates(text) {
  const { contacts, programs } = site.about('AR');
  assert.ok(programs.length > 0 && contacts.length > 0);
  for (const { name, contact } of programs) {
    assert.ok(text.includes(name.en), name.en);
    if (contact?.phone) assert.ok(text.includes(contact.phone), contact.phone);
  }
}

test('the module: another one that would run as well', async () => {
  const path = FILES['the module'];
  const other = (bytes) => Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x78])]); // with one more section, which nobody reads
  assert.ok(WebAssembly.validate(other(readFileSync(join(site.folder, path)))));
  await onlyTheList((asked, bytes) => (asked === path ? { body: other(bytes) } : null), ({ text, code, asked }) => {
    assert.equal(code, 'not-loaded');
    assert.equal(asked.filter((each) => each === path).length, 1);
    assertStates(text);
  });
});

for (const [what, path] of Object.entries(FILES)) {
  for (const [how, spoil] of Object.entries(SPOILED)) {
    test(`${what}: ${how}`, async () => {
      const change = (asked, bytes) => (asked === path ? spoil(bytes) : null);
      await onlyTheList(change, async ({ text, code, asked, screener }) => {
        assert.equal(code, 'not-loaded');
        assert.equal(asked.filter((each) => each === path).length, 1, 'asked for once');
        if (path !== site.files.index) return assertStates(text);
        assert.match(await screener.getByRole('link', { name: 'list of programs' }).getAttribute('href'), /\/programs\/ar\.html$/);
      });
    });
  }
}

test('inline, the same: the bundle altered', async () => {
  const path = FILES['the bundle'];
  await onlyTheList((asked, bytes) => (asked === path ? altered(bytes) : null), ({ text, code }) => {
    assert.equal(code, 'not-loaded');
    assertStates(text);
  }, { mode: 'inline' });
});

test('a bundle of a later format, though its hash is right', async () => {
  const index = JSON.parse(readFileSync(join(site.folder, site.files.index)));
  const entry = index.states.find(({ state }) => state === 'AR');
  const bytes = readFileSync(join(site.folder, site.files.bundle('AR')));
  const at = 'carepath'.length; // behind the mark that every bundle begins with
  assert.equal(bytes.toString('latin1', 0, at), 'carepath');
  bytes.writeUInt16LE(bytes.readUInt16LE(at) + 1, at);
  writeFileSync(join(site.folder, 'rules/later.carepath'), bytes);
  Object.assign(entry, { bundle: 'later.carepath', integrity: integrityOf(bytes) });
  const text = JSON.stringify(index);
  // A frame that names this list of states, as a later build would.
  const old = integrityOf(readFileSync(join(site.folder, site.files.index)));
  const change = (asked, body) => {
    if (asked === site.files.index) return { body: text };
    return asked.startsWith('frame') ? { body: body.toString().replace(old, integrityOf(text)) } : null;
  };
  await onlyTheList(change, ({ text, code }) => {
    assert.equal(code, 'rules-newer');
    assertStates(text);
  });
});

test('no such state', async () => {
  await onlyTheList(() => null, ({ code, text }) => {
    assert.equal(code, 'no-rules');
    assert.match(text, /do not have this state yet/);
  }, { attributes: 'state="WY" lang="en"' });
});

test('rules that no hash names: what is no bundle is refused by the engine', async () => {
  const change = (asked) => (asked === 'rules/odd.carepath' ? { status: 200, body: 'odd' } : asked === 'rules/index.json' ? { status: 200, body: readFileSync(join(site.folder, site.files.index)) } : null);
  const server = await host(site.folder, { headers: OPEN, change });
  const { page, close } = await visit(browser, server.origin, `<main>${tag(`state="AR" rules="${server.origin}/rules/odd.carepath"`)}</main>`, { wait: false, expectErrors: true });
  await heard(page, 'carepath-error');
  assert.deepEqual((await page.evaluate(() => window.heard)).map(({ detail }) => detail.code), ['rules-refused']);
  assertStates(await shownText(await inside(page, 'isolated')));
  await close();
  await server.stop();
});

for (const type of ['application/octet-stream', 'text/plain', 'application/wasm; charset=utf-8']) {
  test(`the module as ${type}: the same bytes are used, and asked for once; altered, they are refused all the same`, async () => {
    const path = FILES['the module'];
    const server = await host(site.folder, { headers: OPEN, change: (asked) => (asked === path ? { headers: { 'content-type': type } } : null) });
    const { page, close } = await visit(browser, server.origin, `<main>${tag()}</main>`);
    await heard(page, 'carepath-ready');
    assert.equal(server.asked.filter((each) => each === path).length, 1);
    await close();
    await server.stop();
    const change = (asked, bytes) => (asked === path ? { ...altered(bytes), headers: { 'content-type': type } } : null);
    await onlyTheList(change, ({ text, code, asked }) => {
      assert.equal(code, 'not-loaded');
      assert.equal(asked.filter((each) => each === path).length, 1);
      assertStates(text);
    });
  });
}

test('once the server is well again, Try again leads to the questions', async () => {
  let ill = true;
  const server = await host(site.folder, { headers: OPEN, change: (asked, bytes) => (ill && asked === FILES['the module'] ? altered(bytes) : null) });
  const { page, close } = await visit(browser, server.origin, `<main>${tag()}</main>`, { wait: false, expectErrors: true });
  await heard(page, 'carepath-error');
  ill = false;
  const frame = await inside(page, 'isolated');
  await frame.getByRole('button', { name: 'Try again' }).click();
  await heard(page, 'carepath-ready');
  await close();
  await server.stop();
});
