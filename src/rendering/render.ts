import type { QuickReply, Reply, ReplyPart } from '../conversation/index.ts';
import {
  type Answer,
  type AnswerId,
  type Contact,
  type ContactId,
  contactIn,
  fillReferences,
  formatNumber,
  type Knowledge,
  type Locale,
  type PerLocale,
  type SourceId,
  sourcesOfFigures,
} from '../knowledge/index.ts';
import { figureText, sharesChart, sourcesShown, yearsChart } from './figures.ts';
import { toPlain } from './markdown.ts';
import type { Say } from './texts.ts';
import type { Button, Chart, ContactCard, Message, SourceNote } from './types.ts';

/** Turns a reply into words. */
export type Render = (reply: Reply) => Message;

/** Buttons that lead elsewhere: to answers and dialogs. */
const MAX_WAYS = 4;
const MAX_CONTACTS = 3;

/** Values that sentences of `locales/` may use without being given them: the numbers people must always find. */
export function commonValues(knowledge: Knowledge, locale: Locale): Readonly<Record<string, string>> {
  const shown = (id: ContactId) =>
    (knowledge.contacts[id]?.values[locale] ?? firstOf(knowledge.contacts[id]?.values) ?? '').replaceAll(
      ' ',
      '\u00a0',
    );
  return {
    human: shown('child-focus'),
    police: shown('police'),
    emergency: shown('emergency'),
    reporting: shown('reporting'),
    safeWord: knowledge.lexicons[locale]?.commands['safe-word']?.[0]?.toUpperCase() ?? 'STOP',
  };
}

function firstOf<T>(values: Readonly<Record<string, T>> | undefined): T | undefined {
  return Object.values(values ?? {})[0];
}

export function createRender(knowledge: Knowledge, say: Say): Render {
  return (reply) => new Rendering(reply, knowledge, say).message();
}

/** One reply being put into words. */
class Rendering {
  readonly #reply: Reply;
  readonly #locale: Locale;
  readonly #knowledge: Knowledge;
  readonly #say: Say;

  constructor(reply: Reply, knowledge: Knowledge, say: Say) {
    this.#reply = reply;
    this.#locale = reply.locale;
    this.#knowledge = knowledge;
    this.#say = say;
  }

  message(): Message {
    const { parts, answer, choices, dialog } = this.#reply;
    const text = parts
      .map((part) => this.#text(part))
      .filter((one) => one !== '')
      .join('\n\n');
    return {
      locale: this.#locale,
      text,
      plain: toPlain(text),
      buttons: this.#buttons(this.#reply.quickReplies),
      contacts: this.#contacts(),
      sources: this.#sources(),
      charts: this.#charts(),
      answer: answer && { ...answer, locale: this.#answersGiven()[0]?.locale ?? this.#locale },
      choices,
      ...(dialog && { dialog }),
    };
  }

  /** The answer in this locale, else in the one the person chose instead, else in the first one that has it. */
  #answer(id: AnswerId): Answer | undefined {
    const answers = this.#knowledge.answers[id];
    if (!answers) return undefined;
    const order = [this.#locale, this.#reply.fallbackLocale ?? '', ...this.#knowledge.locales];
    return order.map((locale) => answers[locale]).find((one) => one !== undefined);
  }

  #sentence(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const locale = this.#hasSentence(key) ? this.#locale : (this.#reply.fallbackLocale ?? this.#locale);
    return this.#say(locale, key, { ...commonValues(this.#knowledge, this.#locale), ...values });
  }

  #hasSentence(key: string): boolean {
    let found: unknown = this.#knowledge.texts[this.#locale];
    for (const part of key.split(/[:.]/))
      found = (found as Readonly<Record<string, unknown>> | undefined)?.[part];
    return found !== undefined;
  }

