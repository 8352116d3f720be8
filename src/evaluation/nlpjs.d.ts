/** The part of nlp.js that the baseline uses; the package brings no types. */
declare module '@nlpjs/basic' {
  interface Nlp {
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(locale: string, utterance: string): Promise<unknown>;
  }
  export function dockStart(settings: object): Promise<{ get(name: 'nlp'): Nlp }>;
}
