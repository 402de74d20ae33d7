import { createServer, type RequestListener, type Server } from 'node:http';
import { StartError } from './start-error.ts';

/** A server whose port is taken before there is anything to serve: until then it answers 503, "starting". */
export interface HeldPort {
  readonly server: Server;
  serve(listener: RequestListener): void;
}

export function holdPort(): HeldPort {
  let listener: RequestListener = (_, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end('{"ready":false,"message":"Pergola is starting."}');
  };
  const server = createServer((request, response) => listener(request, response));
  // Connections are kept as long as the SDKs keep them.
  server.keepAliveTimeout = 65_000;
  return {
    server,
    serve(wanted) {
      listener = wanted;
    },
  };
}

/** So many connections may wait to be taken; Node's own 511 are fewer than a load test opens at once. */
const AT_THE_DOOR = 4096;

/** Listens on this machine only. Resolves to the port; throws StartError PortTaken with the option that helps. */
export function listen({ server }: HeldPort, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken. Stop what uses it' : `cannot be used: ${error.message}`;
      reject(new StartError('PortTaken', `Port ${port} ${why}, or choose another with ${option}.`));
    });
    server.listen({ port, host: '127.0.0.1', backlog: AT_THE_DOOR }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Closes the server and the connections that clients keep open. */
export function closePort({ server }: HeldPort): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
