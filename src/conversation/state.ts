import type { AnswerId, Knowledge, Locale } from '../knowledge/index.ts';
import { aspectOf, type Role, topicOf } from '../understanding/index.ts';
import { MEMORY_TURNS } from './followUp.ts';
import type { ConversationState } from './types.ts';

/** A conversation in which nothing was said yet. */
export function newConversation(locale: Locale): ConversationState {
  return { version: 1, locale, idle: 0, misses: 0, choices: [] };
}

/** Forgets what was only meant for the next turn, and the subject after some turns without it. */
export function nextTurn(state: ConversationState, locale: Locale): ConversationState {
  const {
    choices: _offered,
    untranslated: _asked,
    lastAnswer: _given,
    topic,
    aspect,
    year,
    role,
    ...rest
  } = state;
  // What a dialog asks is no change of subject.
  const guided = state.dialog !== undefined && state.dialog.paused === undefined;
  const idle = guided ? state.idle : state.idle + 1;
  const kept = idle <= MEMORY_TURNS ? { topic, aspect, year, role } : {};
  const memory = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...rest, ...memory, locale, idle, choices: [] };
}

/** Remembers an answer given. An answer outside the topics leaves them in memory: "where can I report that?" */
export function rememberAnswer(
  state: ConversationState,
  id: AnswerId,
  isTopic: boolean,
  details: { readonly year?: number; readonly role?: Role },
): ConversationState {
  const given = { ...state, misses: 0, lastAnswer: id };
  if (!isTopic) return given;
  const { year: _year, role: _role, ...rest } = given;
  const year = details.year ?? (state.topic === topicOf(id) ? state.year : undefined);
  const role = details.role ?? state.role;
  return {
    ...rest,
    topic: topicOf(id),
    aspect: aspectOf(id),
    idle: 0,
    ...(year !== undefined && { year }),
    ...(role !== undefined && { role }),
  };
}

/** After the safe word: everything but the languages is forgotten. */
export function forget({ locale, fallbackLocale }: ConversationState): ConversationState {
  return { ...newConversation(locale), ...(fallbackLocale !== undefined && { fallbackLocale }) };
}

/** The files may change while people talk: what no longer exists is forgotten, the rest of the conversation goes on. */
export function withoutUnknown(state: ConversationState, knowledge: Knowledge): ConversationState {
  const { topic, aspect, lastAnswer, fallbackLocale, untranslated, ...rest } = state;
  const known = (id: AnswerId) => Object.hasOwn(knowledge.answers, id);
  return {
    ...rest,
    ...(topic !== undefined &&
      Object.hasOwn(knowledge.topics, topic) && { topic, ...(aspect && { aspect }) }),
    ...(lastAnswer !== undefined && known(lastAnswer) && { lastAnswer }),
    ...(untranslated !== undefined && known(untranslated) && { untranslated }),
    ...(fallbackLocale !== undefined && knowledge.locales.includes(fallbackLocale) && { fallbackLocale }),
    locale: knowledge.locales.includes(state.locale) ? state.locale : (knowledge.locales[0] ?? state.locale),
    choices: state.choices.filter(known),
  };
}
