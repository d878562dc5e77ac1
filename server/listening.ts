/** A port that cannot be taken ends the process in words, with the setting that names it, and with 1. */
import type { Server } from 'node:net';

interface Place {
  setting: 'PORT' | 'METRICS_ADDRESS';
  hostname: string;
  port: number;
}

/** Resolves once it listens. */
export function endUnlessListening(server: Server, place: Place): Promise<void> {
  const end = (error: NodeJS.ErrnoException) => {
    console.error(describe(error, place));
    process.exit(1);
  };
  server.once('error', end);
  return new Promise((resolve) => {
    server.once('listening', () => {
      server.off('error', end);
      resolve();
    });
  });
}

function describe({ code, message }: NodeJS.ErrnoException, { setting, hostname, port }: Place): string {
  const where = `${hostname}:${port}`;
  const isPort = setting === 'PORT';
  const given = isPort ? 'HOST and PORT' : setting;
  const noAddress = [`${hostname} is no address of this machine`, `give one that "ip address" shows, or 127.0.0.1`];
  const [found, todo] = {
    EADDRINUSE: [`another program listens at ${where}`, `stop it ("ss -ltnp" names it), or give another ${setting}`],
    EACCES: [
      `this user may not listen at ${where}`,
      isPort ? 'give a PORT from 1024 on, and let the proxy have the other' : `give ${setting} a port from 1024 on`,
    ],
    EADDRNOTAVAIL: noAddress,
    ENOTFOUND: noAddress,
    EAI_AGAIN: noAddress,
  }[code ?? ''] ?? [message, `look at ${given}`];
  return `The server does not start: ${found}\n  expected: ${isPort ? `a free port on this machine, as ${given} say` : `a free port on this machine for each server: that of ${given}, and the ones after it`}\n  to do:    ${todo}`;
}
