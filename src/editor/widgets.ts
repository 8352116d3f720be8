import { z } from 'zod';

/** The part of JSON Schema that our knowledge schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One field of a form, as Decap CMS takes it. */
export interface Widget {
  readonly name: string;
  readonly label: string;
  readonly widget: string;
  readonly [option: string]: unknown;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What the widgets need to know beside the schema. */
export interface FormContext {
  readonly locales: readonly string[];
  /** Names to choose from, for a field that names other entries; undefined for any other field. */
  optionsOf(field: string): readonly Option[] | undefined;
  label(field: string): string;
  hint(field: string): string | undefined;
  /** What one item of a list is called: "add a year". */
  item(field: string): string | undefined;
  choice(field: string, value: string): string;
  languageName(locale: string): string;
  /** What to say where a text does not have the shape wanted. */
  shapeHint(shape: 'date' | 'address'): string;
}

/** Fields for which one line is too short. */
const LONG = new Set(['remark', 'notes', 'body']);
const DATE = '^\\d{4}-\\d{2}-\\d{2}$';
const ADDRESS = '^https?://.+';

/** A zod schema as what may be written in a file, defaults left out. */
export function fileShape(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
}

/** The fields of an object, in the order of the schema. */
export function fieldsOf({ properties = {}, required = [] }: JsonSchema, context: FormContext): Widget[] {
  return Object.entries(properties).map(([name, schema]) =>
    widgetFor(name, schema, required.includes(name), context),
  );
}

/**
 * The widget for one field of a schema.
 *
 * @throws {Error} naming the field, where no widget is known for its type: a test fails before staff meet an empty form
 */
export function widgetFor(name: string, schema: JsonSchema, required: boolean, context: FormContext): Widget {
  const hint = context.hint(name);
  const base = { name, label: context.label(name), required, ...(hint !== undefined && { hint }) };
  const options = context.optionsOf(name);
  if (isText(schema)) {
    if (options) return { ...base, widget: 'select', options };
    if (schema.pattern === DATE)
      return { ...base, widget: 'string', pattern: [DATE, context.shapeHint('date')] };
    if (schema.format === 'uri')
      return { ...base, widget: 'string', pattern: [ADDRESS, context.shapeHint('address')] };
    return { ...base, widget: LONG.has(name) ? 'text' : 'string' };
  }
  if (schema.enum) {
    return {
      ...base,
      widget: 'select',
      options: schema.enum.map((value) => ({ value, label: context.choice(name, value) })),
    };
  }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return {
        ...base,
        widget: 'number',
        value_type: schema.type === 'integer' ? 'int' : 'float',
        step: schema.type === 'integer' ? 1 : 0.1,
        ...(schema.minimum !== undefined && { min: schema.minimum }),
        ...(schema.maximum !== undefined && { max: schema.maximum }),
      };
    case 'boolean':
      return { ...base, widget: 'boolean', required: false };
    case 'array':
      return { ...base, ...listWidget(name, schema, options, context) };
    case 'object':
      return { ...base, ...objectWidget(name, schema, context) };
    default:
      throw new Error(
        `The editor has no widget for the field "${name}" of this type: ${JSON.stringify(schema)}`,
      );
  }
}

function isText({ type, enum: values, anyOf = [] }: JsonSchema): boolean {
  const types = [type ?? []].flat();
  return (types.includes('string') && !values) || anyOf.some(isText);
}

function listWidget(
  name: string,
  schema: JsonSchema,
  options: readonly Option[] | undefined,
  context: FormContext,
) {
  const { items = {}, minItems, maxItems } = schema;
  const limits = {
    ...(minItems !== undefined && { min: minItems }),
    ...(maxItems !== undefined && { max: maxItems }),
  };
  if (options) return { widget: 'select', multiple: true, options, ...limits };
  const item = context.item(name);
  const list = { widget: 'list', ...(item !== undefined && { label_singular: item }), ...limits };
  // A text for each line: a list in one box would be split at commas, which belong to the texts.
  if (items.type !== 'object')
    return { ...list, field: { name: 'text', label: '', widget: 'string' }, collapsed: false };
  const fields = fieldsOf(items, context);
  const [first, second] = fields.map(({ name: inner }) => `{{fields.${inner}}}`);
  return { ...list, fields, summary: `${first} · ${second}`, collapsed: true, minimize_collapsed: false };
}

/** An object whose keys are languages becomes a field for each language, side by side. */
function objectWidget(name: string, schema: JsonSchema, context: FormContext) {
  const { additionalProperties: inner } = schema;
  if (typeof inner !== 'object') return { widget: 'object', fields: fieldsOf(schema, context) };
  const fields = context.locales.map((locale) => {
    const { hint: _, ...one } = widgetFor(name, inner, false, context) as Widget & { hint?: string };
    return { ...one, name: locale, label: context.languageName(locale) };
  });
  return { widget: 'object', fields };
}
