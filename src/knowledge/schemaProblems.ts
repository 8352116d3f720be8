import type { z } from 'zod';
import type { ProblemCode, ProblemValues } from './problem.ts';

type Issue = z.core.$ZodIssue;

export interface IssueProblem {
  readonly code: ProblemCode;
  readonly field: string;
  readonly values: ProblemValues;
}

/** Codes that the schemas give as their messages. */
const OWN_CODES: ReadonlySet<string> = new Set(['text-empty', 'not-a-date', 'source-missing']);

/** Where several shapes are allowed, the fault of the first one is told. */
function first(issue: Issue): Issue {
  return issue.code === 'invalid_union' ? (issue.errors[0]?.[0] ?? issue) : issue;
}

/**
 * What a fault found by a schema is called in our messages.
 *
 * @param present false where the field does not stand in the file
 */
export function problemOfIssue(issue: Issue, name: string, present: boolean): IssueProblem {
  const inner = first(issue);
  const field = name === '' ? 'file' : name;
  if (/(^|\.)sources?$/.test(field) && !present) return { code: 'source-missing', field, values: { field } };
  if (OWN_CODES.has(inner.message)) return { code: inner.message as ProblemCode, field, values: { field } };
  switch (inner.code) {
    case 'unrecognized_keys':
      return { code: 'unknown-field', field, values: { names: inner.keys.join(', ') } };
    case 'invalid_type':
      return present
        ? { code: 'wrong-type', field, values: { field, expected: inner.expected } }
        : { code: 'field-missing', field, values: { field } };
    case 'invalid_value':
      return present
        ? { code: 'wrong-choice', field, values: { field, choices: inner.values.join(', ') } }
        : { code: 'field-missing', field, values: { field } };
    case 'too_small':
      return { code: 'too-few', field, values: { field, minimum: String(inner.minimum) } };
    case 'too_big':
      return { code: 'too-many', field, values: { field, maximum: String(inner.maximum) } };
    case 'invalid_format':
      return { code: inner.format === 'url' ? 'not-an-address' : 'wrong-value', field, values: { field } };
    default:
      return { code: present ? 'wrong-value' : 'field-missing', field, values: { field } };
  }
}
