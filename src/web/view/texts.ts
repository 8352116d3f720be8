/** Sentences of the window in one language: `locales/<locale>/window.json`. */
export type Texts = Readonly<
  Record<
    | 'title'
    | 'language'
    | 'human'
    | 'exit'
    | 'exitNote'
    | 'clear'
    | 'cleared'
    | 'placeholder'
    | 'send'
    | 'typing'
    | 'me'
    | 'bot'
    | 'offline'
    | 'connecting'
    | 'ended'
    | 'again'
    | 'failed'
    | 'resend'
    | 'sources'
    | 'asTable'
    | 'helpful'
    | 'yes'
    | 'no'
    | 'thanks'
    | 'readAloud'
    | 'conversation'
    | 'quickReplies'
    | 'noFiles',
    string
  >
>;

/** What the server tells the page before it starts. */
export interface Settings {
  readonly locale: string;
  readonly locales: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Texts;
  readonly exitUrl: string;
  readonly human: { readonly value: string; readonly link: string };
}
