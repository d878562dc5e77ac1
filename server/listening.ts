/** A port that cannot be taken ends the process in words, with the setting that names it, and with 1. */
import type { Server } from 'node:net';

interface Place {
  setting: 'PORT' | 'METRICS_ADDRESS';
  hostname: string;
  port: number;
}

export function endUnlessListening(server: Server, place: Place): void {
  const end = (error: NodeJS.ErrnoException) => {
    console.error(describe(error, place));
    process.exit(1);
  };
  server.once('error', end);
  server.once('listening', () => server.off('error', end));
}

function describe({ code, message }: NodeJS.ErrnoException, { setting, hostname, port }: Place): string {
  const where = `${hostname}:${port}`;
  const given = setting === 'PORT' ? 'HOST and PORT' : setting;
  const [found, todo] = {
    EADDRINUSE: [`another program listens at ${where}`, `stop it ("ss -ltnp" names it), or give another ${setting}`],
    EACCES: [
      `this user may not listen at ${where}`,
      `give a ${setting} from 1024 on, and let the proxy have the other`,
    ],
    EADDRNOTAVAIL: [`${hostname} is no address of this machine`, `give one that "ip address" shows, or 127.0.0.1`],
  }[code ?? ''] ?? [message, `look at ${given}`];
  return `The server does not start: ${found}\n  expected: a free port on this machine, as ${given} say${setting === 'PORT' ? '' : 's'}\n  to do:    ${todo}`;
}
