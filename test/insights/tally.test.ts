import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../src/bot/index.ts';
import { questionFrom } from '../../src/insights/questions/question.ts';
import { vocabularyOf } from '../../src/insights/questions/vocabulary.ts';
import { tally } from '../../src/insights/tally.ts';
import { openBrain } from '../helpers.ts';

async function answered(utterance: string, locale = 'nl', sensitive = false): Promise<BotEvent> {
  const turn = (await openBrain()).turn(undefined, utterance, { locale });
  return { kind: 'answered', utterance, turn, first: true, sensitive };
}

const namesOf = (event: BotEvent) =>
  tally(event, '21').map(({ measure, value, locale }) => `${measure} ${value} ${locale}`);

describe('what is counted', () => {
  test('of a message: its outcome, its hour, its answer, and that its chat was used', async () => {
    expect(namesOf(await answered('wat is grooming'))).toEqual([
      'outcome answered nl',
      'hour 21 nl',
      'chat-used  nl',
      'answer grooming.definition nl',
    ]);
  });

  test('of a message not understood: no answer', async () => {
    expect(namesOf(await answered('hoe bak ik een appeltaart'))).toEqual([
      'outcome not-understood nl',
      'hour 21 nl',
      'chat-used  nl',
    ]);
  });

  test('of a guided dialog: its beginning and its end', async () => {
    const event = await answered('wat is grooming');
    if (event.kind !== 'answered') throw new Error('not a turn');
    const step = (dialog: object): BotEvent => ({
      ...event,
      turn: {
        ...event.turn,
        message: {
          ...event.turn.message,
          answer: { id: 'dialog.quiz', locale: 'nl', score: 1 },
          dialog,
        } as never,
      },
    });
    expect(namesOf(step({ id: 'quiz', event: 'started' }))).toContain('dialog-started quiz nl');
    expect(namesOf(step({ id: 'quiz', event: 'continued' }))).toEqual([
      'outcome dialog nl',
      'hour 21 nl',
      'chat-used  nl',
    ]);
    expect(namesOf(step({ id: 'quiz', event: 'finished' }))).toContain('dialog-finished quiz nl');
  });
});

describe('of the words of a message', () => {
  const rules = async () => ({
    vocabulary: await vocabularyOf((await openBrain()).knowledge),
    introductions: new Set<string>(),
  });

  test('something is kept where the bot did not understand', async () => {
    const question = questionFrom(await answered('mijn kat heeft vijf kittens', 'nl'), await rules());
    expect(question).toMatchObject({ locale: 'nl', reason: 'not-understood' });
  });

  test.each(['ik wil dood', 'je veux mourir', 'my uncle touches me at night'])(
    'nothing is kept of what calls for help first: %s',
    async (utterance) => {
      expect(questionFrom(await answered(utterance), await rules())).toBeUndefined();
    },
  );

  test('nothing is kept once a chat has had a safety answer, nor of an answer, a command or a yes', async () => {
    expect(
      questionFrom(await answered('mijn kat heeft vijf kittens', 'nl', true), await rules()),
    ).toBeUndefined();
    expect(questionFrom(await answered('wat is grooming'), await rules())).toBeUndefined();
    expect(questionFrom(await answered('dat bedoel ik niet'), await rules())).toBeUndefined();
  });
});
