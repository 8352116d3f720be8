/**
 * Stands in the page itself, by its hash in the policy: asks for a conversation while the code of the window is still on
 * its way. A tab that has one already comes back to it instead.
 */
import { tabSessions } from './client/session.ts';
import { ask, CONVERSATIONS } from './client/transport.ts';

declare global {
  interface Window {
    /** The answer that the code of the window will find. */
    conversation?: Promise<Response>;
  }
}

if (!tabSessions.load()) {
  const asked = ask('POST', CONVERSATIONS, { body: { locale: document.documentElement.lang } });
  // The window says so when it finds that this failed, and asks again.
  asked.catch(() => undefined);
  window.conversation = asked;
}
