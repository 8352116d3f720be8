import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ENTRIES } from './cmsConfig.ts';
import { type Editing, type FormEntry, type Outcome, parseForm, type Refusal, refOf } from './editing.ts';
import type { EntryRef } from './entries.ts';
import type { Publish } from './git.ts';

/** The answer to one request of the CMS: a status and a body for it. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const dataFile = z.object({ path: z.string(), raw: z.string() });
/** What Decap CMS asks of a `proxy` backend (decap-server's protocol); other actions it never sends with our configuration. */
const requestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('info') }),
  z.object({ action: z.literal('entriesByFolder'), params: z.object({ folder: z.string() }) }),
  z.object({
    action: z.literal('entriesByFiles'),
    params: z.object({ files: z.array(z.object({ path: z.string() })) }),
  }),
  z.object({ action: z.literal('getEntry'), params: z.object({ path: z.string() }) }),
  z.object({
    action: z.literal('persistEntry'),
    params: z.object({ dataFiles: z.array(dataFile).length(1) }),
  }),
  z.object({ action: z.literal('deleteFiles'), params: z.object({ paths: z.array(z.string()).min(1) }) }),
  z.object({ action: z.enum(['getMedia', 'getNotes', 'getDeployPreview', 'getPRMetadata']) }),
]);

const UNPROCESSABLE = 422;
const CONFLICT = 409;
const NOT_FOUND = 404;
const BAD = 400;
const BAD_GATEWAY = 502;

/** Where an entry is, seen from the CMS: `entries/figures/grooming-files.json`. */
function pathOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${ENTRIES}/${kind}/${id}.json`;
}

function refFrom(path: string): EntryRef | undefined {
  const [, kind, id] = /^entries\/([a-z]+)\/([a-z0-9.-]+)\.json$/.exec(path) ?? [];
  return refOf(kind, id);
}

function loaded(kind: string, entry: FormEntry) {
  const data = JSON.stringify(entry);
  const id = createHash('sha256').update(data).digest('hex');
  return { data, file: { path: pathOf({ kind, id: String(entry.id) }), id } };
}

/**
 * Answers one request of the CMS.
 *
 * @param word puts a refusal into words for the staff member
 * @param publish told which files changed; gives the reason where they could not be sent on
 */
export async function answerCms(
  body: unknown,
  editing: Editing,
  writer: string,
  word: (refusal: Refusal) => string,
  publish: Publish,
): Promise<Answer> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { status: UNPROCESSABLE, body: { error: z.prettifyError(parsed.error) } };
  const request = parsed.data;
  const done = async (outcome: Outcome): Promise<Answer> => {
    if (outcome.ok) {
      const reason = outcome.files.length > 0 ? await publish(outcome.files, writer) : undefined;
      if (reason === undefined) return { status: 200, body: { message: 'saved' } };
      return { status: BAD_GATEWAY, body: { error: word({ reason: 'not-sent', detail: reason }) } };
    }
    const status = outcome.refusal.reason === 'changed-meanwhile' ? CONFLICT : UNPROCESSABLE;
    return { status, body: { error: word(outcome.refusal) } };
  };
  const wrongName: Answer = { status: BAD, body: { error: word({ reason: 'wrong-name' }) } };
  switch (request.action) {
    case 'info':
      return { status: 200, body: { repo: 'knowledge', publish_modes: ['simple'], type: 'local_fs' } };
    case 'entriesByFolder': {
      const ref = refFrom(`${request.params.folder}/any.json`);
      if (!ref) return wrongName;
      return { status: 200, body: (await editing.list(ref.kind)).map((entry) => loaded(ref.kind, entry)) };
    }
    case 'entriesByFiles':
      return {
        status: 200,
        body: await Promise.all(request.params.files.map(({ path }) => one(path, editing))),
      };
    case 'getEntry': {
      const { data, file } = await one(request.params.path, editing);
      return data === null
        ? { status: NOT_FOUND, body: { error: word({ reason: 'missing', id: file.path }) } }
        : { status: 200, body: { data, file } };
    }
    case 'persistEntry': {
      const [{ path, raw } = { path: '', raw: '' }] = request.params.dataFiles;
      const ref = refFrom(path);
      const form = parseForm(raw);
      return ref && form ? done(await editing.save(ref, form, writer)) : wrongName;
    }
    case 'deleteFiles': {
      const refs = request.params.paths.map(refFrom).filter((ref) => ref !== undefined);
      return refs.length === request.params.paths.length ? done(await editing.remove(refs)) : wrongName;
    }
    case 'getMedia':
      return { status: 200, body: [] };
    case 'getNotes':
      return { status: 200, body: { notes: [] } };
    case 'getPRMetadata':
      return { status: 200, body: { metadata: null } };
    case 'getDeployPreview':
      return { status: 200, body: null };
  }
}

async function one(path: string, editing: Editing) {
  const ref = refFrom(path);
  const entry = ref && (await editing.read(ref));
  return ref && entry ? loaded(ref.kind, entry) : { data: null, file: { path, id: null } };
}
