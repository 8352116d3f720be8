import { z } from 'zod';

/** Names of steps, choices, texts and slots. */
const name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A name has small letters, digits and hyphens only, such as who-is-it.');
const target = z.string({ error: 'This leads nowhere: the name of a step is missing.' });
const text = z.string().trim().min(1, 'This text is empty.');

/** `right: about-it`, or `right: { go: about-it, say: right, add: score }`. */
const verdict = z.union([
  target.transform((go) => ({ go })),
  z.strictObject({ go: target, say: name.optional(), add: name.optional() }),
]);
const choice = z
  .union([
    z.strictObject({
      go: target,
      say: name.optional(),
      add: name.optional(),
      means: z.array(z.string()).default([]),
    }),
    z.string().transform((go) => ({ go, means: [] as string[] })),
  ])
  .nullable();

const step = z.strictObject({
  say: name.optional(),
  answer: z.string().optional(),
  figure: z.string().optional(),
  ask: name.optional(),
  branch: name.optional(),
  remember: z.union([name, z.record(name, name)]).optional(),
  go: target.optional(),
  end: name.optional(),
  next: target.optional(),
  again: name.optional(),
  choices: z.record(name, choice).optional(),
  guess: z.string().optional(),
  right: verdict.optional(),
  wrong: verdict.optional(),
  cases: z.record(z.string(), target).optional(),
  else: target.optional(),
  contacts: z.array(z.string()).max(3).optional(),
  sources: z.array(z.string()).optional(),
  offers: z.array(z.string()).optional(),
});

export const dialogSchema = z.strictObject({
  start: target,
  remember: z.record(name, z.union([z.literal('count'), z.array(name).min(2)])).default({}),
  steps: z.record(name, step),
});

const sentences = z.strictObject({ title: text, phrasings: z.array(text).default([]) });

export const dialogTextsSchema = z.strictObject({
  title: text,
  phrasings: z.array(text).default([]),
  texts: z.record(name, text),
  choices: z.record(name, sentences).default({}),
});

export type RawStep = z.output<typeof step>;
export type RawDialog = z.output<typeof dialogSchema>;
export type DialogTexts = z.output<typeof dialogTextsSchema>;
