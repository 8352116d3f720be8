/** A dialog over the real Direct Line channel: begun by a link, led by its buttons, interrupted, finished. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../helpers.ts';

let running: RunningServer;
beforeAll(async () => {
  running = await startServer();
});
afterAll(() => running.server.close());

interface Activity {
  readonly text: string;
  readonly locale: string;
  readonly from: { readonly role: string };
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: string }[];
  };
  readonly channelData: { readonly answer?: { readonly id: string } | null; readonly dialog?: object };
}

/** A conversation with the server, one request a message. */
async function open(locale: string) {
  const base = `${running.url}/v3/directline/conversations`;
  const post = (url: string, token: string | undefined, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const begun = (await (await post(base, undefined, { locale })).json()) as {
    conversationId: string;
    token: string;
  };
  const address = `${base}/${begun.conversationId}/activities`;
  const send = async (activity: object) => {
    const sent = await post(address, begun.token, { from: { id: 'visitor' }, ...activity });
    expect(sent.status).toBe(200);
    const read = await fetch(address, { headers: { authorization: `Bearer ${begun.token}` } });
    const { activities } = (await read.json()) as { activities: Activity[] };
    return activities;
  };
  const last = async (activity: object) => (await send(activity)).at(-1) as Activity;
  return {
    event: (value: unknown) => last({ type: 'event', name: 'dialog', value }),
    count: async (value: unknown) => (await send({ type: 'event', name: 'dialog', value })).length,
    say: (text: string) => last({ type: 'message', text }),
  };
}

const titles = ({ suggestedActions }: Activity) => suggestedActions?.actions.map(({ title }) => title) ?? [];

test('a link begins the dialog in the language of the page, and its buttons lead to the end', async () => {
  const chat = await open('fr');
  let reply = await chat.event({ dialog: 'quiz' });
  expect(reply).toMatchObject({
    locale: 'fr',
    channelData: { answer: { id: 'dialog.quiz' }, dialog: { id: 'quiz', event: 'started' } },
  });
  for (let turn = 0; turn < 20 && !/finished/.test(JSON.stringify(reply.channelData.dialog)); turn++) {
    reply = await chat.say(titles(reply)[0] ?? '');
  }
  expect(reply.channelData.dialog).toEqual({ id: 'quiz', event: 'finished' });
  expect(reply.text).toMatch(/Ton score|bonnes réponses/);
  expect(titles(reply).length).toBeGreaterThan(0);
});

test('back, a question in between, a human and the safe word work over the wire', async () => {
  const chat = await open('nl');
  const question = await chat.say('Hulp, stap voor stap');
  expect(titles(question)).toContain('Iemand dreigt of chanteert');
  await chat.say('Iemand dreigt of chanteert');
  expect((await chat.say('Terug')).text).toBe(question.text);
  const between = await chat.say('wat is sextortion');
  expect(between.channelData.answer?.id).toBe('sextortion.definition');
  expect(between.text).toContain('Zullen we verdergaan');
  expect((await chat.say('ja')).text).toContain('Wat is er aan de hand?');
  expect((await chat.say('Een mens')).channelData.answer?.id).toBe('child-focus.contact');
  expect((await chat.say('STOP')).channelData.dialog).toEqual({ id: 'get-help', event: 'left' });
});

test.each([
  ['an unknown dialog', { dialog: 'nothing' }],
  ['a name of the language itself', { dialog: 'constructor' }],
  ['no name', {}],
  ['a number', { dialog: 7 }],
  ['no value', undefined],
])('%s is passed over, and the chat goes on', async (_name, value) => {
  const chat = await open('en');
  expect(await chat.count(value)).toBe(1);
  expect((await chat.say('what is grooming')).channelData.answer?.id).toBe('grooming.definition');
});
