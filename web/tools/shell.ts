import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

// Writes the service worker with the list of this build's files, so that the shell opens offline.
export function shell(): Plugin {
  return {
    name: 'carillon-shell',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== 'index.html' && !name.endsWith('.map'));
      const shelf = ['/', '/favicon.svg', '/manifest.webmanifest', ...files.sort().map((name) => `/${name}`)];
      const page = bundle['index.html'];
      const version = createHash('sha256')
        .update(shelf.join('\n'))
        .update(page?.type === 'asset' ? page.source : '')
        .digest('hex')
        .slice(0, 12);
      const source = readFileSync(new URL('./worker.js', import.meta.url), 'utf8')
        .replace('__VERSION__', JSON.stringify(version))
        .replace('__SHELF__', JSON.stringify(shelf));
      this.emitFile({ type: 'asset', fileName: 'worker.js', source });
    },
  };
}
