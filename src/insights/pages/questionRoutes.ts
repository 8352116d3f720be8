import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dayOf, hourOf } from '../days.ts';
import { acceptPhrasing } from '../questions/accept.ts';
import { shownGroups } from '../questions/group.ts';
import { type Notice, questionsBody } from './questions.ts';
import type { Room } from './room.ts';

const PATH = '/insights/questions';

/** Unanswered questions: the list, and what staff do with a group. */
export function registerQuestions(scope: FastifyInstance, room: Room): void {
  const { staff, brain, store, now, root } = room;
  const groups = async () => shownGroups(await store.questions(), dayOf(hourOf(now())));

  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    notice: Notice | undefined,
  ): Promise<FastifyReply> {
    const words = room.wordsFor(request);
    return staff.send(request, reply, {
      title: words.t('questions.title'),
      at: '/insights',
      styles: ['/insights/insights.css'],
      body: questionsBody(await groups(), brain.knowledge, words, notice),
    });
  }

  scope.get<{ Querystring: { done?: string; answer?: string } }>(PATH, (request, reply) => {
    const words = room.wordsFor(request);
    const { done, answer = '' } = request.query;
    const locales = brain.knowledge.answers[answer];
    const file = Object.values(locales ?? {})[0]?.file ?? '';
    if (done === 'added' && locales)
      return page(request, reply, {
        kind: 'done',
        text: words.t('questions.added', {
          answer: words.answer(answer),
          file: file.replace(/\.\w+\.md$/, ''),
        }),
      });
    return page(
      request,
      reply,
      done === 'dismissed' ? { kind: 'done', text: words.t('questions.dismissed') } : undefined,
    );
  });

  scope.post<{ Body: Readonly<Record<string, string | undefined>> }>(PATH, async (request, reply) => {
    const { t } = room.wordsFor(request);
    const { group: key, action, phrasing = '', answer = '' } = request.body ?? {};
    const group = (await groups()).find((one) => one.key === key);
    if (!group) return reply.redirect(PATH, 303);
    if (action === 'accept') {
      const accepted = await acceptPhrasing(root, brain.knowledge, {
        answer,
        locale: group.locale,
        phrasing,
      });
      if (!accepted.ok)
        return page(request, reply.code(422), {
          kind: 'problem',
          text: t(`questions.problem.${accepted.reason}`, { reason: accepted.detail ?? '' }),
        });
    } else if (action !== 'dismiss') return reply.redirect(PATH, 303);
    await store.eraseQuestions(group.locale, group.texts);
    const done = action === 'accept' ? `done=added&answer=${encodeURIComponent(answer)}` : 'done=dismissed';
    return reply.redirect(`${PATH}?${done}`, 303);
  });
}
