/** Markdown of our answers (paragraphs, lists, bold) as plain text, for terminals and screen readers. */
export function toPlain(markdown: string): string {
  return markdown.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\n{3,}/g, '\n\n');
}
