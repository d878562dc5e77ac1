/**
 * After every action of the desk, the page says what was done, at the place where it was done, and moves the focus
 * there. The address carries only which action it was, so that it works without a script and contains no name and no
 * text.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { Done } from '../../../views/kit/done.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import type { RecordNoun } from '../../base/paths.ts';
import type { RecordingNoun } from '../../consultation/recording.ts';
import { DESK_NOUNS, type DeskNoun, getDeskAction } from '../../desk/actions.ts';
import type { RetentionNoun } from '../../desk/retention.ts';
import { AT_PARAMETER, addressDone, DONE_PARAMETER } from '../kit/done-address.ts';
import { openAround } from '../kit/refill.ts';
import type { Env } from '../kit/services.ts';

type OfPage =
  | 'replies-on-page'
  | 'calls'
  | 'answers'
  | 'absences'
  | 'returns'
  | 'mails'
  | 'numbers'
  | 'draft-gone'
  | 'nothing';
type OfPathway = 'pathway' | 'sheet-begun' | 'sheet-section' | 'sheet-ended';
export type DoneAction =
  | DeskNoun
  | RecordingNoun
  | Extract<RecordNoun, 'corrections'>
  | RetentionNoun
  | OfPage
  | OfPathway;

/** What was done besides the actions of `desk/actions.ts`, which bring their own words. Complete by its type. */
const OTHER_WORDS: Readonly<Record<Exclude<DoneAction, DeskNoun>, string>> = {
  'replies-on-page': 'The answer is written down. They can read it on their page now.',
  asker: 'Saved who asked.',
  child: 'Saved what is said of the child.',
  tellings: 'Written down who was told. Front Door told nobody.',
  consents: 'Saved what was agreed to.',
  parents: 'Saved what the parents were told.',
  sharings: 'Written down what was shared. Nothing was sent by this.',
  police: 'Saved what the police were told. Front Door told nobody.',
  decisions: 'The decision is written down.',
  notes: 'The note is added.',
  corrections: 'The correction stands beside the entry.',
  holds: 'Held: it is not erased before that is lifted.',
  'hold-liftings': 'The hold is lifted.',
  keepings: 'It is kept longer.',
  approvals: 'The erasure is approved.',
  calls: 'Opened, and claimed by you.',
  answers: 'The answers are saved.',
  absences: 'Saved. Your colleagues read it from now on.',
  returns: 'The absence is over.',
  mails: 'It is tried again now.',
  numbers: 'Settled. It is off the list.',
  pathway: 'Saved on the pathway.',
  'sheet-begun': 'The form is begun. Nothing is sent by it.',
  'sheet-section': 'This part is saved.',
  'sheet-ended': 'Saved. Nothing more is written into this form.',
  'draft-gone': 'Thrown away. Nothing else was changed.',
  nothing: 'Nothing was changed: it stood there already.',
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ...DESK_NOUNS.map((noun) => [noun, getDeskAction(noun).done] as const),
  ...Object.entries(OTHER_WORDS),
]);

/** Redirects to the part of the page that says what was done. `at`: the id of that part. */
export function leadToDone(c: Context<Env>, page: string, deed: DoneAction, at?: string): Response {
  return c.redirect(addressDone(page, deed, at), 303);
}

export function sayDone(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const [deed = '', at = ''] = [c.req.query(DONE_PARAMETER), c.req.query(AT_PARAMETER)];
    const words = WORDS.get(deed);
    if (c.req.method !== 'GET' || c.res.status !== 200 || words === undefined) return;
    if (!(c.res.headers.get('Content-Type') ?? '').startsWith('text/html')) return;
    const { headers } = c.res;
    const html = putIn(await c.res.text(), at, renderFragment(Done({ words })));
    c.res = undefined;
    c.res = new Response(html, { headers });
  };
}

/** Puts the message below the heading of its part of the page, or at the top if that part is no longer there. */
function putIn(html: string, at: string, message: string): string {
  const part = /^[\w-]+$/.test(at) ? new RegExp(`<(?:section|div|li)\\b[^>]*\\sid="${at}"[^>]*>`).exec(html) : null;
  const place = part ?? /<main\b[^>]*>/.exec(html);
  if (place === null) return html;
  const from = place.index + place[0].length;
  const heading = part === null ? null : /^\s*<h[2-4]\b[\s\S]*?<\/h[2-4]>/.exec(html.slice(from));
  const end = from + (heading?.[0].length ?? 0);
  return openAround(html.slice(0, end)) + message + html.slice(end);
}
