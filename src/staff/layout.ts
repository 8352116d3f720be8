import type { Locale } from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { type Html, html } from './html.ts';

/** An entry of the navigation: a room adds its own with `staff.addPage`. */
export interface NavEntry {
  readonly path: string;
  /** Keys of `locales/`: the name, and one sentence that says what the page is for. */
  readonly label: string;
  readonly about: string;
}

export interface PageContent {
  readonly title: string;
  readonly locale: Locale;
  readonly body: Html;
  /** Path of the page shown, marked in the navigation. */
  readonly at: string;
  /** More style sheets and module scripts, as paths of this server. Pages must work without scripts. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
}

export interface PageFrame {
  readonly say: Say;
  readonly locales: readonly Locale[];
  readonly nav: readonly NavEntry[];
  /** Name of the staff member; absent on the sign-in page. */
  readonly name?: string;
  /** Address of this page with its filters: where to come back to after changing the language. */
  readonly here?: string;
}

function navigation({ say, nav }: PageFrame, { locale, at }: PageContent): Html {
  return html`<nav aria-label="${say(locale, 'staff:navigation')}"><ul>${nav.map(
    ({ path, label }) =>
      html`<li><a class="nav-link" href="${path}"${path === at && html` aria-current="page"`}>${say(locale, label)}</a></li>`,
  )}</ul></nav>`;
}

function languages({ say, locales, name, here }: PageFrame, { locale, at }: PageContent): Html {
  const others = locales.map((one) => {
    const label = say(one, 'conversation:languageName');
    const current = one === locale && html` aria-current="true"`;
    return name === undefined
      ? html`<a class="language" href="?lang=${one}" lang="${one}"${current}>${label}</a>`
      : html`<button class="language" name="locale" value="${one}" lang="${one}"${current}>${label}</button>`;
  });
  return name === undefined
    ? html`<div class="languages">${others}</div>`
    : html`<form class="languages" method="post" action="/staff/language"><input type="hidden" name="next" value="${here ?? at}">${others}</form>`;
}

function account({ say, name }: PageFrame, { locale }: PageContent): Html | undefined {
  if (name === undefined) return undefined;
  return html`<form class="account" method="post" action="/staff/sign-out"><span>${name}</span><button>${say(locale, 'staff:signOut')}</button></form>`;
}

/** A whole page: title, navigation, language, sign out, body. Works without scripts; holds none of its own. */
export function layout(frame: PageFrame, content: PageContent): string {
  const { locale, title, body, styles = [], scripts = [] } = content;
  const { say } = frame;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – ${say(locale, 'staff:product')}</title>
<link rel="icon" href="/logo.svg">
<link rel="stylesheet" href="/staff/staff.css">
${styles.map((path) => html`<link rel="stylesheet" href="${path}">`)}
${scripts.map((path) => html`<script type="module" src="${path}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${say(locale, 'staff:skip')}</a>
<header class="top">
<a class="product" href="/staff">${say(locale, 'staff:product')}</a>
${frame.name !== undefined && navigation(frame, content)}
<div class="tools">${languages(frame, content)}${account(frame, content)}</div>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
</body>
</html>`.markup;
}
