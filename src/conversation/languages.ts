import {
  type Answer,
  type AnswerId,
  FALLBACK,
  type Knowledge,
  type Locale,
  type PerLocale,
} from '../knowledge/index.ts';
import { topicOf, type Understanding } from '../understanding/index.ts';
import type { ConversationState } from './types.ts';

/** Languages of the bot that have an answer, in its own order. */
function localesOf(answers: PerLocale<Answer>, { locales }: Pick<Knowledge, 'locales'>): readonly Locale[] {
  return locales.filter((locale) => Object.hasOwn(answers, locale));
}

/**
 * The languages to choose from for an answer that the language of the conversation does not have.
 *
 * @returns empty where there is nothing to ask: the answer exists, the person chose before, only one language has it,
 *   or it must not wait for a choice (safety, and the reply that nothing fits)
 */
export function languagesToOffer(
  id: AnswerId,
  { locale, fallbackLocale }: ConversationState,
  knowledge: Knowledge,
): readonly Locale[] {
  const answers = knowledge.answers[id] ?? {};
  if (Object.hasOwn(answers, locale) || topicOf(id) === 'safety' || id === FALLBACK) return [];
  if (fallbackLocale !== undefined && Object.hasOwn(answers, fallbackLocale)) return [];
  const offered = localesOf(answers, knowledge);
  return offered.length > 1 ? offered : [];
}

/** The person chose the language of the answer that was offered: the turn is about that answer. */
export function languageChosen(
  state: ConversationState,
  fallbackLocale: Locale,
): { readonly state: ConversationState; readonly understanding: Understanding } | undefined {
  const { untranslated, locale } = state;
  if (untranslated === undefined) return undefined;
  return {
    state: { ...state, fallbackLocale },
    understanding: {
      locale,
      locales: { [locale]: 1 },
      candidates: [{ id: untranslated, score: 1 }],
      elliptical: false,
      holdsLink: false,
      entities: { years: [], comparison: false, groups: [] },
    },
  };
}
