/** Every path of every dialog in every language, found by tapping what the bot offers: nothing here names a step. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Brain } from '../../src/brain.ts';
import { type Dialog, existsIn, type Locale } from '../../src/knowledge/index.ts';
import { openBrain } from '../helpers.ts';
import {
  begin,
  choices,
  type Explored,
  everyDialog,
  explore,
  labelOf,
  type Moment,
  position,
  say,
} from './helpers.ts';

let brain: Brain;
const explored = new Map<string, Explored>();
beforeAll(async () => {
  brain = await openBrain();
  for (const { dialog, locale } of everyDialog(brain)) {
    explored.set(`${dialog.id} ${locale}`, explore(brain, dialog, locale));
  }
});

/** Each question of a dialog once, whatever is remembered when it is asked. */
function eachQuestion(moments: readonly Moment[]): readonly Moment[] {
  const steps = moments.map(({ turn }) => turn.state.dialog?.trail.at(-1)?.step);
  return moments.filter((_, i) => steps.indexOf(steps[i]) === i);
}

/** Runs a check at every question; gives back what went wrong, as the way that leads there. */
function everywhere(
  wrong: (moment: Moment, locale: Locale, dialog: Dialog) => string | undefined | false,
): string[] {
  return everyDialog(brain).flatMap(({ dialog, locale }) =>
    eachQuestion(explored.get(`${dialog.id} ${locale}`)?.moments ?? []).flatMap((moment) => {
      const found = wrong(moment, locale, dialog);
      return found ? [`${dialog.id} ${locale}: ${moment.way.join(' › ')}: ${found}`] : [];
    }),
  );
}

/** The first two neighbouring letters that differ, in the longest word, change places. */
function slip(label: string): string | undefined {
  const [longest = ''] = label.split(/[^\p{L}]+/u).sort((a, b) => b.length - a.length);
  const at = [...longest].findIndex(
    (letter, i) => i > 0 && longest[i + 1] !== undefined && letter !== longest[i + 1],
  );
  if (longest.length < 5 || at < 0) return undefined;
  const swapped = longest.slice(0, at) + longest[at + 1] + longest[at] + longest.slice(at + 2);
  return label.replace(longest, swapped);
}

test('six dialogs exist in every language', () => {
  const { dialogs, locales } = brain.knowledge;
  expect(Object.keys(dialogs).sort()).toEqual(['get-help', 'is-this', 'parents', 'quiz', 'remove', 'report']);
  for (const dialog of Object.values(dialogs))
    expect(locales.filter((locale) => !existsIn(dialog, locale))).toEqual([]);
});

