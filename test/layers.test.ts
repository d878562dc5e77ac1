import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from './architecture.ts';
import { drawLayers, floorsOf, usesOf } from './layers.ts';

const root = join(import.meta.dirname, '..');
const files = readSources(root);

const file = (path: string, ...seen: string[]): SourceFile => ({
  path,
  text: seen.map((to) => `import { a } from '${to}';`).join('\n'),
});

describe('the picture of the layers', () => {
  it('is up to date; if not, run: npm run layers', () => {
    expect(readFileSync(join(root, 'docs', 'layers.svg'), 'utf8')).toBe(drawLayers(files));
  });

  it('changes with an import, and not with an import of a type', () => {
    const [mail] = files.filter(({ path }) => path.startsWith('server/mail/'));
    if (mail === undefined) throw new Error('there is no mail');
    const withImport = (line: string) =>
      drawLayers(files.map((one) => (one === mail ? { ...one, text: `${line}\n${one.text}` } : one)));
    expect(withImport("import type { A } from '../export/csv.ts';")).toBe(drawLayers(files));
    expect(withImport("import { toCsv } from '../export/csv.ts';")).not.toBe(drawLayers(files));
  });

  it('puts each folder above everything that it uses', () => {
    const floors = floorsOf(usesOf(files));
    for (const [room, used] of usesOf(files))
      for (const below of used)
        expect([room, below, (floors.get(room) ?? 0) < (floors.get(below) ?? 0)]).toEqual([room, below, true]);
    expect(floors.get('server/commands')).toBe(0);
  });

  it('cannot be drawn for folders in a circle, nor for a folder without a description', () => {
    const circle = [
      file('server/web/desk/a.ts', '../../store/b.ts'),
      file('server/store/b.ts', '../web/kit/c.ts'),
      file('server/web/kit/c.ts'),
    ];
    expect(() => drawLayers(circle)).toThrow(/^rooms in a circle: /);
    expect(() => drawLayers([file('server/new-room/a.ts')])).toThrow(/server\/new-room is a new room: say in/);
  });
});
