// A static host as small as can be: the files of a folder, compressed once by brotli and with an ETag, as a real host would
// hand them out.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, relative, sep } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { filesIn } from '../browser/product.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the folder on a port of its own. `sizes` tells what each file is, as stored and as sent. */
export async function hostFolder(folder) {
  const files = new Map();
  for (const path of filesIn(folder)) {
    const raw = readFileSync(path);
    const body = brotliCompressSync(raw); // quality 11
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const etag = `"${createHash('sha256').update(raw).digest('hex').slice(0, 16)}"`;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { raw: raw.length, body, type, etag });
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const file = files.get(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!file) return response.writeHead(404).end();
    if (request.headers['if-none-match'] === file.etag) return response.writeHead(304, { etag: file.etag }).end();
    response.writeHead(200, { etag: file.etag, 'content-type': file.type, 'content-encoding': 'br', 'content-length': file.body.length, vary: 'accept-encoding' });
    return response.end(file.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    sizes: new Map([...files].map(([path, { raw, body }]) => [path, { raw, brotli: body.length }])),
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
