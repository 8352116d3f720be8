import { z } from 'zod';

// Messages given here are codes of messages/*.json.

/** A text that is not empty; YAML reads a bare `116` or `2018` as a number, which is taken as its text. */
const text = z.union([z.string().trim().min(1, 'text-empty'), z.number().transform(String)]);
const perLocale = z.record(z.string(), text);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'not-a-date');
const reviewState = z.enum(['draft', 'to-confirm', 'approved']);
const MAX_CONTACTS = 3;

export const answerSchema = z.strictObject({
  title: text,
  phrasings: z.array(text).default([]),
  quickReplies: z.array(text).default([]),
  contacts: z.array(text).max(MAX_CONTACTS).default([]),
  figures: z.array(text).default([]),
  sources: z.array(text).default([]),
  reviewed: date,
  state: reviewState,
});

const subjectSchema = z.strictObject({
  series: text.optional(),
  names: perLocale,
  synonyms: z.record(z.string(), z.array(text)).default({}),
});

export const topicsSchema = z.strictObject({
  /** The languages the bot offers, the default one first; a folder of `locales/` each. */
  locales: z.array(text).min(1),
  topics: z.record(z.string(), subjectSchema),
  aspects: z.record(z.string(), subjectSchema.omit({ series: true })),
});

export const seriesSchema = z.strictObject({
  topic: text.optional(),
  unit: z.enum(['files', 'reports', 'views', 'countries', 'people']),
  names: perLocale,
  remark: perLocale.optional(),
  values: z
    .array(
      z.strictObject({
        year: z.int().min(1990).max(2100),
        value: z.number().nonnegative(),
        atLeast: z.boolean().default(false),
        until: date.optional(),
        source: text,
      }),
    )
    .min(1),
  shares: z
    .array(
      z.strictObject({
        year: z.int().min(1990).max(2100),
        group: z.enum(['girls', 'boys']),
        percent: z.number().min(0).max(100),
        source: text,
      }),
    )
    .default([]),
});

export const contactsSchema = z.record(
  z.string(),
  z.strictObject({
    kind: z.enum(['phone', 'site']),
    names: perLocale,
    values: perLocale,
    links: perLocale,
    notes: perLocale,
    sources: z.array(text).min(1, 'source-missing'),
    reviewed: date,
    state: reviewState,
  }),
);

export const sourcesSchema = z.record(
  z.string(),
  z.strictObject({
    title: text,
    publisher: text,
    date: z.union([z.string(), z.number().transform(String)]),
    url: z.url().optional(),
  }),
);

export const lexiconSchema = z.strictObject({
  abbreviations: z.record(z.string(), text).default({}),
  concepts: z.record(z.string(), z.array(text)).default({}),
  commands: z.record(z.string(), z.array(text)).default({}),
  relativeYears: z.record(z.string(), z.int()).default({}),
  besideNamedYear: z.record(z.string(), z.int()).default({}),
  dateRecogniser: z.strictObject({ culture: text, hints: z.array(text).min(1) }).optional(),
  alarms: z.record(z.string(), z.array(text)).default({}),
  harmless: z.array(text).default([]),
  followUps: z.array(text).default([]),
  ordinals: z.array(z.array(text)).default([]),
  last: z.array(text).default([]),
});

export const textsSchema = z.record(z.string(), z.unknown());
