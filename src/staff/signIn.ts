import type { Locale } from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { type Html, html } from './html.ts';

/** Why the sign-in page is shown again. */
export type SignInProblem = 'wrongToken' | 'tooMany' | 'nobody';

/** The sign-in form; without any staff member it says how to add one. */
export function signInBody(say: Say, locale: Locale, next: string, problem: SignInProblem | undefined): Html {
  const t = (key: string) => say(locale, `staff:signIn.${key}`);
  if (problem === 'nobody')
    return html`<p>${t('nobody')}</p><pre><code>npm run staff add "An"</code></pre><p>${t('nobodyThen')}</p>`;
  return html`${problem && html`<p class="problem" role="alert">${t(problem)}</p>`}
<p>${t('intro')}</p>
<form class="sign-in" method="post" action="/staff/sign-in?lang=${locale}">
<input type="hidden" name="next" value="${next}">
<label for="token">${t('token')}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button class="primary">${t('submit')}</button>
</form>
<p class="soft"><a href="${next}">${t('already')}</a></p>
<p class="soft">${t('lost')}</p>`;
}
