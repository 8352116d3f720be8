/** As much of the browser's XMLHttpRequest as RxJS 5 needs, over `fetch`. */
export default class XMLHttpRequest {
  readyState = 0;
  status = 0;
  responseType = '';
  responseText = '';
  response: unknown = null;
  timeout = 0;
  withCredentials = false;
  onreadystatechange: (() => void) | null = null;
  onload: (() => void) | null = null;
  onerror: ((error: unknown) => void) | null = null;
  ontimeout: (() => void) | null = null;
  readonly upload = {};
  #method = 'GET';
  #url = '';
  readonly #headers: Record<string, string> = {};
  readonly #abort = new AbortController();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  getResponseHeader(): null {
    return null;
  }

  getAllResponseHeaders(): string {
    return '';
  }

  abort(): void {
    this.#abort.abort();
  }

  send(body?: string): void {
    const { signal } = this.#abort;
    fetch(this.#url, { method: this.#method, headers: this.#headers, signal, ...(body && { body }) })
      .then(async (response) => {
        this.responseText = await response.text();
        this.status = response.status;
        this.response =
          this.responseType === 'json' && this.responseText !== ''
            ? JSON.parse(this.responseText)
            : this.responseText;
        this.readyState = 4;
        this.onreadystatechange?.();
        this.onload?.();
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.onerror?.(error);
      });
  }
}
