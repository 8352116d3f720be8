import type { FastifyInstance } from 'fastify';
import { registerCampaigns } from './campaignRoutes.ts';
import { registerFigures } from './figureRoutes.ts';
import { registerQuestions } from './questionRoutes.ts';
import { createRoom, type InsightPages } from './room.ts';

/** Adds the pages under `/insights`, for staff only. */
export async function registerInsights(server: FastifyInstance, pages: InsightPages): Promise<void> {
  const { staff } = pages;
  staff.addPage({ path: '/insights', label: 'staff:nav.insights', about: 'staff:about.insights' });
  await server.register(async (scope) => {
    staff.guard(scope);
    const room = createRoom(pages);
    await registerFigures(scope, room);
    registerQuestions(scope, room);
    registerCampaigns(scope, room);
  });
}