test('every step is come by, and every end is reached', () => {
  for (const { dialog, locale } of everyDialog(brain)) {
    const found = explored.get(`${dialog.id} ${locale}`);
    const asked = new Set(found?.moments.map(({ turn }) => turn.state.dialog?.trail.at(-1)?.step));
    const questions = Object.entries(dialog.steps).filter(
      ([, { kind }]) => kind === 'ask' || kind === 'guess',
    );
    expect(
      questions.map(([name]) => name).filter((name) => !asked.has(name)),
      dialog.id,
    ).toEqual([]);
    const ends = Object.values(dialog.steps).flatMap((step) => (step.kind === 'end' ? [step.text] : []));
    const said = found?.endings.map(({ turn }) => turn.message.plain) ?? [];
    const opening = (key: string) =>
      brain.say(locale, `dialogs/${dialog.id}:texts.${key}`).split(/[.!{*]/)[0] ?? '';
    expect(
      ends.filter((key) => !said.some((text) => text.includes(opening(key)))),
      `${dialog.id} ${locale}`,
    ).toEqual([]);
  }
});

test('every path ends kindly, with ways on and a human in reach', () => {
  const poor = [...explored].flatMap(([name, { endings }]) =>
    endings
      .filter(({ turn: { message } }) => {
        const human = message.plain.includes('116\u00a0000') || message.contacts.length > 0;
        return message.dialog?.event !== 'finished' || message.buttons.length === 0 || !human;
      })
      .map(({ way }) => `${name}: ${way.join(' › ')}`),
  );
  expect(poor).toEqual([]);
});

test('nothing is said in another language, and no reference is left open', () => {
  const odd = [...explored].flatMap(([name, { moments, endings }]) =>
    [...moments, ...endings]
      .filter(
        ({ turn }) =>
          turn.message.locale !== name.split(' ')[1] || /\{\{|\}\}|dialogs[:/]/.test(turn.message.text),
      )
      .map(
        ({ way, turn }) =>
          `${name}: ${way.join(' › ')}: ${turn.message.locale} ${turn.message.text.slice(0, 60)}`,
      ),
  );
  expect(odd).toEqual([]);
});

describe('at every question', () => {
  test('back returns to the question before', () => {
    const wrong = everywhere(({ turn, way }, locale) => {
      if (way.length === 0) return undefined;
      const { state } = say(brain, turn.state, labelOf(brain, locale, 'back'));
      const before = JSON.stringify(turn.state.dialog?.trail.at(-2));
      return position(state) !== before && `${position(state)} instead of ${before}`;
    });
    expect(wrong).toEqual([]);
  });

  test('a question in between is answered, and the dialog resumed when wanted', () => {
    const wrong = everywhere(({ turn }, locale) => {
      const asked = brain.knowledge.answers['inhope.about']?.[locale]?.title ?? '';
      const answered = say(brain, turn.state, asked);
      if (answered.message.answer?.id !== 'inhope.about') return `answered ${answered.message.answer?.id}`;
      if (!answered.message.plain.endsWith(brain.say(locale, 'dialogs:goOn'))) return 'no offer to go on';
      const resumed = say(brain, answered.state, labelOf(brain, locale, 'resume'));
      return position(resumed.state) !== position(turn.state) && `resumed at ${position(resumed.state)}`;
    });
    expect(wrong).toEqual([]);
  });

  test('"no" to going on leaves it', () => {
    const no: Record<Locale, string> = { nl: 'nee', fr: 'non', en: 'no' };
    const wrong = everywhere(({ turn }, locale) => {
      const asked = brain.knowledge.answers['inhope.about']?.[locale]?.title ?? '';
      const { state, message } = say(brain, say(brain, turn.state, asked).state, no[locale] ?? '');
      return (state.dialog !== undefined || message.dialog?.event !== 'left') && 'still there';
    });
    expect(wrong).toEqual([]);
  });

  test('a slip of the finger chooses what was meant', () => {
    const wrong = everywhere(({ turn }) => {
      const missed = choices(brain, turn).filter((label) => {
        const typed = slip(label);
        if (typed === undefined) return false;
        const misspelt = say(brain, turn.state, typed);
        const meant = say(brain, turn.state, label);
        // Words that are an alarm in themselves stay one: the button shows the same contacts.
        if (misspelt.message.answer?.id.startsWith('safety.')) {
          return misspelt.message.contacts[0]?.id !== meant.message.contacts[0]?.id;
        }
        return position(misspelt.state) !== position(meant.state);
      });
      return missed.length > 0 && missed.join(', ');
    });
    expect(wrong).toEqual([]);
  });

  test('a number chooses by its place', () => {
    const wrong = everywhere(({ turn }) => {
      const missed = choices(brain, turn).filter((label, i) => {
        const byNumber = say(brain, turn.state, String(i + 1));
        return position(byNumber.state) !== position(say(brain, turn.state, label).state);
      });
      return missed.length > 0 && missed.join(', ');
    });
    expect(wrong).toEqual([]);
  });

  test('what fits nothing gets one rephrasing, then the choices and a human', () => {
    const wrong = everywhere(({ turn }, locale) => {
      const once = say(brain, turn.state, 'xqzvw');
      const twice = say(brain, once.state, 'xqzvw');
      if (position(twice.state) !== position(turn.state)) return 'the place is lost';
      if (!twice.message.plain.includes('116\u00a0000') || twice.message.contacts.length === 0)
        return 'no human';
      if (choices(brain, twice).length !== choices(brain, turn).length) return 'choices are lost';
      return twice.message.plain === once.message.plain && `no other words (${locale})`;
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['stop', 'left'],
    ['human', undefined],
  ] as const)('the button "%s" works', (name, event) => {
    const wrong = everywhere(({ turn }, locale) => {
      const label = labelOf(brain, locale, name);
      if (!turn.message.buttons.some(({ title }) => title === label)) return 'no button';
      const { message, state } = say(brain, turn.state, label);
      if (name === 'human')
        return message.answer?.id !== 'child-focus.contact' && `got ${message.answer?.id}`;
      return (message.dialog?.event !== event || state.dialog !== undefined) && 'still there';
    });
    expect(wrong).toEqual([]);
  });

  test('"start again" begins anew, and the safe word forgets everything', () => {
    const wrong = everywhere(({ turn }, locale, dialog) => {
      const again = say(brain, turn.state, brain.say(locale, 'conversation:startAgainButton'));
      if (position(again.state) !== position(begin(brain, dialog, locale).state)) return 'not at the start';
      const safe = say(brain, turn.state, 'STOP');
      if (safe.message.dialog?.event !== 'left' || safe.state.dialog !== undefined)
        return 'safe word passed over';
      return safe.message.contacts.length === 0 && 'no human';
    });
    expect(wrong).toEqual([]);
  });

  test('safety interrupts everything; nobody is asked to go on, but the place is kept', () => {
    const crisis: Record<Locale, string> = { nl: 'ik wil dood', fr: 'je veux mourir', en: 'i want to die' };
    const wrong = everywhere(({ turn }, locale) => {
      const alarmed = say(brain, turn.state, crisis[locale] ?? '');
      if (alarmed.message.answer?.id !== 'safety.crisis') return `answered ${alarmed.message.answer?.id}`;
      if (alarmed.message.plain.includes(brain.say(locale, 'dialogs:goOn'))) return 'asked to go on';
      const resumed = say(brain, alarmed.state, labelOf(brain, locale, 'resume'));
      return position(resumed.state) !== position(turn.state) && 'the place is lost';
    });
    expect(wrong).toEqual([]);
  });
});
