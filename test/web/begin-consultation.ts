/** A consultation begins as a professional begins one: by the button of a door. */
import { paths } from '../../server/base/paths.ts';
import type { Browser } from './people/browser.ts';

const MAIN_DOOR = { area: 'bury', flow: 'level' };

export interface Begun {
  id: string;
  /** Address of its first page, where the browser is now. */
  at: string;
}

/** Throws if it was not opened. */
export async function beginConsultation(
  browser: Browser,
  door: { area: string; flow: string } = MAIN_DOOR,
): Promise<Begun> {
  const { status, location } = await browser.post(paths.consultations(), door, paths.area(door.area));
  const at = location ?? '';
  const id = /^\/consultations\/([\w-]+)/.exec(at)?.[1];
  if (id === undefined) throw new Error(`no consultation was opened at ${door.area}/${door.flow}: ${status} ${at}`);
  return { id, at };
}
