#!/usr/bin/env node
// Plain JavaScript that any Node can read: it only sees to it that the rest runs on Node 24 or later.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= NEEDED) {
  const { main } = await import('../infra/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned) && !process.env.PERGOLA_PINNED_NODE) {
    const child = spawn(pinned, process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, PERGOLA_PINNED_NODE: '1' },
    });
    // What ends this process is meant for that one. Ctrl-C in a terminal reaches both by itself.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + constants.signals[signal];
    });
  } else {
    console.error(
      `Pergola needs Node ${NEEDED} or later; this is ${process.versions.node}. Run "npm install" first: it brings its own.`,
    );
    process.exitCode = 1;
  }
}
