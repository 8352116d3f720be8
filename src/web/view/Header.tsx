import type { Settings } from '../settings.ts';
import { isFramed, tellLauncher } from './frame.ts';
import { Icon } from './icons.tsx';

interface Props {
  readonly settings: Settings;
  readonly onLanguage: (locale: string) => void;
  readonly onClear: () => void;
  readonly onLeave: () => void;
}

/** Always in reach: leaving quickly, a human, the other languages, clearing the chat. */
export function Header({ settings, onLanguage, onClear, onLeave }: Props) {
  const { texts, human, locales, locale } = settings;
  return (
    <header>
      <div class="row">
        <img class="logo" src="/logo.svg" alt="" width="32" height="32" />
        <h1>
          <span class="hidden">{texts.title}</span>
          <span aria-hidden="true">{texts.name}</span>
        </h1>
        <button type="button" class="exit" onClick={onLeave} aria-describedby="exit-note">
          <Icon name="leave" />
          {texts.exit}
        </button>
        {isFramed && (
          <button
            type="button"
            class="quiet close"
            title={texts.close}
            onClick={() => tellLauncher({ chat: 'close' })}
          >
            <Icon name="close" />
            <span class="hidden">{texts.close}</span>
          </button>
        )}
      </div>
      <div class="row">
        <a class="human" href={human.link}>
          <Icon name="phone" />
          <span class="hidden">{texts.human} </span>
          {human.value}
          <span class="free">{texts.free}</span>
        </a>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere */}
        <div class="languages" role="group" aria-label={texts.language}>
          {locales.map(({ id, name }) => (
            <button type="button" lang={id} aria-pressed={id === locale} onClick={() => onLanguage(id)}>
              <span aria-hidden="true">{id.toUpperCase()}</span>
              <span class="hidden">{`${id.toUpperCase()} – ${name}`}</span>
            </button>
          ))}
        </div>
        <button type="button" class="quiet clear" title={texts.clear} onClick={onClear}>
          <Icon name="clear" />
          <span class="wide">{texts.clear}</span>
        </button>
      </div>
    </header>
  );
}
