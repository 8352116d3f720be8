/** The parts of nlp.js that the baseline uses; the packages bring no types. */
interface NlpContainer {
  use(plugin: unknown): void;
}
declare module '@nlpjs/core-loader' {
  export function containerBootstrap(settings: object): Promise<NlpContainer>;
}
declare module '@nlpjs/nlp' {
  export class Nlp {
    constructor(settings: { container: NlpContainer; autoSave: boolean; log: boolean });
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(utterance: string): Promise<{ readonly intent: string }>;
  }
}
declare module '@nlpjs/language' {
  export const Language: unknown;
}
declare module '@nlpjs/lang-nl' {
  export const LangNl: unknown;
}
declare module '@nlpjs/lang-fr' {
  export const LangFr: unknown;
}
declare module '@nlpjs/lang-en' {
  export const LangEn: unknown;
}
