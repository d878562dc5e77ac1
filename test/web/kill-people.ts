/**
 * Clients that use the server while it is killed. Each works until the server is gone, and records what was
 * acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { paths } from '../../server/base/paths.ts';
import type { Entry } from '../../server/consultation/entry.ts';
import { formToken } from '../../server/web/kit/form-token.ts';
import { COOKIE } from '../../server/web/kit/session.ts';
import { DESK_COOKIE } from '../../server/web/kit/signed-in.ts';
import { answerOf } from '../bench/journey.ts';

/** Something that the server acknowledged as saved. */
export interface Saved {
  consultation: string;
  says: string;
  isIn(entry: Entry): boolean;
  /** A draft: either it is there with this text, or it was sent by now. */
  draft?: { account: string; form: string; text: string };
}

export interface Worker {
  account: string;
  /** The token in the desk's cookie. */
  token: string;
}

interface Sent {
  path: string;
  fields: [string, string][];
  cookie: string;
}

export interface Drive {
  origin: string;
  signal: AbortSignal;
  acknowledge(saved: Saved): void;
  /** Consultations that were handed over and are not known to be claimed. */
  waiting: string[];
  /** Claimed consultations that were left for a colleague to take over. */
  left: { id: string; by: string }[];
  /** The newest forms, to be sent again after the kill. */
  last: Sent[];
}

const MOST_LAST = 20;

class Client {
  readonly token = randomBytes(32).toString('base64url');
  private readonly cookie: string;
  private readonly drive: Drive;

  constructor(drive: Drive, worker?: string) {
    this.drive = drive;
    this.cookie = `${COOKIE}=${this.token}${worker === undefined ? '' : `; ${DESK_COOKIE}=${worker}`}`;
  }

  get(path: string): Promise<Response> {
    return fetch(this.drive.origin + path, { headers: { Cookie: this.cookie }, signal: this.drive.signal });
  }

  post(path: string, given: [string, string][], more: Record<string, string> = {}): Promise<Response> {
    const fields = [['token', formToken(this.token)] as [string, string], ...given];
    const sent = { path, fields, cookie: this.cookie };
    this.drive.last.push(sent);
    if (this.drive.last.length > MOST_LAST) this.drive.last.shift();
    return send(this.drive, sent, more);
  }
}

function send({ origin, signal }: Drive, { path, fields, cookie }: Sent, more: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  return fetch(origin + path, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { ...more, Cookie: cookie, Accept: 'text/html' },
    signal,
  });
}

/** After a kill, people press the button again. Whatever the answer is, it must have had one effect. */
export async function resend(drive: Drive, sent: readonly Sent[]): Promise<void> {
  for (const one of sent) await (await send(drive, one)).text();
}

/**
 * One interview after the other: some questions, with each answer sometimes sent twice, and then handed over to the
 * duty desk.
 */
export async function interview(drive: Drive): Promise<void> {
  for (;;) {
    const client = new Client(drive);
    const opened = await client.post(paths.consultations(), [
      ['area', 'bury'],
      ['flow', 'level'],
    ]);
    const first = expect(opened, 303).headers.get('Location') ?? '';
    const id = first.split('/')[2] ?? '';
    drive.acknowledge({ consultation: id, says: 'its beginning', isIn: ({ what }) => what.kind === 'opened' });
    const page = await expect(await client.get(first), 200).text();
    await answerSome(drive, client, id, page);
    const asked = await client.post(paths.handovers(id), [
      ['question', `What about ${id}?`],
      ['reach', '0161 496 0001'],
    ]);
    expect(asked, 303);
    drive.acknowledge({ consultation: id, says: 'the handover', isIn: ({ what }) => what.kind === 'handed over' });
    drive.waiting.push(id);
  }
}

async function answerSome(drive: Drive, client: Client, id: string, first: string): Promise<void> {
  let page = first;
  for (let count = Math.ceil(Math.random() * 6); count > 0; count--) {
    const fields = answerOf(page).filter(([name]) => name !== 'token');
    const [question, value] = fields.at(-1) ?? ['', ''];
    const part = { 'HX-Request': 'true' };
    const both = Math.random() < 0.3 ? [client.post(paths.answers(id), fields, part)] : [];
    const [reply] = await Promise.all([client.post(paths.answers(id), fields, part), ...both]);
    page = await expect(reply as Response, 200).text();
    drive.acknowledge({
      consultation: id,
      says: `the answer to ${question}`,
      isIn: ({ what }) =>
        what.kind === 'answered' && what.question === question && [what.answer].flat().map(String).includes(value),
    });
    if (!page.includes('name="question"')) return;
  }
}

