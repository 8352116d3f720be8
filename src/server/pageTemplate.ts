import { createHash } from 'node:crypto';

/** What the page needs to know before the first message: its texts in one language, the others, the ways out. */
export interface PageConfig {
  readonly locale: string;
  readonly locales: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Readonly<Record<string, string>>;
  /** Names of the topics by id. */
  readonly topics: Readonly<Record<string, string>>;
  readonly exitUrl: string;
  readonly human: { readonly value: string; readonly link: string };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** `**bold**` of a sentence in `locales/`. */
function withBold(text: string): string {
  return escapeHtml(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>');
}

/** Puts texts in the places that the built page holds open for them: `<!--title-->`. */
export function fill(template: string, locale: string, parts: Readonly<Record<string, string>>): string {
  return template
    .replace(/<html lang="[^"]*"/, () => `<html lang="${escapeHtml(locale)}"`)
    .replace(/<!--(\w+)-->/g, (place, name: string) => parts[name] ?? place);
}

/** What stands in a page itself, by the hashes with which its policy names it. */
export interface Inline {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

export function readInline(template: string): Inline {
  const hashesOf = (element: RegExp) =>
    [...template.matchAll(element)].map(
      ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
    );
  return {
    scripts: hashesOf(/<script>(.*?)<\/script>/gs),
    styles: hashesOf(/<style>(.*?)<\/style>/gs),
  };
}

/**
 * What is seen before the script has started, and where it never does: a human, the way out, the other languages.
 * It has the shape of the window's own header, so that nothing jumps.
 */
function skeleton({ locale, locales, texts, exitUrl, human }: PageConfig): string {
  const say = (key: string) => escapeHtml(texts[key] ?? '');
  const languages = locales.map(
    ({ id, name }) =>
      `<a href="?lang=${id}" lang="${id}" title="${escapeHtml(name)}"${id === locale ? ' aria-current="true"' : ''}>${id.toUpperCase()}</a>`,
  );
  return `<div class="window"><header><div class="row"><img class="logo" src="/logo.svg" alt="" width="32" height="32"><h1>${say('name')}</h1><a class="exit" href="${escapeHtml(exitUrl)}" rel="noreferrer">${say('exit')}</a></div><div class="row"><a class="human" href="${escapeHtml(human.link)}">${say('human')} ${escapeHtml(human.value)}</a><nav class="languages" aria-label="${say('language')}">${languages.join('')}</nav></div></header><main><noscript><p class="no-script">${withBold(texts.noScript ?? '')}</p></noscript></main></div>`;
}

/** The chat page in one language, with all that the script needs in it: no request more before the first word. */
export function renderChatPage(template: string, config: PageConfig): string {
  return fill(template, config.locale, {
    title: escapeHtml(config.texts.title ?? ''),
    skeleton: skeleton(config),
    // A data block is not run; what could end it is written in another way.
    settings: `<script type="application/json" id="settings">${JSON.stringify(config).replaceAll('<', '\\u003c')}</script>`,
  });
}

/** A plain website of somebody, with the launcher in it. */
export function renderDemoPage(template: string, { locale, locales, texts }: PageConfig): string {
  const say = (key: string) => escapeHtml(texts[key] ?? '');
  const line = (server: string) => `<script src="${server}/embed.js" data-lang="${locale}" async></script>`;
  const links = locales.map(
    ({ id, name }) => `<a href="/demo?lang=${id}" lang="${id}">${escapeHtml(name)}</a>`,
  );
  return fill(template, locale, {
    title: say('demo.title'),
    content: `<nav aria-label="${say('language')}">${links.join(' ')}</nav><h1>${say('demo.title')}</h1><p>${say('demo.text')}</p><p>${say('demo.howTo')}</p><pre>${escapeHtml(line('https://chat.example.org'))}</pre>`,
    launcher: line(''),
  });
}
