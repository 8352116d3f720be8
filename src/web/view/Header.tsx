import type { Settings } from './texts.ts';

interface Props {
  readonly settings: Settings;
  readonly onLanguage: (locale: string) => void;
  readonly onClear: () => void;
  readonly onExit: () => void;
}

/** Always in reach: a human, the other languages, clearing the chat, and leaving quickly. */
export function Header({ settings, onLanguage, onClear, onExit }: Props) {
  const { texts, human, locales, locale } = settings;
  return (
    <header>
      <h1>{texts.title}</h1>
      <a class="human" href={human.link}>
        {texts.human} {human.value}
      </a>
      <button type="button" class="exit" onClick={onExit} aria-describedby="exit-note">
        {texts.exit}
      </button>
      <label>
        <span class="hidden">{texts.language}</span>
        <select value={locale} onChange={(event) => onLanguage(event.currentTarget.value)}>
          {locales.map(({ id, name }) => (
            <option value={id} lang={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="plain" onClick={onClear}>
        {texts.clear}
      </button>
    </header>
  );
}
