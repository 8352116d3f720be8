import type { Answer, Knowledge } from '../knowledge/index.ts';
import { createUnderstand, learn } from '../understanding/index.ts';

/** Share of phrasings understood by a bot that learnt all others: each part is left out once. */
export function crossValidate(knowledge: Knowledge, parts: number, now: Date): number {
  let right = 0;
  let count = 0;
  for (let part = 0; part < parts; part++) {
    const leftOut: { readonly text: string; readonly id: string; readonly locale: string }[] = [];
    const without = (answer: Answer): Answer => {
      const out = answer.phrasings.filter((_, i) => i % parts === part);
      leftOut.push(...out.map((text) => ({ text, id: answer.id, locale: answer.locale })));
      return { ...answer, phrasings: answer.phrasings.filter((_, i) => i % parts !== part) };
    };
    const answers = Object.fromEntries(
      Object.entries(knowledge.answers).map(([id, inLocales]) => [
        id,
        Object.fromEntries(Object.entries(inLocales).map(([locale, answer]) => [locale, without(answer)])),
      ]),
    );
    const reduced = { ...knowledge, answers };
    const understand = createUnderstand(reduced, learn(reduced));
    for (const { text, id, locale } of leftOut) {
      const { safety, candidates } = understand(text, { now, locale });
      if ((safety ?? candidates[0])?.id === id) right++;
      count++;
    }
  }
  return right / count;
}
