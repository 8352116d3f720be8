import { z } from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour is written as #rrggbb, for example #0b5563');
/** Goes into a style sheet, so nothing that ends a declaration. */
const cssValue = z.string().regex(/^[^;{}<>]+$/, 'a value of a style sheet, without ; { } < >');

const palette = z.strictObject({
  /** Behind the conversation. */
  page: colour,
  /** Bubbles of the bot, header, box. */
  surface: colour,
  text: colour,
  'text-soft': colour,
  /** Lines that only decorate. */
  line: colour,
  /** Buttons, links, charts, the launcher. */
  accent: colour,
  'accent-text': colour,
  'accent-soft': colour,
  /** Bubbles of the person. */
  mine: colour,
  'mine-text': colour,
  /** Second colour of a chart. */
  second: colour,
  /** "Leave quickly". */
  exit: colour,
  'exit-text': colour,
  warn: colour,
  'warn-soft': colour,
});

export const brandSchema = z.strictObject({
  name: z.string().min(1).max(40),
  /** An SVG beside the file. */
  logo: z.string().regex(/^[\w-]+\.svg$/, 'the name of an SVG file in the same folder, for example logo.svg'),
  /** Corner of the launcher. */
  position: z.enum(['left', 'right']),
  font: cssValue,
  radius: z.string().regex(/^\d+(\.\d+)?(px|rem)$/, 'a length, for example 18px'),
  light: palette,
  dark: palette,
});

/** What an organisation changes to make the window its own. */
export type Brand = z.output<typeof brandSchema>;
export type Palette = z.output<typeof palette>;
export type Colour = keyof Palette;
