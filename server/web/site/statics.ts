/**
 * The built files. They are read once and sent as they were compressed in advance. A file's name contains the hash of
 * its content, so it never changes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Hono } from 'hono';
import type { Assets } from '../../../views/kit/page-context.ts';
import { paths } from '../../base/paths.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import type { BuiltFiles, Env, Services } from '../kit/services.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export function readBuiltFiles(distDir: string): BuiltFiles {
  return new Map(readdirSync(distDir).map((name) => [name, new Uint8Array(readFileSync(join(distDir, name)))]));
}

export function statics({ builtFiles }: Pick<Services, 'builtFiles'>): Hono<Env> {
  return new Hono<Env>().get(paths.file(':name'), (c) => {
    const name = param(c, 'name');
    const type = TYPES[extname(name)];
    const plain = builtFiles.get(name);
    if (type === undefined || plain === undefined) throw new WebProblem('not found');
    const accepted = acceptedEncodings(c.req.header('Accept-Encoding') ?? '');
    const encoding = ENCODINGS.find(([word, ending]) => accepted.has(word) && builtFiles.has(name + ending));
    const body = encoding === undefined ? plain : (builtFiles.get(name + encoding[1]) ?? plain);
    return c.body(body, 200, {
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(encoding !== undefined && { 'Content-Encoding': encoding[0] }),
    });
  });
}

/** The encodings that the browser accepts: `br;q=0` means that it does not accept br. */
function acceptedEncodings(header: string): Set<string> {
  const wanted = header
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*q\s*=\s*/))
    .filter(([, quality]) => quality === undefined || Number(quality) > 0);
  return new Set(wanted.map(([word = '']) => word));
}

/** Throws if the files were not built. */
export function readAssets(files: BuiltFiles): Assets {
  const url = (name: string) => paths.file(hashedName(files, name));
  return {
    styles: url('app.css'),
    restOfStyles: url('rest.css'),
    script: url('app.js'),
    firstScript: url('first.js'),
    conversation: url('conversation.js'),
    desk: url('desk.js'),
    exit: url('exit.js'),
    passkey: url('passkey.js'),
    handoverSheet: url('handover-sheet.js'),
    numbers: url('numbers.js'),
    icon: url('icon.svg'),
  };
}

/** The text of a built file, by its name in the manifest. Throws if it was not built. */
export function readBuilt(files: BuiltFiles, name: string): string {
  return textOf(files, hashedName(files, name));
}

function hashedName(files: BuiltFiles, name: string): string {
  const manifest = JSON.parse(textOf(files, 'manifest.json')) as Record<string, string>;
  const hashed = manifest[name];
  if (hashed === undefined) throw new Error(`static/dist has no ${name}. Run: npm run build`);
  return hashed;
}

function textOf(files: BuiltFiles, name: string): string {
  return new TextDecoder().decode(files.get(name));
}
