import type { Knowledge, Locale } from '../knowledge/index.ts';
import {
  answerSchema,
  contactsSchema,
  seriesSchema,
  sourcesSchema,
  topicsSchema,
} from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { KINDS, type Kind } from './entries.ts';
import {
  type FormContext,
  fieldsOf,
  fileShape,
  type JsonSchema,
  type Option,
  type Widget,
} from './widgets.ts';

/** Where the forms' entries are, seen from the CMS: one JSON document an entry, made by the server. */
export const ENTRIES = 'entries';

interface Collection {
  readonly name: Kind;
  readonly fields: readonly Widget[];
  readonly [option: string]: unknown;
}

export interface CmsConfig {
  readonly collections: readonly Collection[];
  readonly [option: string]: unknown;
}

/** How a text takes a number or an address from the data; shown in hints. */
const EXAMPLES = { figure: '{{figure grooming-files 2018}}', contact: '{{contact child-focus}}' };

/** Which entries a field names, by the field's name. */
const REFERS_TO: Readonly<Record<string, Kind>> = {
  quickReplies: 'answers',
  contacts: 'contacts',
  figures: 'figures',
  series: 'figures',
  source: 'sources',
  sources: 'sources',
  topic: 'topics',
};

/** What may be written for one entry of each kind: the same schemas that check the files. */
export function entryShapes(): Readonly<Record<Kind, JsonSchema>> {
  const topics = fileShape(topicsSchema).properties ?? {};
  return {
    answers: fileShape(answerSchema),
    figures: fileShape(seriesSchema),
    contacts: entryOf(fileShape(contactsSchema)),
    sources: entryOf(fileShape(sourcesSchema)),
    topics: entryOf(topics.topics ?? {}),
    aspects: entryOf(topics.aspects ?? {}),
  };
}

function entryOf({ additionalProperties }: JsonSchema): JsonSchema {
  if (typeof additionalProperties === 'object') return additionalProperties;
  throw new Error('This schema does not hold entries by name.');
}

/** Forms of the editor in the language of a staff member, with the names that exist at this moment to choose from. */
export function createCmsConfig(knowledge: Knowledge, say: Say, locale: Locale, today: string): CmsConfig {
  const context = formContext(knowledge, say, locale);
  const text = (key: string) => say(locale, `editor:${key}`);
  const shapes = entryShapes();
  return {
    locale,
    backend: { name: 'proxy', proxy_url: '/admin/entries', branch: 'main' },
    load_config_file: false,
    // Texts only: the bot shows no pictures, so the media library has nothing to offer.
    media_folder: 'none',
    site_url: '/staff',
    display_url: '/staff',
    show_preview_links: false,
    logo: { src: '/logo.svg', show_in_header: false },
    search: true,
    slug: { encoding: 'ascii', clean_accents: true },
    editor: { preview: false },
    collections: KINDS.map((kind) => ({
      name: kind,
      label: text(`kinds.${kind}.many`),
      label_singular: text(`kinds.${kind}.one`),
      description: text(`kinds.${kind}.about`),
      folder: `${ENTRIES}/${kind}`,
      extension: 'json',
      format: 'json',
      create: true,
      slug: '{{id}}',
      identifier_field: 'id',
      summary: summaryOf(kind, locale),
      sortable_fields: ['id'],
      ...(kind === 'answers' && {
        view_groups: [{ label: text('kinds.topics.one'), field: 'id', pattern: '^[a-z-]+' }],
      }),
      fields: [
        {
          name: 'id',
          label: text('id.label'),
          hint: text(`id.${kind === 'answers' ? 'answerHint' : 'hint'}`),
          widget: 'string',
          pattern: [kind === 'answers' ? '^[a-z0-9-]+(\\.[a-z0-9-]+)?$' : '^[a-z0-9-]+$', text('id.wrong')],
        },
        { name: 'version', label: 'version', widget: 'hidden', required: false },
        ...(kind === 'answers'
          ? languageColumns(shapes.answers, context, today)
          : dated(fieldsOf(shapes[kind], context), today)),
      ],
    })),
  };
}

function summaryOf(kind: Kind, locale: Locale): string {
  switch (kind) {
    case 'answers':
      return `{{${locale}.title}} ({{id}})`;
    case 'sources':
      return '{{publisher}}, {{date}}: {{title}}';
    default:
      return `{{names.${locale}}} ({{id}})`;
  }
}

/** A column for each language: the text first, then what leads to it and what goes with it. */
function languageColumns(shape: JsonSchema, context: FormContext, today: string): Widget[] {
  const body: JsonSchema = { type: 'string' };
  const { title, ...others } = shape.properties ?? {};
  const whole = { ...shape, required: [], properties: { ...(title && { title }), body, ...others } };
  return context.locales.map((locale) => ({
    name: locale,
    label: context.languageName(locale),
    widget: 'object',
    required: false,
    fields: dated(fieldsOf(whole, context), today),
  }));
}

/** New entries begin as drafts reviewed today. */
function dated(fields: readonly Widget[], today: string): Widget[] {
  return fields.map((field) => {
    if (field.name === 'reviewed') return { ...field, default: today };
    return field.name === 'state' ? { ...field, default: 'draft' } : field;
  });
}

function formContext(knowledge: Knowledge, say: Say, locale: Locale): FormContext {
  const options = optionsFrom(knowledge, locale);
  const optional = (key: string) => {
    const text = say(locale, `editor:${key}`, EXAMPLES);
    return text === key ? undefined : text;
  };
  return {
    locales: knowledge.locales,
    optionsOf: (field) => {
      const kind = REFERS_TO[field];
      return kind && options[kind];
    },
    label: (field) => say(locale, `editor:fields.${field}.label`),
    hint: (field) => optional(`fields.${field}.hint`),
    item: (field) => optional(`fields.${field}.one`),
    choice: (field, value) => say(locale, `editor:fields.${field}.choices.${value}`),
    languageName: (one) => say(one, 'conversation:languageName'),
    shapeHint: (shape) => say(locale, `editor:shapes.${shape}`),
  };
}

/** Every entry that a field can name: shown by its words, kept by its id. */
function optionsFrom(knowledge: Knowledge, locale: Locale): Readonly<Record<Kind, readonly Option[]>> {
  const { answers, contacts, series, sources, topics, aspects } = knowledge;
  const named = (entries: Readonly<Record<string, { readonly names: Readonly<Record<string, string>> }>>) =>
    Object.entries(entries).map(([value, { names }]) => ({
      value,
      label: `${names[locale] ?? value} (${value})`,
    }));
  return {
    answers: Object.entries(answers).map(([value, inLocales]) => ({
      value,
      label: `${inLocales[locale]?.title ?? value} (${value})`,
    })),
    figures: named(series),
    contacts: named(contacts),
    sources: Object.entries(sources).map(([value, { publisher, date, title }]) => ({
      value,
      label: `${publisher}, ${date}: ${title}`,
    })),
    topics: named(topics),
    aspects: named(aspects),
  };
}
