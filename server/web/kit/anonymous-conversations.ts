/**
 * Conversations of the public and of children. They are kept encrypted in the browser's cookies and nowhere else: not
 * in memory, on a disk or in a URL. So any server can continue them, a restart loses none, and a flood of visitors
 * cannot push anybody's out. They end when the person leaves, or after an hour.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Random } from '../../consultation/code.ts';
import type { Library } from '../../flow/check/library.ts';
import type { Flow } from '../../flow/flow.ts';
import { versionOf } from '../../flow/language/version.ts';
import { NATIONAL } from '../../flow/national.ts';
import { type Answer, isStillAnswer } from '../../flow/walk/answer.ts';
import { createSeal } from '../../people/seal.ts';
import type { Env } from './services.ts';
import { cookieName, readCookie } from './session.ts';

export interface AnonymousConversation {
  reader: 'public' | 'child';
  flow: Flow;
  answers: Readonly<Record<string, Answer>>;
  /** Whether it was counted: each conversation is counted once, at its end. */
  counted: boolean;
}

export interface AnonymousConversations {
  /** Undefined if this browser has no conversation, or its hour is over. */
  find(c: Context<Env>): AnonymousConversation | undefined;
  /** The questions for the public or for children; they are the same in every area. */
  flowFor(reader: AnonymousConversation['reader']): Flow | undefined;
  /** Replaces the browser's conversation, if it has one. Undefined if there are no questions for this reader. */
  begin(c: Context<Env>, reader: AnonymousConversation['reader']): AnonymousConversation | undefined;
  /** Writes the changed conversation to the browser's cookies. */
  keep(c: Context<Env>, conversation: AnonymousConversation): void;
  end(c: Context<Env>): void;
  /**
   * Sets the language of this browser's pages; undefined is English. It is kept only as long as the conversation,
   * because it says something about the reader.
   */
  speak(c: Context<Env>, language: string | undefined): void;
  languageOf(c: Context<Env>): string | undefined;
}

export interface AnonymousConversationsNeeds {
  /** The same on all servers. The keys that encrypt are derived from it, one for each hour and conversation. */
  key: string | Uint8Array;
  library: Library;
  clock: () => Date;
  random: Random;
  /** Sends cookies over https only. */
  secure: boolean;
}

/** The content of the sealed cookie. The names are short because it travels with every request. */
interface Carried {
  /** When it ends, in milliseconds since 1970. */
  until: number;
  language?: string;
  talk?: {
    reader: AnonymousConversation['reader'];
    /** The version of the flow that was answered. */
    version: string;
    answers: Record<string, Answer>;
    counted: boolean;
  };
}

const COOKIE = 'front_door_talk';
/**
 * Random, new for each conversation, and deleted when it ends. An answer that was still under way can then only restore
 * a cookie that no server can decrypt any more.
 */
const KEY_COOKIE = 'front_door_talk_key';
const KEY_BYTES = 16;
const HOUR_MS = 3_600_000;

export function createAnonymousConversations(needs: AnonymousConversationsNeeds): AnonymousConversations {
  const { library, clock } = needs;
  const ended = createEnded(clock);
  const { read, write, drop, keyOf, giveKey } = createCookies(needs, ended);
  const keep = (c: Context<Env>, conversation: AnonymousConversation, until: number) => {
    const { reader, flow, answers, counted } = conversation;
    const { language } = read(c);
    const talk = { reader, version: versionOf(flow), answers, counted };
    write(c, { until, ...(language !== undefined && { language }), talk });
  };
  return {
    flowFor: (reader) => findFlow(library, reader),
    find(c) {
      const { talk } = read(c);
      const flow = talk && findFlow(library, talk.reader);
      if (talk === undefined || flow === undefined) return undefined;
      const answers = talk.version === versionOf(flow) ? talk.answers : stillAnswers(flow, talk.answers);
      return { reader: talk.reader, flow, answers, counted: talk.counted };
    },
    begin(c, reader) {
      const flow = findFlow(library, reader);
      if (flow === undefined) return undefined;
      const conversation = { reader, flow, answers: {}, counted: false };
      // Read before the key changes, because the language is kept.
      read(c);
      giveKey(c);
      keep(c, conversation, clock().getTime() + HOUR_MS);
      return conversation;
    },
    keep(c, conversation) {
      if (keyOf(c) !== undefined) keep(c, conversation, read(c).until);
    },
    end(c) {
      const key = keyOf(c);
      if (key !== undefined) ended.add(key);
      drop(c);
    },
    speak(c, language) {
      const { language: _, ...rest } = read(c);
      if (language !== undefined) return write(c, { ...rest, language });
      if (rest.talk !== undefined) write(c, rest);
      else drop(c);
    },
    languageOf: (c) => read(c).language,
  };
}

