/** What the routes are given. Everything that is not pure comes in here. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Assets, PageContext } from '../../../views/kit/page-context.ts';
import type { Access } from '../../audit/access.ts';
import { localDay } from '../../base/days.ts';
import type { Now } from '../../desk/deadlines.ts';
import type { Library } from '../../flow/check/library.ts';
import type { Desk } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { Metrics } from '../../monitoring/metrics.ts';
import type { Hasher } from '../../people/hasher.ts';
import type { Organisation } from '../../people/organisation.ts';
import type { ReadLeaked } from '../../people/password.ts';
import type { Action } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Seal } from '../../people/seal.ts';
import type { Store } from '../../store/store.ts';
import type { AnonymousConversations } from './anonymous-conversations.ts';
import { WebProblem } from './problem.ts';

/** The files that browsers load, by name, including those compressed in advance. */
export type BuiltFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface Services {
  library: Library;
  store: Store;
  /** Conversations of the public and of children, which travel with their browsers. */
  conversations: AnonymousConversations;
  assets: Assets;
  builtFiles: BuiltFiles;
  clock: () => Date;
  /** Returns this many random bytes. */
  random: (bytes: number) => Buffer;
  /** Whether cookies are sent over https only. */
  secure: boolean;
  signing: Signing;
  /** Numbers below it are hidden in the figures; `USUAL_FLOOR` by default. */
  figuresFloor?: number;
  /** How many server processes share the work; 1 by default. */
  servers?: number;
  /** Whether a webhook may call a host. Undefined for a name, which is looked up before each call. */
  allowsWebhook: (host: string) => boolean | undefined;
  /** Whether the desk of an area is told by mail. */
  hasMail?: (area: string) => boolean;
  /** The operator's log; nothing about a child goes into it. */
  log: Logger;
  metrics: Metrics;
}

/** What signing in needs. */
export interface Signing {
  hasher: Hasher;
  /** Finds leaked passwords, which may not be chosen. */
  readLeaked: ReadLeaked;
  /** Seals what has to be read again, such as the secrets of authenticator apps. */
  seal: Seal;
  /** Seals the drafts of one account; no other account's key opens them. */
  sealOf: (account: string) => Seal;
  /** Signs challenges: anybody who has it can make one. */
  challengeKey: Uint8Array;
  /** Encrypts the conversations of the public and of children: anybody who has it can read them. */
  conversationKey: Uint8Array;
  /** Signs the tokens of forms: anybody who has it can make one for any account. */
  formKey: Uint8Array;
  /** For example `https://frontdoor.example.org`. If undefined, the host of the request is used. */
  publicUrl?: string | undefined;
  /** The header in which our own proxy gives the browser's address; undefined if there is no proxy. */
  addressHeader?: string | undefined;
  /** Single sign-on; undefined if it is not set up. */
  organisation?: Organisation | undefined;
}

export interface Env {
  Variables: {
    /** In every log line about this request, and on the error page if it fails. */
    requestId: string;
    /** Whether readers connect over TLS only. */
    secure: boolean;
    /** The random token in this browser's cookie. The database has only its hash. */
    token: string;
    tokenHash: string;
    /** The account for which a form with this token was made in this browser. */
    accountOf: (formToken: string) => string | undefined;
    /** What surrounds the content of every page. */
    page: PageContext;
    /** The flow of the consultation, once it is known, so that an error page shows the right front door. */
    flow: Flow;
    /** The signed-in person; undefined if nobody is signed in. */
    person: Person | undefined;
    /** Whether they signed in within the last ten minutes. */
    isFresh: boolean;
    /** Records that the person was active. */
    keepAlive: () => Promise<void>;
    /** Logs who saw what, for pages that do not log it themselves. */
    record: (access: Pick<Access, 'what' | 'consultation' | 'body'>) => Promise<void>;
    /** Part of what was sent was not saved, so the draft of the form is kept. */
    draftStays: boolean;
    /** Names of inputs of a refused form that contain nothing new, so they need no draft. */
    savedInputs: readonly string[];
    /** Path of the page that has the form, as named by the route. */
    formPage: string;
    /** Whether it has been logged that the person saw this page. */
    accessLogged: boolean;
    /** The action that the route named. */
    action: Action;
  };
  /** From Node's server; missing if the app is called directly. */
  Bindings: { incoming: IncomingMessage; outgoing?: ServerResponse };
}

export function today(services: Pick<Services, 'clock'>): string {
  return localDay(services.clock());
}

/** The present instant, and the day it is in London. */
export function nowOf(services: Pick<Services, 'clock'>): Now {
  return { at: services.clock().toISOString(), today: today(services) };
}

/** The duty desk of an area. Throws "not found" for an area without one. */
export function deskOf({ library }: Pick<Services, 'library'>, area: string): Desk {
  const desk = library.areas.get(area)?.desk;
  if (desk === undefined) throw new WebProblem('not found');
  return desk;
}
