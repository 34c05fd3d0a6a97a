import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { shell } from './tools/shell';

export default defineConfig({
  plugins: [react(), shell()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1024,
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    css: true, // the tokens are read by a test
    restoreMocks: true,
  },
});
