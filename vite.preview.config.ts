import { defineConfig } from 'vite';
import { brandPlugin } from './vite.config.ts';

/**
 * The staff's preview, drawn by the components of the window. Built apart and after it: built together, both would share
 * a file, and visitors would wait for one more request.
 */
export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [brandPlugin()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: { preview: 'src/web/preview.html' } },
  },
  logLevel: 'warn',
});
