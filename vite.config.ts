import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';
import { readBrand, toStylesheet } from './src/brand/index.ts';

const ROOT = import.meta.dirname;
const TARGET = 'es2022';
const STYLES = 'virtual:brand.css';
/** Where the page takes the script that runs before all others. */
const EARLY = '<!--early-->';
/** Smaller files gain nothing by compression. */
const WORTH_COMPRESSING = 600;

const { brand, logo } = readBrand(resolve(process.env.BRAND_DIR ?? join(ROOT, 'brand')));

/** What the launcher says, which it must know before it asks the server for anything. */
function launcherWords(): Record<string, readonly [string, string]> {
  const locales = join(ROOT, 'locales');
  return Object.fromEntries(
    readdirSync(locales).flatMap((locale) => {
      const texts = JSON.parse(readFileSync(join(locales, locale, 'window.json'), 'utf8'));
      return [[locale, [texts.launcher, texts.close]]];
    }),
  );
}

/** Puts the brand into the page: its colours, name and logo. */
export function brandPlugin(): Plugin {
  return {
    name: 'brand',
    resolveId: (id) => (id === STYLES ? `\0${STYLES}` : undefined),
    load: (id) => (id === `\0${STYLES}` ? toStylesheet(brand) : undefined),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'logo.svg', source: logo });
      this.emitFile({
        type: 'asset',
        fileName: 'brand.json',
        source: JSON.stringify({ name: brand.name }),
      });
    },
  };
}

/** The launcher runs on pages of others: nothing of it may become a global of theirs. */
function sealLauncher(): Plugin {
  return {
    name: 'seal-launcher',
    generateBundle(_options, bundle) {
      const launcher = bundle['embed.js'];
      if (launcher?.type === 'chunk') launcher.code = `(()=>{${launcher.code.trim()}})();\n`;
    },
  };
}

/** `early.ts`, built apart: built together, it would share a file with the window, and nothing would be early any more. */
async function buildEarly(): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: TARGET,
      rolldownOptions: { input: join(ROOT, 'src/web/early.ts'), output: { format: 'iife' } },
    },
  });
  const [bundle] = [result].flat();
  if (!bundle || !('output' in bundle)) throw new Error('src/web/early.ts was not built.');
  return bundle.output[0].code.trim();
}

/**
 * Puts into the chat page what must not wait for one more file: the request for the conversation, and the styles, so that
 * the ways out, which the server draws, are seen as soon as the page is there.
 */
function inlineFirst(): Plugin {
  return {
    name: 'inline-first',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        if (!html.includes(EARLY)) return html;
        const early = await buildEarly();
        return html
          .replace(EARLY, () => `<script>${early}</script>`)
          .replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (link, file: string) => {
            const styles = bundle[file];
            if (styles?.type !== 'asset') return link;
            delete bundle[file];
            return `<style>${String(styles.source).trim()}</style>`;
          });
      },
    },
  };
}

/** Compressed once, at the build, so that the server need not do it for every visitor. */
function compress(): Plugin {
  return {
    name: 'compress',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const bytes = readFileSync(join(dir, name));
        if (bytes.length < WORTH_COMPRESSING) continue;
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [brandPlugin(), sealLauncher(), inlineFirst(), compress()],
  define: {
    __LAUNCHER__: JSON.stringify({
      words: launcherWords(),
      position: brand.position,
      colours: { accent: brand.light.accent, text: brand.light['accent-text'], surface: brand.light.surface },
      line: brand.light.line,
    }),
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: TARGET,
    modulePreload: false,
    rolldownOptions: {
      input: { index: 'src/web/index.html', demo: 'src/web/demo.html', embed: 'src/web/embed.ts' },
      output: {
        // Other websites name the launcher in their pages, so its address never changes.
        entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  logLevel: 'warn',
});
