/** Sentences of the window in one language: `locales/<locale>/window.json`, with the values filled in. */
export type Texts = Readonly<
  Record<
    | 'title'
    | 'name'
    | 'language'
    | 'human'
    | 'free'
    | 'exit'
    | 'exitNote'
    | 'clear'
    | 'cleared'
    | 'clearedHere'
    | 'close'
    | 'placeholder'
    | 'send'
    | 'tooLong'
    | 'typing'
    | 'me'
    | 'bot'
    | 'offline'
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
    | 'stopReading'
    | 'call'
    | 'newTab'
    | 'conversation'
    | 'quickReplies'
    | 'noFiles',
    string
  >
>;

/** What the server puts into the page. */
export interface Settings {
  readonly locale: string;
  readonly locales: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Texts;
  /** Names of the topics by id, for links that lead to one. */
  readonly topics: Readonly<Record<string, string>>;
  readonly exitUrl: string;
  readonly human: { readonly value: string; readonly link: string };
}
