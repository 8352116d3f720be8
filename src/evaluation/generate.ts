import type { Answer, Knowledge } from '../knowledge/index.ts';
import { seededRandom } from '../random.ts';

/** A phrasing that is like another: a word dropped, doubled with one of a neighbour, or two words swapped. */
function vary(text: string, neighbour: string, random: () => number): string {
  const words = text.split(' ');
  const others = neighbour.split(' ');
  const at = Math.floor(random() * words.length);
  const choice = random();
  if (choice < 0.34 && words.length > 2) words.splice(at, 1);
  else if (choice < 0.67) words.splice(at, 0, others[Math.floor(random() * others.length)] ?? '');
  else [words[0], words[at]] = [words[at] ?? '', words[0] ?? ''];
  return words.join(' ');
}

/** The same knowledge with `total` phrasings: real ones thinned out evenly, or varied by a seeded generator. */
export function withPhrasings(knowledge: Knowledge, total: number, seed: number): Knowledge {
  const random = seededRandom(seed);
  const present = Object.values(knowledge.answers).flatMap((inLocales) => Object.values(inLocales));
  const share = total / present.reduce((sum, { phrasings }) => sum + phrasings.length, 0);
  const resize = (answer: Answer): Answer => {
    const wanted = Math.max(1, Math.round(answer.phrasings.length * share));
    const phrasings = answer.phrasings.slice(0, wanted);
    while (phrasings.length < wanted) {
      const pick = () => answer.phrasings[Math.floor(random() * answer.phrasings.length)] ?? answer.title;
      phrasings.push(vary(pick(), pick(), random));
    }
    return { ...answer, phrasings };
  };
  const answers = Object.fromEntries(
    Object.entries(knowledge.answers).map(([id, inLocales]) => [
      id,
      Object.fromEntries(Object.entries(inLocales).map(([locale, answer]) => [locale, resize(answer)])),
    ]),
  );
  return { ...knowledge, answers };
}
