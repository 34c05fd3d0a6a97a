// Says what a first visit downloads, and fails when the script is over its budget.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 300 * 1024;
const dist = new URL('../dist/', import.meta.url);
const zipped = (path) => gzipSync(readFileSync(new URL(path.replace(/^\//, ''), dist)), { level: 9 }).length;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

const page = readFileSync(new URL('index.html', dist), 'utf8');
const first = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(js|css))"/g)].map(([, path, kind]) => ({ path, kind, size: zipped(path) }));
for (const { path, size } of first) console.log(`${kib(size).padStart(10)}  ${path}`);

const script = first.filter(({ kind }) => kind === 'js').reduce((sum, { size }) => sum + size, 0);
const lazy = readdirSync(new URL('assets/', dist)).filter((name) => name.endsWith('.js') && !page.includes(name));
const later = lazy.reduce((sum, name) => sum + zipped(`assets/${name}`), 0);
console.log(`${kib(script).padStart(10)}  initial script, of ${kib(budget)}`);
console.log(`${kib(later).padStart(10)}  in ${lazy.length} scripts that load when needed`);
if (script === 0 || script > budget) {
  console.error(script === 0 ? 'No script found: build first.' : 'The initial script is over its budget.');
  process.exit(1);
}