  #text(part: ReplyPart): string {
    switch (part.kind) {
      case 'answer': {
        const answer = this.#answer(part.id);
        if (!answer) return '';
        const body = fillReferences(answer.body, answer.locale, this.#knowledge);
        return answer.locale === this.#locale
          ? body
          : `${this.#sentence('conversation:otherLanguage')}\n\n${body}`;
      }
      case 'figure': {
        const series = this.#knowledge.series[part.series];
        return series ? figureText(series, part, this.#locale, this.#knowledge, this.#say) : '';
      }
      case 'text':
        return this.#cited(part);
      case 'contacts':
        return '';
    }
  }

  /** A sentence with the figures and contacts it refers to, and where they come from. */
  #cited({ key, values, sources }: Extract<ReplyPart, { kind: 'text' }>): string {
    const sentence = this.#sentence(key, values);
    const filled = fillReferences(sentence, this.#locale, this.#knowledge);
    if (sources === undefined) return filled;
    const named = [...new Set([...sourcesOfFigures(sentence, this.#knowledge), ...sources])]
      .flatMap((id) => this.#knowledge.sources[id] ?? [])
      .map(({ publisher, date }) => `${publisher}, ${date}`);
    if (named.length === 0) return filled;
    return `${filled}\n\n${this.#sentence('conversation:sourceLine', { source: named.join('; ') })}`;
  }

  /** Ways on are limited to a few; what a question lets people choose is shown whole. */
  #buttons(quickReplies: readonly QuickReply[]): Button[] {
    let ways = 0;
    const shown = quickReplies.filter(
      ({ kind }) => !(kind === 'answer' || kind === 'dialog') || ++ways <= MAX_WAYS,
    );
    const titles = shown.map((quickReply) => this.#label(quickReply)).filter((title) => title !== '');
    return [...new Set(titles)].map((title) => ({ title, value: title }));
  }

  #label(quickReply: QuickReply): string {
    switch (quickReply.kind) {
      case 'answer':
        return this.#answer(quickReply.id)?.title ?? '';
      case 'language':
        return this.#say(quickReply.locale, 'conversation:languageName');
      case 'text':
        return this.#sentence(quickReply.key);
      case 'number':
        return formatNumber(quickReply.value, this.#locale);
      case 'dialog': {
        const dialog = this.#knowledge.dialogs[quickReply.id];
        return dialog?.sentences[this.#locale]?.[0] ?? '';
      }
      case 'choice':
        return this.#sentence(`dialogs/${quickReply.dialog}:choices.${quickReply.choice}.title`);
    }
  }

  #answersGiven(): Answer[] {
    const ids = this.#reply.parts.flatMap((part) => (part.kind === 'answer' ? [part.id] : []));
    if (ids.length === 0 && this.#reply.parts.some((part) => part.kind === 'figure') && this.#reply.answer) {
      ids.push(this.#reply.answer.id);
    }
    return ids.flatMap((id) => this.#answer(id) ?? []);
  }

  #contacts(): ContactCard[] {
    const ids = [
      ...this.#reply.parts.flatMap((part) => (part.kind === 'contacts' ? part.ids : [])),
      ...this.#answersGiven().flatMap(({ contacts }) => contacts),
    ];
    return [...new Set(ids)]
      .slice(0, MAX_CONTACTS)
      .flatMap((id) => this.#card(this.#knowledge.contacts[id]) ?? []);
  }

  #card(contact: Contact | undefined): ContactCard | undefined {
    const found = contact && contactIn(contact, this.#locale, this.#knowledge);
    if (!found) return undefined;
    const words = (texts: PerLocale<string>) =>
      texts[this.#locale] ?? texts[this.#reply.fallbackLocale ?? ''] ?? texts[found.locale];
    return {
      id: contact.id,
      kind: contact.kind,
      name: words(contact.names) ?? contact.id,
      value: found.value,
      link: found.link,
      note: words(contact.notes) ?? '',
    };
  }

  /** Sources of what was said: of the figures where figures were asked, else of the answer. */
  #sources(): SourceNote[] {
    const figures = this.#reply.parts.flatMap((part): readonly SourceId[] => {
      if (part.kind !== 'figure') return [];
      const series = this.#knowledge.series[part.series];
      return series ? sourcesShown(series, part) : [];
    });
    const ids = figures.length > 0 ? figures : this.#answersGiven().flatMap(({ sources }) => sources);
    return [...new Set(ids)].flatMap((id) => this.#knowledge.sources[id] ?? []);
  }

  #charts(): Chart[] {
    const ids = new Set(this.#answersGiven().flatMap(({ figures }) => figures));
    const several = ids.size > 1;
    return [...ids].flatMap((id): Chart[] => {
      const series = this.#knowledge.series[id];
      if (!series || series.values.length < 2) return [];
      const shares = several ? undefined : sharesChart(series, this.#locale, this.#knowledge, this.#say);
      return [yearsChart(series, this.#locale, this.#knowledge, this.#say), ...(shares ? [shares] : [])];
    });
  }
}
