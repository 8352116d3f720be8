/** A visitor as plain requests: what a test of the server needs of Direct Line. */
export interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

export interface Visitor extends Opened {
  send(text: string): Promise<Response>;
  upload(headers?: Record<string, string>): Promise<Response>;
  call(method: string, rest?: string, init?: RequestInit): Promise<Response>;
}

export function ask(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers });
}

export async function begin(
  url: string,
  locale = 'nl',
  headers: Record<string, string> = {},
): Promise<Visitor> {
  const response = await fetch(`${url}/v3/directline/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ locale }),
  });
  if (response.status !== 201) throw new Error(`no conversation: ${response.status}`);
  const opened = (await response.json()) as Opened;
  const call = (method: string, rest = '', init: RequestInit = {}) =>
    fetch(`${url}/v3/directline/conversations/${opened.conversationId}${rest}`, {
      ...init,
      method,
      headers: { authorization: `Bearer ${opened.token}`, ...headers, ...(init.headers as object) },
    });
  return {
    ...opened,
    call,
    send: (text) =>
      call('POST', '/activities', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', text, from: { id: 'visitor' } }),
      }),
    upload(more = {}) {
      const body = new FormData();
      body.set('file', new Blob(['x']), 'photo.png');
      return call('POST', '/upload', { headers: more, body });
    },
  };
}

export async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  return ((await response.json()) as { error: { code: string; message: string } }).error;
}
