import type { Shown } from './publish.ts';
import { LEAST_SHOWN } from './publish.ts';
import type { Report } from './report.ts';

/** Belgian spreadsheets part columns by semicolons, and need the mark to read accents. */
const SEPARATOR = ';';
const BYTE_ORDER_MARK = '\uFEFF';

function cell(text: string): string {
  // A text that begins like a formula would be computed by the spreadsheet.
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const figure = (count: Shown) => (count === undefined ? `<${LEAST_SHOWN}` : String(count));

/**
 * The figures of a report as a table for spreadsheets: exactly what the page shows, rounded, small counts hidden.
 *
 * @param nameOf the name of a value in the reader's language: `('topic', 'grooming')`
 */
export function toCsv(
  report: Report,
  header: readonly string[],
  nameOf: (measure: string, value: string) => string,
): string {
  const locale = report.locale ?? '';
  const line = (measure: string, value: string, count: Shown) => [
    report.period.id,
    locale,
    measure,
    value,
    value === '' ? '' : nameOf(measure, value),
    figure(count),
  ];
  const lines = [
    line('chats', '', report.chats),
    line('chats-used', '', report.chatsUsed),
    line('questions', '', report.questions),
    ...report.outcomes.map(({ value, count }) => line('outcome', value, count)),
    ...report.steps.flatMap(({ id, chats, questions }) => [
      line('chats-by-date', id, chats),
      line('questions-by-date', id, questions),
    ]),
    ...report.languages.map(({ value, count }) => line('language', value, count)),
    ...report.topics.map(({ value, count }) => line('topic', value, count)),
    ...report.aspects.map(({ value, count }) => line('aspect', value, count)),
    ...report.hours.map(({ value, count }) => line('hour', value, count)),
    ...report.answers.flatMap(({ value, count, helpful, unhelpful }) => [
      line('answer', value, count),
      line('helpful', value, helpful),
      line('not-helpful', value, unhelpful),
    ]),
    ...report.safety.map(({ value, count }) => line('safety', value, count)),
    ...report.dialogs.flatMap(({ value, count, finished }) => [
      line('dialog-started', value, count),
      line('dialog-finished', value, finished),
    ]),
    ...report.campaigns.map(({ value, count }) => line('campaign', value, count)),
    line('uploads-refused', '', report.uploadsRefused),
  ];
  return (
    BYTE_ORDER_MARK + [header, ...lines].map((cells) => `${cells.map(cell).join(SEPARATOR)}\r\n`).join('')
  );
}
