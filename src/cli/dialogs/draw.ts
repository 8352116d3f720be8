import {
  type Dialog,
  fillReferences,
  type Knowledge,
  type Locale,
  type Step,
  textKey,
} from '../../knowledge/index.ts';
import type { Say } from '../../rendering/index.ts';
import { routesOf } from './routes.ts';

/** Letters of a text shown in a drawing. */
const SHOWN = 70;

/** A dialog as a Mermaid drawing and a table of its ways, in one language. */
export interface Drawing {
  readonly title: string;
  readonly mermaid: string;
  readonly table: string;
}

/** Words of the drawing itself, as files for staff say them. */
function createLabels(dialog: Dialog, locale: Locale, knowledge: Knowledge, say: Say) {
  const choice = (id: string) => say(locale, `dialogs/${dialog.id}:choices.${id}.title`);
  const verdict = (name: 'right' | 'wrong') => say(locale, `dialogs:drawing.${name}`);
  return {
    text: (key: string) =>
      short(plain(fillReferences(say(locale, textKey(dialog.id, key)), locale, knowledge))),
    choice,
    verdict,
    pick: (id: string, step: Step | undefined) =>
      step?.kind === 'guess' ? verdict(id === 'right' ? 'right' : 'wrong') : choice(id),
    column: (name: 'way' | 'shows' | 'ends') => say(locale, `dialogs:drawing.${name}`),
    otherwise: say(locale, 'dialogs:drawing.otherwise'),
    answer: (id: string) => knowledge.answers[id]?.[locale]?.title ?? id,
    series: (id: string) => knowledge.series[id]?.names[locale] ?? id,
    contact: (id: string) => {
      const contact = knowledge.contacts[id];
      const value = contact?.values[locale];
      return contact && value ? `${contact.names[locale] ?? id} ${value}` : '';
    },
  };
}

type Labels = ReturnType<typeof createLabels>;

/** The question of a text that also says other things stands in bold. */
function plain(text: string): string {
  const question = [...text.matchAll(/\*\*(.+?)\*\*/gs)]
    .map(([, bold = '']) => bold)
    .find((bold) => bold.includes('?'));
  return (question ?? text).replaceAll('**', '').replace(/\s+/g, ' ').trim();
}

function short(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1).trimEnd()}…`;
}

/** Mermaid reads quotes and some signs as its own. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;').replaceAll('`', "'")}"`;
}

/** `end` and hyphens mean something in Mermaid. */
function nodeId(step: string): string {
  return `s_${step.replaceAll('-', '_')}`;
}

function node(name: string, step: Step, labels: Labels): string {
  const id = nodeId(name);
  switch (step.kind) {
    case 'ask':
    case 'guess':
      return `${id}{{${quoted(labels.text(step.text))}}}`;
    case 'say':
      return `${id}[${quoted(labels.text(step.text))}]`;
    case 'answer':
      return `${id}[[${quoted(labels.answer(step.answer))}]]`;
    case 'figure':
      return `${id}[(${quoted(`${labels.series(step.series)} ${step.years.join(', ')}`)})]`;
    case 'branch':
      return `${id}{${quoted(`${step.slot}?`)}}`;
    case 'remember':
      return `${id}[${quoted(`${step.slot} = ${step.value}`)}]`;
    case 'go':
      return `${id}((" "))`;
    case 'end':
      return `${id}([${quoted(labels.text(step.text))}])`;
  }
}

function edges(name: string, step: Step, labels: Labels): readonly string[] {
  const arrow = (to: string, label?: string) =>
    `${nodeId(name)} -->${label === undefined ? '' : `|${quoted(label)}|`} ${nodeId(to)}`;
  switch (step.kind) {
    case 'ask':
      return step.choices.map(({ id, go }) => arrow(go, labels.choice(id)));
    case 'guess':
      return [arrow(step.right.go, labels.verdict('right')), arrow(step.wrong.go, labels.verdict('wrong'))];
    case 'branch':
      return [...step.cases.map(({ when, go }) => arrow(go, when)), arrow(step.otherwise, labels.otherwise)];
    case 'end':
      return [];
    default:
      return [arrow(step.next)];
  }
}

function drawMermaid(dialog: Dialog, labels: Labels): string {
  const steps = Object.entries(dialog.steps);
  return [
    'flowchart TD',
    ...steps.map(([name, step]) => `  ${node(name, step, labels)}`),
    ...steps.flatMap(([name, step]) => edges(name, step, labels).map((edge) => `  ${edge}`)),
  ].join('\n');
}

function drawTable(dialog: Dialog, labels: Labels): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = routesOf(dialog).map(({ picks, shows, end, contacts }) => {
    const way = picks.map(({ step, choices }) =>
      choices.map((id) => labels.pick(id, dialog.steps[step])).join(' / '),
    );
    const shown = shows.map((id) =>
      id in dialog.steps || !id.includes('.') ? labels.series(id) : labels.answer(id),
    );
    const last = [end, ...contacts.map(labels.contact).filter((one) => one !== '')];
    return `| ${cell(way.join(' › '))} | ${cell([...new Set(shown)].join('; ')) || '–'} | ${cell(last.join('; '))} |`;
  });
  return [
    `| ${labels.column('way')} | ${labels.column('shows')} | ${labels.column('ends')} |`,
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

export function draw(dialog: Dialog, locale: Locale, knowledge: Knowledge, say: Say): Drawing {
  const labels = createLabels(dialog, locale, knowledge, say);
  return {
    title: dialog.sentences[locale]?.[0] ?? dialog.id,
    mermaid: drawMermaid(dialog, labels),
    table: drawTable(dialog, labels),
  };
}

/** The page of `docs/dialogs/` for one dialog: a drawing and a table in each language it exists in. */
export function drawPage(dialog: Dialog, knowledge: Knowledge, say: Say): string {
  const parts = knowledge.locales
    .filter((locale) => (dialog.sentences[locale]?.length ?? 0) > 0)
    .map((locale) => {
      const { title, mermaid, table } = draw(dialog, locale, knowledge, say);
      const language = say(locale, 'conversation:languageName');
      return `## ${title} (${language})\n\n\`\`\`mermaid\n${mermaid}\n\`\`\`\n\n${table}\n`;
    });
  return [
    `# dialogs/${dialog.id}.yaml\n`,
    'Made by `npm run dialogs -- --write`; a test fails when it is out of date. Change the dialog, not this page.\n',
    ...parts,
  ].join('\n');
}
