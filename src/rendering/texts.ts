import { createInstance, type i18n } from 'i18next';
import type { Knowledge, Locale } from '../knowledge/index.ts';

/** Finds a sentence of `locales/`: `say('nl', 'conversation:welcome', { minutes: 30 })`. */
export type Say = (locale: Locale, key: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Prepares the sentences of every locale. A sentence missing in one locale is taken from the default one.
 */
export function createSay(knowledge: Pick<Knowledge, 'locales' | 'texts'>): Say {
  const translator: i18n = createInstance();
  translator.init({
    initAsync: false,
    resources: knowledge.texts as never,
    fallbackLng: knowledge.locales[0] ?? false,
    defaultNS: 'conversation',
    nsSeparator: ':',
    interpolation: { escapeValue: false },
    returnNull: false,
    // References to figures and contacts are no values: they are filled in afterwards.
    missingInterpolationHandler: (_text, [reference]: RegExpExecArray) => reference,
  });
  return (locale, key, values) => translator.t(key, { lng: locale, ...values });
}