/** Reads and writes the cookies of a browser. */
function createCookies(needs: AnonymousConversationsNeeds, ended: Ended) {
  const { clock, secure, random } = needs;
  const { open, close } = createSeals(needs);
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const;
  /** The decrypted cookies of requests in progress, so that each is decrypted only once. */
  const opened = new WeakMap<Context<Env>, Carried>();
  const keys = new WeakMap<Context<Env>, string | undefined>();

  /** Undefined if the browser has no conversation, or it has ended. */
  function keyOf(c: Context<Env>): string | undefined {
    if (keys.has(c)) return keys.get(c);
    const given = readCookie(c, KEY_COOKIE);
    return given !== undefined && /^[\w-]{22}$/.test(given) && !ended.has(given) ? given : undefined;
  }

  function giveKey(c: Context<Env>): string {
    const key = Buffer.from(random(KEY_BYTES)).toString('base64url');
    keys.set(c, key);
    setCookie(c, cookieName(c, KEY_COOKIE), key, options);
    return key;
  }

  function read(c: Context<Env>): Carried {
    const known = opened.get(c);
    if (known !== undefined) return known;
    const key = keyOf(c);
    const carried = key && open(`${c.get('tokenHash')} ${key}`, getCookie(c, cookieName(c, COOKIE)));
    const now = clock().getTime();
    const valid = carried && carried.until > now ? carried : { until: now + HOUR_MS };
    opened.set(c, valid);
    return valid;
  }

  function write(c: Context<Env>, carried: Carried): void {
    opened.set(c, carried);
    const key = keyOf(c) ?? giveKey(c);
    setCookie(c, cookieName(c, COOKIE), close(`${c.get('tokenHash')} ${key}`, carried), options);
  }

  function drop(c: Context<Env>): void {
    opened.set(c, { until: clock().getTime() + HOUR_MS });
    keys.set(c, undefined);
    for (const name of [COOKIE, KEY_COOKIE]) deleteCookie(c, cookieName(c, name), { path: '/', secure });
  }

  return { read, write, drop, keyOf, giveKey };
}

const MOST_ENDED = 20_000;

type Ended = ReturnType<typeof createEnded>;

/**
 * Keys of conversations that ended within the last hour: a cookie that is sent again after the end is ignored. Kept in
 * memory, so each server knows only those that ended there, until it stops.
 */
function createEnded(clock: () => Date) {
  const left = new Map<string, number>();
  return {
    has: (key: string) => (left.get(key) ?? 0) > clock().getTime(),
    add(key: string) {
      const now = clock().getTime();
      left.set(key, now + HOUR_MS);
      for (const [oldest, until] of left) {
        if (until > now && left.size <= MOST_ENDED) break;
        left.delete(oldest);
      }
    },
  };
}

function findFlow(library: Library, reader: AnonymousConversation['reader']): Flow | undefined {
  return [...(library.areas.get(NATIONAL)?.flows.values() ?? [])].find((flow) => flow.reader === reader);
}

/** If the questions have changed, those whose answers no longer fit are asked again. */
function stillAnswers(flow: Flow, answers: Readonly<Record<string, Answer>>): Record<string, Answer> {
  const fitting = Object.entries(answers).filter(([id, answer]) => {
    const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
    return question !== undefined && isStillAnswer(question, answer);
  });
  return Object.fromEntries(fitting);
}

/**
 * A key for each conversation and hour. The cookie of one browser cannot be decrypted for another, nor a cookie from
 * before the previous hour. The version of the format is part of the key, so that a server of another version does not
 * misread the content. `owner`: the browser and its conversation.
 */
function createSeals({ key, clock, random }: Pick<AnonymousConversationsNeeds, 'key' | 'clock' | 'random'>) {
  const FORM = 2;
  const currentHour = () => Math.floor(clock().getTime() / HOUR_MS);
  const sealFor = (owner: string, hour: number) =>
    createSeal(key, `conversation ${FORM} of ${owner} in hour ${hour}`, random);
  return {
    close: (owner: string, carried: Carried) =>
      `${currentHour()}.${sealFor(owner, currentHour()).close(JSON.stringify(carried))}`,
    open(owner: string, sealed = ''): Carried | undefined {
      const [, digits, body = ''] = /^(\d{1,9})\.([\w-]+)$/.exec(sealed) ?? [];
      const hour = Number(digits ?? Number.NaN);
      if (hour !== currentHour() && hour !== currentHour() - 1) return undefined;
      const text = sealFor(owner, hour).open(body);
      return text === undefined ? undefined : (JSON.parse(text) as Carried);
    },
  };
}
