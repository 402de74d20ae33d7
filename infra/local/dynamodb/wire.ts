import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Posts texts to one server. */
export interface Wire {
  /** @param headers lines that each end in CR LF. Throws the socket's error when nobody answers. */
  post(headers: string, body: string): Promise<Answer>;
  close(): void;
}

/** By Node's own HTTP client, to whatever server. */
export function openWire(url: string): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const { hostname, port } = new URL(url);
  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        const fields = headers
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(': ') as [string, string]);
        const call = request(
          {
            agent,
            host: hostname,
            port,
            method: 'POST',
            path: '/',
            headers: { ...Object.fromEntries(fields), 'content-length': Buffer.byteLength(body) },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('error', reject);
            answer.on('end', () =>
              resolve({ status: answer.statusCode ?? 500, text: Buffer.concat(chunks).toString() }),
            );
          },
        );
        call.on('error', reject);
        call.end(body);
      }),
    close: () => agent.destroy(),
  };
}
