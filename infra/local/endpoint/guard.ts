import type { IncomingHttpHeaders } from 'node:http';

/**
 * Keeps web pages of other places from driving the stack, which listens for anybody on this machine: the Host header
 * must name this machine (a page that points its own name at 127.0.0.1 does not), and a request made by a page must come
 * from a page of this machine. Returns why a request is refused.
 */
export function refuses(headers: IncomingHttpHeaders): string | undefined {
  const host = headers.host ?? '';
  if (!isLoopback(host.replace(/:\d+$/, ''))) return `requests for ${host || 'no host'} are not answered here`;
  const { origin } = headers;
  if (origin === undefined) return undefined;
  const from = URL.canParse(origin) ? new URL(origin).hostname : origin;
  return isLoopback(from) ? undefined : `requests from pages of ${origin} are not answered here`;
}

const isLoopback = (name: string) => /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(name);
