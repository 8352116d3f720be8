import type { Contact } from '../client/protocol.ts';
import type { Texts } from '../settings.ts';
import { Icon } from './icons.tsx';

interface Props {
  readonly contacts: readonly Contact[];
  readonly texts: Texts;
  readonly language: string;
}

/** What a card may open. */
const SAFE_LINK = /^(tel|sms|mailto|https):/i;

function Way({ contact: { kind, value, link }, texts }: { contact: Contact; texts: Texts }) {
  // Numbers are not broken over two lines.
  const shown = value.replaceAll(' ', '\u00a0');
  if (!SAFE_LINK.test(link)) return <strong>{shown}</strong>;
  if (kind === 'phone') {
    return (
      <a href={link}>
        <Icon name="phone" />
        <span>
          <span>{texts.call}</span> {shown}
        </span>
      </a>
    );
  }
  return (
    <a href={link} target="_blank" rel="noopener noreferrer">
      <Icon name="out" />
      <span>
        {shown}
        <span class="hidden"> ({texts.newTab})</span>
      </span>
    </a>
  );
}

/** Who can help: a card each, the first one for this person, each with one tap to call or to open. */
export function Contacts({ contacts, texts, language }: Props) {
  if (contacts.length === 0) return null;
  return (
    <ul class="contacts" lang={language}>
      {contacts.map((contact) => (
        <li key={contact.id}>
          <strong class="name">{contact.name}</strong>
          {contact.note !== '' && <span class="hint">{contact.note}</span>}
          <Way contact={contact} texts={texts} />
        </li>
      ))}
    </ul>
  );
}