const RECORD: [string, string][] = [
  // Whatever was answered by then, this outcome does not do less than is advised.
  ['outcome', 'referral_agreed'],
  ['reason', 'The school and the family want help'],
  ['decidedBy', 'The duty worker'],
  ['field-screening', 'other_concern'],
  ['field-parents_told', 'told'],
  ['field-agreed_course', 'The school keeps watch'],
  ['field-concern', 'neglect'],
];

/**
 * Claims a consultation in competition with others, or takes over one that was left; saves and sends a note, and
 * records an outcome.
 */
export async function claimAndDecide(drive: Drive, worker: Worker): Promise<void> {
  const client = new Client(drive, worker.token);
  while (!drive.signal.aborted) {
    const taken = await takeOverOne(drive, client, worker);
    const id = taken ?? (await claimOne(drive, client, worker));
    if (id === undefined) continue;
    await writeNote(drive, client, { id, ...worker });
    if (taken === undefined && Math.random() < 0.3) {
      drive.left.push({ id, by: worker.account });
      continue;
    }
    const decided = await client.post(paths.deskAction(id, 'outcomes'), RECORD);
    // A colleague may have taken it over from a page that was shown before a kill.
    if (decided.status === 409) continue;
    expect(decided, 303);
    drive.acknowledge({ consultation: id, says: 'the outcome', isIn: ({ what }) => what.kind === 'outcome recorded' });
  }
}

async function claimOne(drive: Drive, client: Client, { account }: Worker): Promise<string | undefined> {
  const id = drive.waiting[0];
  if (id === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return undefined;
  }
  const claimed = await client.post(paths.deskAction(id, 'claims'), []);
  if (drive.waiting[0] === id) drive.waiting.shift();
  if (claimed.status === 409) return undefined;
  expect(claimed, 303);
  drive.acknowledge({
    consultation: id,
    says: 'the claim',
    isIn: ({ what, who }) => what.kind === 'claimed' && who?.id === account,
  });
  return id;
}

/** Several open the page before one of them sends: only one gets it. */
async function takeOverOne(drive: Drive, client: Client, { account }: Worker): Promise<string | undefined> {
  const left = drive.left.find(({ by }) => by !== account);
  if (left === undefined) return undefined;
  const page = await expect(await client.get(paths.deskRecord(left.id)), 200).text();
  const seen = /name="seen" value="(\d+)"/.exec(page)?.[1];
  // The list outlives the round; the first one takes it off.
  const place = drive.left.indexOf(left);
  if (place !== -1) drive.left.splice(place, 1);
  // Somebody else has taken it in the meantime.
  if (seen === undefined) return undefined;
  const taken = await client.post(paths.deskAction(left.id, 'take-overs'), [
    ['seen', seen],
    ['reason', 'The colleague went home'],
  ]);
  if (taken.status === 409) return undefined;
  expect(taken, 303);
  drive.acknowledge({
    consultation: left.id,
    says: 'the take-over',
    isIn: ({ what, who }) => (what.kind === 'taken over' || what.kind === 'claimed') && who?.id === account,
  });
  return left.id;
}

/** Types a note, and sends it or not. */
async function writeNote(drive: Drive, client: Client, { id, account }: Worker & { id: string }): Promise<void> {
  const [form, text] = [paths.deskAddition(id, 'notes'), `A note of ${account} about ${id}`];
  const isIn = ({ what }: Entry) => what.kind === 'noted' && what.text === text;
  const kept = await client.post(paths.drafts(), [
    ['draft-form', form],
    ['draft-page', paths.deskRecord(id)],
    ['text', text],
  ]);
  expect(kept, 204);
  drive.acknowledge({ consultation: id, says: 'the draft', isIn, draft: { account, form, text } });
  if (Math.random() < 0.4) return;
  const noted = await client.post(form, [
    ['seen', '1'],
    ['text', text],
  ]);
  if (noted.status === 409) return;
  expect(noted, 303);
  drive.acknowledge({ consultation: id, says: 'the note', isIn });
}

/** The server gave a wrong answer. */
export class Unexpected extends Error {}

function expect(reply: Response, status: number): Response {
  if (reply.status !== status) throw new Unexpected(`${reply.url} answered ${reply.status}, not ${status}`);
  return reply;
}
