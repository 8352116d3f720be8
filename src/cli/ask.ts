/** `npm run ask`: the reply to one message, or to many as JSON. See `USE`. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Brain } from '../brain.ts';
import type { ConversationState } from '../conversation/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { openBrain } from './open.ts';

const USE = `Use:
  npm run --silent ask -- "hoeveel meldingen in 2018?"   prints the reply
  npm run --silent ask -- --json                         reads one message a line from standard input, writes one JSON object a line:
                                                         plain text, {"text": …, "locale"?: …}, or {"turns": […]} for one conversation`;
const { values: flags, positionals } = readCall(
  USE,
  { json: { type: 'boolean', default: false } },
  Number.POSITIVE_INFINITY,
);

const utterance = z.union([
  z.string().transform((text): { text: string; locale?: string } => ({ text })),
  z.looseObject({ text: z.string(), locale: z.string().optional() }),
]);
const line = z.union([
  z.looseObject({ turns: z.array(utterance), locale: z.string().optional() }),
  utterance,
]);

interface Answered {
  readonly text: string;
  readonly locale: string;
  readonly answer: string | null;
  readonly choices: readonly string[];
  readonly score: number;
  readonly entities: object;
  readonly reply: string;
}

/** A line that is no JSON, or JSON of another shape, is an utterance as it stands. */
function readLine(raw: string): z.output<typeof line> {
  try {
    const parsed = line.safeParse(JSON.parse(raw));
    if (parsed.success) return parsed.data;
  } catch {
    // Plain text.
  }
  return { text: raw };
}

function ask(
  brain: Brain,
  state: ConversationState | undefined,
  { text, locale }: { text: string; locale?: string | undefined },
): { state: ConversationState; answered: Answered } {
  const known = locale !== undefined && brain.knowledge.locales.includes(locale) ? { locale } : {};
  const { state: next, message, understanding } = brain.turn(state, text, known);
  return {
    state: next,
    answered: {
      text,
      locale: message.locale,
      answer: message.answer?.id ?? null,
      choices: message.choices,
      score: message.answer?.score ?? understanding.candidates[0]?.score ?? 0,
      entities: understanding.entities,
      reply: message.plain,
    },
  };
}

async function answerLines(brain: Brain): Promise<void> {
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (raw.trim() === '') continue;
    const input = readLine(raw);
    if (!('turns' in input)) {
      process.stdout.write(`${JSON.stringify(ask(brain, undefined, input).answered)}\n`);
      continue;
    }
    let state: ConversationState | undefined;
    const answers: Answered[] = [];
    for (const turn of input.turns as { text: string; locale?: string }[]) {
      const result = ask(brain, state, { locale: input.locale, ...turn });
      state = result.state;
      answers.push(result.answered);
    }
    process.stdout.write(`${JSON.stringify(answers)}\n`);
  }
}

const question = positionals.join(' ');
if (!flags.json && question === '') {
  console.error(USE);
  process.exit(WRONG_CALL);
}
const brain = await openBrain();
if (!flags.json) console.log(ask(brain, undefined, { text: question }).answered.reply);
else if (question !== '') console.log(JSON.stringify(ask(brain, undefined, { text: question }).answered));
else await answerLines(brain);
