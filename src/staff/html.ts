/** Markup that may be sent as it is. Only `html` makes it, and `html` escapes every text put into it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup stays, lists are joined, `undefined` and `false` are nothing. */
export type Piece = string | number | Html | undefined | false | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function toMarkup(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(toMarkup).join('');
}

/** Markup from a template literal: html`<p>${text}</p>`. Attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { markup: String.raw({ raw: parts }, ...pieces.map(toMarkup)) };
}
