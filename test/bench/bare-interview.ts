/**
 * The second yardstick: the least that an interview with a record can be. A bare Hono application on the same database,
 * with the same durability: a browser's session, a token against forged forms, a next question that depends on the
 * answers, a log of answers that is on the disk before the reply, escaped HTML of as many bytes as ours, with the same
 * headers. It has nothing else: no chain, no flow, no proof, no roles, no drafts. It is written the usual way for Hono:
 * nothing that the job needs is left out, and nothing is slowed down.
 *
 * It answers the same requests as `journey.ts` makes. QUESTIONS says how long it is; SIZES and HEADERS are those of our
 * own answers, as JSON.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import Sqlite from 'better-sqlite3';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Sizes } from './journey.ts';

const QUESTIONS = Number(process.env.QUESTIONS);
const SIZES = JSON.parse(process.env.SIZES ?? '') as Sizes;
const HEADERS = Object.entries(JSON.parse(process.env.HEADERS ?? '') as Record<string, string>);

const db = new Sqlite(join(process.env.DATA_DIR ?? '', 'bare.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
  create table consultations (id text primary key, session text not null) strict;
  create table answers (
    consultation text not null, number integer not null, question text not null, answer text not null, at text not null,
    primary key (consultation, number)
  ) strict`);
const open = db.prepare('insert into consultations values (?, ?)');
const ownerOf = db.prepare('select session from consultations where id = ?').pluck();
const answersOf = db.prepare('select question, answer from answers where consultation = ? order by number');
const answer = db.prepare('insert into answers values (?, ?, ?, ?, ?)');

interface Answer {
  question: string;
  answer: string;
}

const key = randomBytes(32);
const tokenOf = (session: string) => createHmac('sha256', key).update(session).digest('base64url');

function sessionOf(c: Context): string {
  const known = getCookie(c, 'session');
  if (known !== undefined) return known;
  const made = randomBytes(16).toString('base64url');
  setCookie(c, 'session', made, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return made;
}

/** Undefined at the end. A "yes" shortens the interview, so the answers have to be read. */
function nextQuestion(answers: readonly Answer[]): string | undefined {
  const skipped = answers.filter((given) => given.answer === 'yes').length;
  const next = answers.length + skipped + 1;
  return next > QUESTIONS ? undefined : `question_${next}`;
}

/** Words with characters that have to be escaped, as ours have. */
const WORDS = `Think of what you have seen & heard; "don't know" is an answer, too. `;
const WORDS_ESCAPED = String(html`${WORDS}`).length;
const paddings = new Map<keyof Sizes, string>();

/** Pads a page to the size of ours, by the size that the first page of its kind has without padding. */
function fill(kind: keyof Sizes, render: (padding: string) => unknown): string {
  const known = paddings.get(kind);
  if (known !== undefined) return String(render(known));
  const missing = Math.max(0, SIZES[kind] - String(render('')).length);
  const times = Math.floor(missing / WORDS_ESCAPED);
  const made = WORDS.repeat(times) + 'x'.repeat(missing - times * WORDS_ESCAPED);
  paddings.set(kind, made);
  return String(render(made));
}

const OPTIONS = ['yes', 'no', 'unknown'];

function step(session: string, question: string, answers: readonly Answer[], padding: string) {
  const seen = answers.map((given) => html`<li>${given.question}: ${given.answer}</li>`);
  const options = OPTIONS.map(
    (value) => html`<label><input type="radio" name="${question}" value="${value}"> ${value}</label>`,
  );
  return html`<main><ol>${seen}</ol><form method="post"><input type="hidden" name="token" value="${tokenOf(session)}">
<input type="hidden" name="question" value="${question}"><input type="hidden" name="seen" value="${answers.length}">
<fieldset><legend>${question}</legend>${options}</fieldset><p>${padding}</p><button>Continue</button></form></main>`;
}

const whole = (main: unknown) =>
  html`<!doctype html><html lang="en"><head><title>Bare</title></head><body>${main}</body></html>`;

const app = new Hono();
app.use(async (c, next) => {
  for (const [name, value] of HEADERS) c.header(name, value);
  await next();
});
app.get('/areas/bury', (c) => {
  const token = tokenOf(sessionOf(c));
  const doors = (padding: string) => html`<form method="post"><input type="hidden" name="token" value="${token}">
<input type="hidden" name="area" value="bury"><input type="hidden" name="flow" value="level"><p>${padding}</p></form>`;
  return c.html(fill('doors', (padding) => whole(doors(padding))));
});

async function postedBy(session: string, c: Context) {
  const form = await c.req.parseBody();
  const [sent, expected] = [Buffer.from(String(form.token)), Buffer.from(tokenOf(session))];
  return sent.length === expected.length && timingSafeEqual(sent, expected) ? form : undefined;
}

app.post('/consultations', async (c) => {
  const session = sessionOf(c);
  if ((await postedBy(session, c)) === undefined) return c.text('This form is too old', 403);
  const id = randomBytes(16).toString('base64url');
  open.run(id, session);
  return c.redirect(`/consultations/${id}/questions/question_1`, 303);
});

app.get('/consultations/:id/:page{questions/[a-z0-9_]+|result}', (c) => {
  const session = sessionOf(c);
  const id = c.req.param('id');
  if (ownerOf.get(id) !== session) return c.notFound();
  const answers = answersOf.all(id) as Answer[];
  const question = nextQuestion(answers);
  if (question !== undefined)
    return c.html(fill('page', (padding) => whole(step(session, question, answers, padding))));
  const given = answers.map((one) => html`<li>${one.question}: ${one.answer}</li>`);
  return c.html(fill('result', (padding) => whole(html`<main><ol>${given}</ol><p>${padding}</p></main>`)));
});

app.post('/consultations/:id/answers', async (c) => {
  const session = sessionOf(c);
  const form = await postedBy(session, c);
  if (form === undefined) return c.text('This form is too old', 403);
  const id = c.req.param('id');
  if (ownerOf.get(id) !== session) return c.notFound();
  const answers = answersOf.all(id) as Answer[];
  const question = nextQuestion(answers);
  const chosen = String(form[String(question)]);
  if (question === undefined || form.question !== question || !OPTIONS.includes(chosen))
    return c.text('Answer again', 422);
  answer.run(id, answers.length + 1, question, chosen, new Date().toISOString());
  answers.push({ question, answer: chosen });
  const next = nextQuestion(answers);
  if (next === undefined) return c.body(null, 200, { 'HX-Redirect': `/consultations/${id}/result` });
  return c.html(fill('step', (padding) => step(session, next, answers, padding)));
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
