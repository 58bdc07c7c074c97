// A site as an agency puts it on its server, and servers of our own to put it on: each on a port of its own, so
// that one is a stranger to the other, as a resource center's website is to the agency's.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { PROGRAM, ROOT, RULES, serve } from './product.mjs';

export const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** What `carepath build` leaves of these states; ends with `remove`. */
export async function site(states = ['AR', 'MA'], rules = RULES) {
  const folder = mkdtempSync(join(tmpdir(), 'carepath-site-'));
  const builds = spawnSync(PROGRAM, ['build', '--help']).status === 0;
  if (builds) execFileSync(PROGRAM, ['build', '--rules', rules, '--state', states.join(','), '-o', folder]);
  else await assemble(folder, states, rules);
  const [index] = readdirSync(join(folder, 'rules')).filter((name) => name.startsWith('index-'));
  const { states: entries } = JSON.parse(readFileSync(join(folder, 'rules', index)));
  const [wasm] = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.wasm'));
  return {
    folder,
    /** The files that tests spoil, by what they are. */
    files: { index: `rules/${index}`, wasm: `assets/${wasm}`, bundle: (state) => `rules/${entries.find((each) => each.state === state).bundle}` },
    about: (state) => entries.find((each) => each.state === state),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The same by hand, for a program that cannot build yet: the interface between the pages and the program, in short. */
async function assemble(folder, states, rules) {
  cpSync(join(ROOT, 'www/dist'), folder, { recursive: true });
  for (const name of ['rules', 'programs']) mkdirSync(join(folder, name));
  const server = await serve(rules);
  const index = await (await fetch(new URL('rules/index.json', server.address))).json();
  await server.stop();
  index.states = index.states.filter(({ state }) => states.includes(state));
  for (const entry of index.states) {
    const { file } = JSON.parse(execFileSync(PROGRAM, ['publish', '--rules', rules, '--state', entry.state, '-o', join(folder, 'rules'), '--format', 'json']));
    entry.bundle = basename(file);
    entry.integrity = integrityOf(readFileSync(file));
    entry.list = `programs/${entry.state.toLowerCase()}.html`;
    writeFileSync(join(folder, entry.list), `<!doctype html><title>${entry.name.en}</title>`);
  }
  /** Writes a file under the name of its own bytes; returns the name. */
  const named = (name, text) => {
    const [stem, end] = [name.slice(0, -extname(name).length), extname(name)];
    const path = `${stem}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}${end}`;
    writeFileSync(join(folder, path), text);
    return path;
  };
  const text = JSON.stringify(index);
  const pages = { index: named('rules/index.json', text), index_integrity: integrityOf(text) };
  const filled = (file, said) => {
    const html = said.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return readFileSync(join(folder, file), 'utf8')
      .replace('<meta name="carepath-site" content="" />', `<meta name="carepath-site" content="${html}" />`)
      .replace(/["'`]__CAREPATH_SITE__["'`]/, () => JSON.stringify(said));
  };
  const frame = named('frame.html', filled('frame.html', JSON.stringify(pages)));
  const loader = filled('carepath.js', JSON.stringify({ ...pages, frame }));
  const said = { ...pages, frame, loader: named('carepath.js', loader), loader_integrity: integrityOf(loader) };
  writeFileSync(join(folder, 'carepath.js'), loader);
  for (const page of ['index.html', 'configure.html', 'frame.html']) writeFileSync(join(folder, page), filled(page, JSON.stringify(said)));
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/**
 * A server of a folder, or of pages by path, on 127.0.0.1. `change` may answer otherwise: it gets the path and the
 * bytes, and returns `{ status, headers, body }` or null. Every path asked for is in `asked`.
 */
export async function host(folderOrPages, { headers = {}, change = () => null } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://here').pathname.slice(1) || 'index.html';
    asked.push(path);
    let body = null;
    try {
      body = typeof folderOrPages === 'string' ? readFileSync(join(folderOrPages, path)) : (folderOrPages[path] ?? null);
    } catch {}
    const answer = { status: body === null ? 404 : 200, body: body ?? '', ...change(path, body) };
    response.writeHead(answer.status, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...headers, ...answer.headers });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    asked,
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What an agency's server says beside the files, so that inline mode works on other websites. */
export const OPEN = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' };
