import type { Server } from 'node:http';
import { StartError } from './start-error.ts';

/** Listens on this machine only. Resolves to the port; throws StartError PortTaken with the option that helps. */
export function listen(server: Server, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new StartError('PortTaken', `Port ${port} is taken. Stop what uses it, or choose another with ${option}.`),
        );
      else
        reject(
          new StartError(
            'PortRefused',
            `Port ${port} cannot be used: ${error.message}. Choose another with ${option}.`,
          ),
        );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Closes the server and the connections that clients keep open. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
