// A site as an agency puts it on its server, and servers of our own to put it on: each on a port of its own, so
// that one is a stranger to the other, as a resource center's website is to the agency's.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { PROGRAM, RULES } from './product.mjs';

export const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** What `carepath build` leaves of these states; ends with `remove`. */
export async function site(states = ['AR', 'MA'], rules = RULES) {
  const folder = mkdtempSync(join(tmpdir(), 'carepath-site-'));
  execFileSync(PROGRAM, ['build', '--rules', rules, '--state', states.join(','), '-o', folder]);
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

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/**
 * A server of a folder, or of pages by path, on 127.0.0.1. `change` may answer otherwise: it gets the path and the
 * bytes, and returns `{ status, headers, body }` or null, at once or later. Every path asked for is in `asked`.
 */
export async function host(folderOrPages, { headers = {}, change = () => null } = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://here').pathname.slice(1) || 'index.html';
    asked.push(path);
    let body = null;
    try {
      body = typeof folderOrPages === 'string' ? readFileSync(join(folderOrPages, path)) : (folderOrPages[path] ?? null);
    } catch {}
    const answer = { status: body === null ? 404 : 200, body: body ?? '', ...(await change(path, body)) };
    response.writeHead(answer.status, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...headers, ...answer.headers });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // a test that fails does not stop it, and must not keep the others waiting
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
