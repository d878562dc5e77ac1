/** Sits between Front Door and PostgreSQL, on its own socket, and cuts the connection where a test wants it. */

import { mkdirSync } from 'node:fs';
import { createServer, connect as open, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * `deaf`: nothing answers any more, and open connections are cut. `silent`: connections stay open but nothing comes
 * through, as when a machine loses power; new connections work.
 */
export type Cut =
  | 'never'
  | 'before the commit'
  | 'after the commit'
  | 'deaf after the commit'
  | 'silent after the commit';

export interface Proxy {
  url: string;
  cut(when: Cut): void;
  /** Redirects it to the socket in that folder from now on. */
  leadTo(folder: string): void;
  close(): void;
}

const SOCKET = '.s.PGSQL.5432';

/** `url`: of a database behind the socket in `folder`. */
export async function startProxy(url: string, folder: string, ownFolder: string): Promise<Proxy> {
  let [when, target, isDeaf]: [Cut, string, boolean] = ['never', folder, false];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (isDeaf) return void client.destroy();
    const behind = open(join(target, SOCKET));
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    let [isLosing, isSilent] = [false, false];
    client.on('data', (data) => {
      const commits = when !== 'never' && /commit_marks[\s\S]*commit\0/.test(data.toString('latin1'));
      if (commits && when === 'before the commit') return cutOff();
      if (isSilent) return;
      isLosing ||= commits;
      behind.write(data);
    });
    behind.on('data', (data) => {
      if (!isLosing) return void client.write(data);
      if (when === 'silent after the commit') isSilent = true;
      if (!isSilent) cutOff();
      when = 'never';
    });
    behind.on('close', () => client.destroy());
    client.on('close', () => behind.destroy());
    function cutOff(): void {
      isDeaf = when === 'deaf after the commit';
      when = 'never';
      for (const socket of isDeaf ? sockets : [client, behind]) socket.destroy();
    }
  });
  await listen(server, ownFolder);
  const through = new URL(url);
  through.hostname = encodeURIComponent(ownFolder);
  return {
    url: through.href,
    cut: (given) => {
      [when, isDeaf] = [given, false];
    },
    leadTo: (given) => {
      target = given;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

export function listen(server: Server, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  return new Promise((resolve) => server.listen(join(folder, SOCKET), resolve));
}
