/** Pages on which staff see what the bot understands and says, and how far its knowledge is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Brain } from '../brain.ts';
import type { Staff } from '../staff/index.ts';
import { createChecks } from './checks.ts';
import { registerPreviewPage } from './previewPage.ts';
import { registerStatePage } from './statePage.ts';

export interface PreviewDeps {
  readonly brain: Brain;
  readonly staff: Staff;
  /** Folder of the built pages. */
  readonly pageFolder: string;
  /** The project's root, whose files are checked. */
  readonly root: string;
}

/** Adds `/staff/preview` and `/staff/knowledge` to a server. */
export async function registerPreview(server: FastifyInstance, deps: PreviewDeps): Promise<void> {
  const { brain, staff } = deps;
  staff.addPage({ path: '/staff/preview', label: 'staff:nav.preview', about: 'staff:about.preview' });
  staff.addPage({ path: '/staff/knowledge', label: 'staff:nav.knowledge', about: 'staff:about.knowledge' });
  const css = await readFile(join(import.meta.dirname, 'preview.css'), 'utf8');
  await server.register(async (scope) => {
    staff.guard(scope);
    scope.get('/staff/preview.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(css));
    registerPreviewPage(scope, brain, staff, deps.pageFolder);
    registerStatePage(scope, brain, staff, createChecks(deps.root));
  });
}
