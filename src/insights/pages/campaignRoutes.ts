import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CAMPAIGN } from '../../bot/index.ts';
import { campaignLink, qrPng, qrSvg } from '../campaigns/campaign.ts';
import { dayOf, hourOf } from '../days.ts';
import { campaignsBody } from './campaigns.ts';
import type { Notice } from './questions.ts';
import { periodAsked, type Room, reportOf } from './room.ts';

const PATH = '/insights/campaigns';

/** Campaigns: making them, their links and codes, their results of the year. */
export function registerCampaigns(scope: FastifyInstance, room: Room): void {
  const { staff, brain, store, now } = room;
  const addressOf = (request: FastifyRequest) => room.publicUrl ?? `${request.protocol}://${request.host}`;

  async function page(request: FastifyRequest, reply: FastifyReply, notice: Notice | undefined) {
    const words = room.wordsFor(request);
    const { period } = await periodAsked(room, hourOf(now()).slice(0, 'YYYY'.length));
    const report = await reportOf(room, period, undefined);
    const setting = { publicUrl: addressOf(request), locales: brain.knowledge.locales, words };
    return staff.send(request, reply, {
      title: words.t('campaigns.title'),
      at: '/insights',
      styles: ['/insights/insights.css'],
      body: campaignsBody(await store.campaigns(), report, setting, notice),
    });
  }

  scope.get<{ Querystring: { made?: string; known?: string } }>(PATH, (request, reply) => {
    const { t } = room.wordsFor(request);
    const { made, known } = request.query;
    if (made !== undefined && CAMPAIGN.test(made))
      return page(request, reply, { kind: 'done', text: t('campaigns.made', { name: made }) });
    if (known !== undefined && CAMPAIGN.test(known))
      return page(request, reply, { kind: 'done', text: t('campaigns.known', { name: known }) });
    return page(request, reply, undefined);
  });

  scope.post<{ Body: { name?: string } }>(PATH, async (request, reply) => {
    const name = (request.body?.name ?? '').trim().toLowerCase();
    if (!CAMPAIGN.test(name)) {
      const { t } = room.wordsFor(request);
      return page(request, reply.code(422), { kind: 'problem', text: t('campaigns.wrong') });
    }
    const added = await store.addCampaign({ name, added: dayOf(hourOf(now())) });
    return reply.redirect(`${PATH}?${added ? 'made' : 'known'}=${name}`, 303);
  });

  scope.get<{ Params: { file: string } }>(`${PATH}/:file`, async (request, reply) => {
    const [name = '', locale = '', kind] = request.params.file.split('.');
    if (!CAMPAIGN.test(name) || !brain.knowledge.locales.includes(locale)) return reply.callNotFound();
    const link = campaignLink(addressOf(request), name, locale);
    if (kind === 'svg') return reply.type('image/svg+xml').send(await qrSvg(link));
    if (kind === 'png') return reply.type('image/png').send(await qrPng(link));
    return reply.callNotFound();
  });
}
