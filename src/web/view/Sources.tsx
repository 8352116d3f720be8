import type { Source } from '../client/protocol.ts';
import type { Texts } from '../settings.ts';

/** Where an answer comes from, folded. Titles stand in their own language, which we do not know. */
export function Sources({ sources, texts }: { sources: readonly Source[]; texts: Texts }) {
  if (sources.length === 0) return null;
  return (
    <details class="sources">
      <summary>
        {texts.sources} ({sources.length})
      </summary>
      <ul>
        {sources.map(({ id, title, publisher, date, url }) => (
          <li key={id}>
            {publisher}, {date}:{' '}
            {url?.startsWith('https://') ? (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {title}
                <span class="hidden"> ({texts.newTab})</span>
              </a>
            ) : (
              title
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
