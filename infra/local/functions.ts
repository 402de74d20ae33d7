import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionSpec } from '../topology.ts';
import type { Arns } from './arns.ts';
import type { Handler, HostedFunction } from './lambda/host.ts';
import { parseRoute, type Route } from './lambda/http-routes.ts';
import { functionFullName, tableFullName } from './names.ts';
import type { StreamMapping } from './streams/streams.ts';

/** The functions of a topology as the host runs them: their entry files, imported in this process. */
export function hostedFunctions(specs: Readonly<Record<string, FunctionSpec>>, root: string): HostedFunction[] {
  return Object.entries(specs).map(([name, spec]) => ({
    name: functionFullName(name),
    timeoutSeconds: spec.timeoutSeconds,
    memoryMb: spec.memoryMb,
    load: () => loadHandler(join(root, spec.entry), spec.entry),
  }));
}

async function loadHandler(file: string, entry: string): Promise<Handler> {
  if (!existsSync(file)) throw new Error(`${entry} does not exist`);
  let module: { handler?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { handler?: unknown };
  } catch (error) {
    throw new Error(`${entry} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (typeof module.handler !== 'function') throw new Error(`${entry} exports no function named handler`);
  return module.handler as Handler;
}

export function httpRoutes(specs: Readonly<Record<string, FunctionSpec>>): Route[] {
  return Object.entries(specs).flatMap(([name, { trigger }]) =>
    trigger.type === 'http'
      ? trigger.routes.map((route) => parseRoute(route, functionFullName(name), trigger.auth))
      : [],
  );
}

export function streamMappings(specs: Readonly<Record<string, FunctionSpec>>, arns: Arns): StreamMapping[] {
  return Object.entries(specs).flatMap(([name, { trigger }]) =>
    trigger.type === 'stream'
      ? [
          {
            table: tableFullName(trigger.table),
            functionName: functionFullName(name),
            functionArn: arns.fn(functionFullName(name), 'live'),
            batchSize: trigger.batchSize,
            windowSeconds: trigger.windowSeconds ?? 0,
            onlyInserts: trigger.onlyInserts ?? false,
          },
        ]
      : [],
  );
}
