import type { Outgoing } from './protocol.ts';

/** Something that a link wants said when the conversation begins: once, also over a reload. */
export interface Opening {
  /** Also the id under which it is sent, so that the server keeps it once. */
  readonly id: string;
  readonly activity: Outgoing;
}

/**
 * Reads `?topic=grooming&dialog=quiz&c=poster-gent-2026`. A link never puts words of its own into a person's mouth: a
 * topic must be one that we know, and is asked for by its name.
 *
 * @param topics names by id
 */
export function readOpenings(
  query: URLSearchParams,
  topics: Readonly<Record<string, string>>,
  locale: string,
): readonly Opening[] {
  const topic = query.get('topic') ?? '';
  const dialog = query.get('dialog') ?? '';
  const campaign = query.get('c') ?? '';
  const openings: Opening[] = [];
  if (campaign !== '') openings.push(event('campaign', { campaign }, campaign, locale));
  if (dialog !== '') openings.push(event('dialog', { dialog }, dialog, locale));
  else if (Object.hasOwn(topics, topic)) {
    openings.push({
      id: `topic:${topic}`,
      activity: { type: 'message', text: topics[topic] ?? topic, locale },
    });
  }
  return openings;
}

const MAX_NAME = 60;

function event(name: string, value: unknown, id: string, locale: string): Opening {
  return { id: `${name}:${id.slice(0, MAX_NAME)}`, activity: { type: 'event', name, value, locale } };
}
