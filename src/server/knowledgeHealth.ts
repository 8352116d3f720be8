import { inLanguage, STAFF_LANGUAGES, type StaffLanguage } from '../knowledge/index.ts';
import type { KnowledgeStatus } from '../live/index.ts';

/** What `/health` says of the knowledge: which is in use, and what is wrong with newer files, in the reader's language. */
export function knowledgeDetails(status: () => KnowledgeStatus): (languages: readonly string[]) => object {
  return (languages) => {
    const language: StaffLanguage = STAFF_LANGUAGES.find((one) => languages.includes(one)) ?? 'en';
    const { problems, ...knowledge } = status();
    return {
      knowledge: {
        ...knowledge,
        problems: problems.map((one) => {
          const { file, line, column, message, mend } = inLanguage(one, language);
          return { file, line, column, message, mend };
        }),
      },
    };
  };
}
