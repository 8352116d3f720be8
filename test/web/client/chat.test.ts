/** The whole client on a false network in false time: whatever happens, no message is lost, doubled or out of order. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Chat, type ChatState, createChat } from '../../../src/web/client/chat.ts';
import { retryDelay } from '../../../src/web/client/line.ts';
import { type Opening, readOpenings } from '../../../src/web/client/opening.ts';
import type { Sessions } from '../../../src/web/client/session.ts';
import { Refused } from '../../../src/web/client/transport.ts';
import { FakeServer, memorySessions } from './fakeServer.ts';

const MINUTE = 60_000;
let server: FakeServer;
let state: ChatState;
let chat: Chat;
let sessions: Sessions;

function open(openings: readonly Opening[] = []): Chat {
  let id = 0;
  chat = createChat({
    locale: 'nl',
    openings,
    transport: server,
    sessions,
    newId: () => `id-${++id}-${Math.random()}`,
    onChange: (next) => {
      state = next;
    },
  });
  chat.open();
  return chat;
}
const pass = (milliseconds = 10) => vi.advanceTimersByTimeAsync(milliseconds);
const texts = () => state.shown.map(({ text }) => text);
const mine = () => server.activities.filter(({ from }) => from.role === 'user').map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  sessions = memorySessions();
});
afterEach(() => {
  chat.close();
  vi.useRealTimers();
});

describe('the line', () => {
  test('shows the welcome, and an answer to what is said', async () => {
    open().send('hallo');
    await pass();
    expect(state.status).toBe('online');
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('shows the welcome from the answer that begins the conversation, and asks for nothing more', async () => {
    server.streamsConnect = false;
    open();
    await pass();
    expect(texts()).toEqual(['welkom']);
    expect(server.asked).toEqual(['POST /conversations']);
  });

  test('asks after a reload for what was said and for the way on at the same time', async () => {
    open().send('hallo');
    await pass();
    chat.close();
    server.asked.length = 0;
    open();
    expect(server.asked.toSorted()).toEqual([
      'GET /conversations/c1',
      'GET /conversations/c1/activities?watermark=',
    ]);
    await pass();
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('fetches an answer while its stream is still connecting', async () => {
    server.streamsConnect = false;
    open().send('hallo');
    await pass();
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('notices soon that a stream from the beginning says nothing', async () => {
    server.streamsConnect = false;
    open();
    await pass(MINUTE / 4);
    expect(server.opened).toBeGreaterThan(1);
  });

  test('has one stream at a time, however often the page wakes up', async () => {
    open();
    await pass();
    for (let i = 0; i < 5; i++) {
      server.signals?.onOnline();
      server.signals?.onVisible();
    }
    await pass(MINUTE / 10);
    expect(server.openStreams).toBe(1);
  });

  test('comes back after a restart of the server, from where it had read', async () => {
    open().send('hallo');
    await pass();
    server.breakStreams();
    await pass(2000);
    chat.send('nog iets');
    await pass();
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo', 'nog iets', 'antwoord op nog iets']);
    expect(server.asked).toContain('GET /conversations/c1?watermark=3');
  });

  test('polls where streams do not work, and goes back to the stream where they do again', async () => {
    server.streamsWork = false;
    open();
    await pass(MINUTE / 6);
    chat.send('hallo');
    await pass(2000);
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
    server.streamsWork = true;
    await pass(2 * MINUTE);
    expect(server.openStreams).toBe(1);
    server.say('nog iets');
    await pass();
    expect(texts().at(-1)).toBe('nog iets');
  });

  test('notices a stream that died without a word', async () => {
    open();
    await pass();
    server.killStreams();
    server.say('ongehoord');
    await pass(MINUTE);
    expect(texts()).toEqual(['welkom', 'ongehoord']);
  });

  test('looks for a reply that a dead stream does not bring', async () => {
    open();
    await pass();
    server.killStreams();
    chat.send('hallo');
    await pass(4000);
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('finds a stream that slept while the page did', async () => {
    open();
    await pass();
    server.killStreams();
    vi.setSystemTime(Date.now() + 5 * MINUTE);
    server.say('terwijl je sliep');
    server.signals?.onVisible();
    await pass(2000);
    expect(texts()).toEqual(['welkom', 'terwijl je sliep']);
  });

  test('says when it is offline, and when it is back', async () => {
    open();
    await pass();
    server.connected = false;
    server.signals?.onOffline();
    await pass(3000);
    expect(state.status).toBe('offline');
    server.connected = true;
    server.signals?.onOnline();
    await pass(2000);
    expect(state.status).toBe('online');
  });

  test('waits as long as the server asks', async () => {
    server.refuses = new Refused(503, 20_000);
    open();
    await pass(19_000);
    expect(server.asked).toHaveLength(1);
    server.refuses = undefined;
    await pass(3000);
    expect(state.status).toBe('online');
  });

  test('reads from the beginning where its watermark is not known, and shows nothing twice', async () => {
    open().send('hallo');
    await pass();
    server.refuses = new Refused(400);
    server.breakStreams();
    await pass(1500);
    server.refuses = undefined;
    await pass(5000);
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
    expect(server.asked).toContain('GET /conversations/c1');
  });

  test('renews its token long before it expires', async () => {
    open();
    await pass(16 * MINUTE);
    expect(server.asked.filter((one) => one.endsWith('/tokens/refresh'))).toHaveLength(1);
  });

  test('asks again ever less often, and not with everybody at once', () => {
    const delays = [0, 1, 2, 3, 10].map((failures) => retryDelay(failures, 1));
    expect(delays).toEqual([500, 1000, 2000, 4000, 15_000]);
    expect(retryDelay(3, 0)).toBe(2000);
  });

  test('is silent once it is closed', async () => {
    open();
    await pass();
    chat.close();
    const before = server.asked.length;
    await pass(30 * MINUTE);
    expect(server.asked).toHaveLength(before);
    expect(server.openStreams).toBe(0);
  });
});

describe('a message', () => {
  test('written while offline is sent once the connection is back, in order', async () => {
    open();
    await pass();
    server.connected = false;
    server.breakStreams();
    for (const text of ['een', 'twee', 'drie']) chat.send(text);
    await pass(5000);
    expect(state.shown.map(({ delivery }) => delivery)).toEqual(['sent', 'failed', 'failed', 'failed']);
    server.connected = true;
    server.signals?.onOnline();
    await pass(5000);
    expect(mine()).toEqual(['een', 'twee', 'drie']);
    expect(state.shown.every(({ delivery }) => delivery === 'sent')).toBe(true);
  });

  test('can be sent again by hand', async () => {
    open();
    await pass();
    server.refuses = new Refused(500);
    chat.send('hallo');
    await pass();
    expect(state.shown.at(-1)?.delivery).toBe('failed');
    server.refuses = undefined;
    chat.resend(state.shown.at(-1)?.key ?? '');
    await pass();
    expect(mine()).toEqual(['hallo']);
  });

  test('whose acknowledgement was lost is neither lost nor doubled', async () => {
    open();
    await pass();
    server.losesAnswers = true;
    chat.send('hallo');
    await pass(1000);
    server.losesAnswers = false;
    await pass(10_000);
    expect(mine()).toEqual(['hallo']);
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('that the server will never take does not hold up the next one', async () => {
    open();
    await pass();
    server.refuses = new Refused(413);
    chat.send('te lang');
    await pass();
    server.refuses = undefined;
    chat.send('kort');
    await pass();
    expect(mine()).toEqual(['kort']);
    expect(state.shown.find(({ text }) => text === 'te lang')?.delivery).toBe('failed');
  });

  test('sent to a conversation that is gone goes to the next one', async () => {
    open();
    await pass();
    server.activities.length = 0;
    chat.send('ben je er nog');
    await pass();
    expect(state.status).toBe('ended');
    chat.again();
    await pass(1000);
    expect(state.status).toBe('online');
    expect(mine()).toEqual(['ben je er nog']);
    expect(texts()).toEqual(['welkom', 'ben je er nog', 'antwoord op ben je er nog']);
  });
});

describe('a conversation', () => {
  test('is found again after a reload', async () => {
    open().send('hallo');
    await pass();
    chat.close();
    open();
    await pass();
    expect(texts()).toEqual(['welkom', 'hallo', 'antwoord op hallo']);
  });

  test('that was gone before the page showed anything of it is begun anew without a word', async () => {
    sessions = memorySessions({ conversationId: 'gone', token: 'old' });
    open();
    await pass(1000);
    expect(state.status).toBe('online');
    expect(texts()).toEqual(['welkom']);
  });

  test('is erased on the server too when it is cleared, and nothing of it comes back', async () => {
    open().send('hallo');
    await pass();
    const cleared = chat.clear();
    await pass();
    expect(await cleared).toBe(true);
    expect(server.asked).toContain('DELETE /conversations/c1');
    await pass(MINUTE);
    expect(texts()).toEqual(['welkom']);
    expect(server.openStreams).toBe(1);
  });

  test('that could not be erased on the server is not said to be', async () => {
    open();
    await pass();
    server.connected = false;
    const cleared = chat.clear();
    await pass(6000);
    expect(await cleared).toBe(false);
    expect(sessions.load()).toBeUndefined();
  });

  test('cleared while the line looks for the server has one line afterwards', async () => {
    open();
    await pass();
    server.connected = false;
    server.breakStreams();
    await pass(3000);
    void chat.clear();
    server.connected = true;
    await pass(MINUTE);
    expect(server.openStreams).toBe(1);
    expect(texts()).toEqual(['welkom']);
  });

  test('goes on in another language; where nothing was said yet it begins with that welcome', async () => {
    open();
    await pass();
    chat.speak('fr');
    await pass();
    expect(server.asked.filter((one) => one === 'POST /conversations')).toHaveLength(2);
    chat.send('bonjour');
    await pass();
    chat.speak('en');
    await pass();
    expect(server.events.at(-1)).toMatchObject({ name: 'language', value: { locale: 'en' } });
    expect(server.asked.filter((one) => one === 'POST /conversations')).toHaveLength(2);
  });
});

describe('a link', () => {
  const openings = () =>
    readOpenings(new URLSearchParams('topic=grooming&c=poster'), { grooming: 'grooming' }, 'nl');

  test('is followed once, also over a reload', async () => {
    open(openings());
    await pass();
    chat.close();
    open(openings());
    await pass();
    expect(mine()).toEqual(['grooming']);
    expect(server.events).toHaveLength(1);
    expect(texts()).toEqual(['welkom', 'grooming', 'antwoord op grooming']);
  });

  test('is followed once the line is there, where it was not', async () => {
    server.connected = false;
    open(openings());
    await pass(5000);
    server.connected = true;
    await pass(MINUTE);
    expect(mine()).toEqual(['grooming']);
    expect(server.events).toHaveLength(1);
  });

  test('is not followed again after the chat was cleared', async () => {
    open(openings());
    await pass();
    void chat.clear();
    await pass(1000);
    expect(texts()).toEqual(['welkom']);
  });
});
