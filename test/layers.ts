/** Draws the picture of the layers from the imports: each folder of the code is a box above everything it uses. */
import { dirname } from 'node:path';
import { importsOf, type SourceFile } from './architecture.ts';

/** Each folder with a short description. Subfolders are included. The files directly in `server` start the program. */
const ROOMS: Record<string, string> = {
  server: 'starts and wires everything',
  'server/commands': 'what is run from a terminal',
  'server/web': 'HTTP: routes, sessions, forms',
  views: 'the pages',
  'server/export': 'text, JSON, PDF, CSV',
  'server/doctor': 'looks at the installation',
  'server/backup': 'backups, and restoring one',
  'server/webhooks': 'tells case systems',
  'server/monitoring': 'log lines and metrics',
  'server/mail': 'tells the desks',
  'server/store': 'the database',
  'server/figures': 'what is counted',
  'server/audit': 'the chain of the log',
  'server/people': 'who may do what',
  'server/pathway': 'the pathway of a child',
  'server/desk': 'rules of the duty desk',
  'server/consultation': 'what a person does',
  'server/flow': 'reads, checks, proves, walks flows',
  'server/base': 'addresses and dates',
};

export type Uses = ReadonlyMap<string, ReadonlySet<string>>;

export function roomOf(path: string): string {
  const parts = dirname(path).split('/');
  return parts[0] === 'server' ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** Which folder imports from which. Type imports do not count. */
export function usesOf(files: readonly SourceFile[]): Uses {
  const own = new Set(files.map(({ path }) => path));
  const uses = new Map<string, Set<string>>();
  for (const file of files) if (!uses.has(roomOf(file.path))) uses.set(roomOf(file.path), new Set());
  for (const { from, to, type } of files.flatMap(importsOf)) {
    if (type || !own.has(to) || roomOf(from) === roomOf(to)) continue;
    uses.get(roomOf(from))?.add(roomOf(to));
  }
  return uses;
}

/** Row of each folder, counted from the top: one below the lowest folder that uses it. Throws if folders use each other in a circle. */
export function floorsOf(uses: Uses): ReadonlyMap<string, number> {
  const floors = new Map<string, number>();
  const floorOf = (room: string, way: string[]): number => {
    if (way.includes(room)) throw new Error(`rooms in a circle: ${[...way, room].reverse().join(' → ')}`);
    const users = [...uses].filter(([, used]) => used.has(room)).map(([user]) => user);
    const floor = floors.get(room) ?? Math.max(-1, ...users.map((user) => floorOf(user, [...way, room]))) + 1;
    floors.set(room, floor);
    return floor;
  };
  for (const room of uses.keys()) floorOf(room, []);
  return floors;
}

/** The arrows to draw: direct uses only, without those implied by others. */
function stepsDown(uses: Uses): [string, string][] {
  const reaches = (from: string, to: string): boolean =>
    [...(uses.get(from) ?? [])].some((used) => used === to || reaches(used, to));
  return [...uses].flatMap(([room, used]) =>
    [...used]
      .filter((to) => ![...used].some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [room, to]),
  );
}

const [BOX_WIDTH, BOX_HEIGHT, GAP, RISE] = [226, 52, 18, 104];

export function drawLayers(files: readonly SourceFile[]): string {
  const uses = usesOf(files);
  const floors = floorsOf(uses);
  const lowest = Math.max(...floors.values());
  const rows = Array.from({ length: lowest + 1 }, (_, floor) =>
    [...floors.keys()].filter((room) => floors.get(room) === floor).sort(),
  );
  const width = Math.max(...rows.map(({ length }) => length)) * (BOX_WIDTH + GAP) + GAP;
  const height = (lowest + 1) * RISE;
  const places = new Map(
    rows.flatMap((rooms, floor) => {
      const left = (width - rooms.length * (BOX_WIDTH + GAP) + GAP) / 2;
      const y = RISE * floor + (RISE - BOX_HEIGHT) / 2;
      return rooms.map((room, index) => [room, { x: left + index * (BOX_WIDTH + GAP), y }] as const);
    }),
  );
  const at = (room: string) => places.get(room) ?? { x: 0, y: 0 };
  const lines = stepsDown(uses)
    .sort()
    .map(([from, to]) => drawLine(at(from), at(to)));
  const boxes = [...places].map(([room, place]) => drawBox(room, place));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img">`,
    '<title>The layers: each room stands above those that it uses</title>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...lines,
    ...boxes,
    '</svg>',
  ].join('\n')}\n`;
}

interface Place {
  x: number;
  y: number;
}

function drawLine(from: Place, to: Place): string {
  const [x1, y1, x2, y2] = [from.x + BOX_WIDTH / 2, from.y + BOX_HEIGHT, to.x + BOX_WIDTH / 2, to.y];
  const middle = (y1 + y2) / 2;
  return `<path d="M${x1} ${y1} C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}" fill="none" stroke="#7a8a99" stroke-width="1.5"/>`;
}

function drawBox(room: string, { x, y }: Place): string {
  const words = ROOMS[room];
  if (words === undefined) throw new Error(`${room} is a new room: say in test/layers.ts what it is`);
  const middle = x + BOX_WIDTH / 2;
  return [
    `<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="4" fill="#eef3f7" stroke="#1d3b53"/>`,
    `<text x="${middle}" y="${y + 22}" text-anchor="middle" font-size="15" font-weight="bold" fill="#0b0c0c">${room}</text>`,
    `<text x="${middle}" y="${y + 40}" text-anchor="middle" font-size="12" fill="#0b0c0c">${words}</text>`,
  ].join('');
}
