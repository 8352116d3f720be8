import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Brain, createBrain } from '../../src/brain.ts';
import type { Dialog, Knowledge } from '../../src/knowledge/index.ts';
import { loadModel } from '../../src/learning/index.ts';
import type { UnderstandingModel } from '../../src/understanding/index.ts';
import { NOW, openBrain, ROOT } from '../helpers.ts';

let brain: Brain;
let model: UnderstandingModel;
beforeAll(async () => {
  brain = await openBrain();
  model = await loadModel(brain.knowledge, join(ROOT, '.cache'));
});

/** The same bot after staff changed its dialogs or figures. */
function changedBy(change: (knowledge: Knowledge) => Partial<Knowledge>): Brain {
  const { knowledge } = brain;
  return createBrain({ ...knowledge, ...change(knowledge) }, model, { sessionMinutes: 30, now: () => NOW });
}

const halfway = () => brain.turn(brain.turn(undefined, 'quiz', { locale: 'nl' }).state, 'grooming', {}).state;
const changed = ({ dialogs }: Knowledge) => ({
  dialogs: { ...dialogs, quiz: { ...(dialogs.quiz as Dialog), version: 'another' } },
});

describe('a dialog that staff changed meanwhile', () => {
  test('says so kindly, and offers to begin again', () => {
    const later = changedBy(changed);
    const { message, state } = later.turn(halfway(), 'meer', {});
    expect(message.plain).toMatch(/intussen aangepast.*Opnieuw beginnen/s);
    expect(message.buttons[0]?.title).toBe('Doe de quiz');
    expect(later.turn(state, 'Doe de quiz', {}).message.dialog).toEqual({ id: 'quiz', event: 'started' });
  });

  test('does not stand in the way of a question, nor of help', () => {
    const later = changedBy(changed);
    const asked = later.turn(halfway(), 'wat is sextortion', {}).message;
    expect(asked.answer?.id).toBe('sextortion.definition');
    expect(asked.plain).toContain('intussen aangepast');
    expect(later.turn(halfway(), 'ik wil dood', {}).message.answer?.id).toBe('safety.crisis');
    expect(later.turn(halfway(), 'een mens', {}).message.answer?.id).toBe('child-focus.contact');
  });

  test('that is gone says so too', () => {
    const later = changedBy(({ dialogs }) => {
      const { quiz: _gone, ...others } = dialogs;
      return { dialogs: others };
    });
    expect(later.turn(halfway(), 'meer', {}).message.plain).toContain('bestaan niet meer');
  });

  test('goes on where only words were changed', () => {
    const { quiz } = brain.knowledge.dialogs;
    const later = changedBy(({ dialogs }) => ({
      dialogs: { ...dialogs, quiz: { ...(quiz as Dialog), sentences: { nl: ['Speel de quiz'] } } },
    }));
    expect(later.turn(halfway(), '1.728', {}).message.plain).toMatch(/^Juist/);
  });
});

describe('a figure that staff changed', () => {
  /** The bot with other reports in 2018 than the files say. */
  const withReports = (value: number) =>
    changedBy(({ series }) => {
      const reports = series['abuse-image-reports'];
      if (!reports) throw new Error('The series is gone.');
      const values = reports.values.map((one) => (one.year === 2018 ? { ...one, value } : one));
      return { series: { ...series, 'abuse-image-reports': { ...reports, values } } };
    });

  test.each([746, 600])('is right in the quiz at once: %i', (value) => {
    const later = withReports(value);
    const question = later.turn(later.turn(undefined, 'quiz', { locale: 'en' }).state, 'Grooming', {});
    const shown = value.toLocaleString('en-GB');
    expect(question.message.buttons.map(({ title }) => title)).toContain(shown);
    const answered = later.turn(question.state, shown, {});
    expect(answered.message.plain).toMatch(/^Right!/);
    const direction = value > 746 ? 'More' : value < 746 ? 'Fewer' : 'The same';
    expect(later.turn(answered.state, direction, {}).message.plain).toMatch(/^Right!/);
  });
});
