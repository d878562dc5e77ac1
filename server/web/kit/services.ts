/** What the routes are given; everything that is not pure arrives here. */

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

/** What browsers load, by name; what was compressed ahead among it. */
export type BuiltFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface Services {
  library: Library;
  store: Store;
  /** Conversations of the public and of children, which travel with their browsers. */
  conversations: AnonymousConversations;
  assets: Assets;
  builtFiles: BuiltFiles;
  clock: () => Date;
  /** So many random bytes. */
  random: (bytes: number) => Buffer;
  /** Cookies over https alone. */
  secure: boolean;
  signing: Signing;
  /** Numbers below it are hidden in the figures; `USUAL_FLOOR` unless told. */
  figuresFloor?: number;
  /** How many processes share the work; 1 unless told. */
  servers?: number;
  /** Whether a webhook may go to a host; undefined for a name, which is looked up before each call. */
  allowsWebhook: (host: string) => boolean | undefined;
  /** Whether the desk of an area is told by mail. */
  hasMail?: (area: string) => boolean;
  /** For whoever runs the server; nothing about a child goes in. */
  log: Logger;
  metrics: Metrics;
}

/** What signing in needs. */
export interface Signing {
  hasher: Hasher;
  /** For new passwords. */
  readLeaked: ReadLeaked;
  /** For what must be read again, such as the secrets of authenticator apps. */
  seal: Seal;
  /** For the drafts of an account: no other account's key opens them. */
  sealOf: (account: string) => Seal;
  /** For challenges: who has it can make one. */
  challengeKey: Uint8Array;
  /** For what the browsers of the public and of children carry: who has it can read them. */
  conversationKey: Uint8Array;
  /** For the tokens of forms: who has it can make one for any account. */
  formKey: Uint8Array;
  /** Such as `https://frontdoor.example.org`; undefined: as the browser calls it. */
  publicUrl?: string | undefined;
  /** Header in which a proxy of ours gives the address of the browser; undefined: there is no proxy. */
  addressHeader?: string | undefined;
  /** Where people sign in with their organisation; undefined when that is not set up. */
  organisation?: Organisation | undefined;
}

export interface Env {
  Variables: {
    /** In every line of the log about this request, and on the page if it fails. */
    requestId: string;
    /** Readers come over TLS alone. */
    secure: boolean;
    /** The random token of this browser's cookie; its hash is what the database knows. */
    token: string;
    tokenHash: string;
    /** The account that a form with this token was made for, in this browser. */
    accountOf: (formToken: string) => string | undefined;
    /** What every page stands in. */
    page: PageContext;
    /** The consultation's flow, once it is known: an error page then shows the right front door. */
    flow: Flow;
    /** Who is signed in; undefined when nobody is. */
    person: Person | undefined;
    /** Signed in within the last ten minutes. */
    isFresh: boolean;
    /** Notes that the person was there. */
    keepAlive: () => Promise<void>;
    /** Keeps who saw what, for pages that do not do so themselves. */
    record: (access: Pick<Access, 'what' | 'consultation' | 'body'>) => Promise<void>;
    /** Some of what was sent was not saved: the draft of the form stays. */
    draftStays: boolean;
    /** Names of the inputs of a refused form that hold nothing new, so that no draft needs them. */
    savedInputs: readonly string[];
    /** Path of the page that a form stands on, as its route names it. */
    formPage: string;
    /** It was kept that the person saw this. */
    accessLogged: boolean;
    /** What the route does, as it named it. */
    action: Action;
  };
  /** Of Node's server; without one when the app is asked directly. */
  Bindings: { incoming: IncomingMessage; outgoing?: ServerResponse };
}

export function today(services: Pick<Services, 'clock'>): string {
  return localDay(services.clock());
}

/** The instant, and the day that it falls on where the councils are. */
export function nowOf(services: Pick<Services, 'clock'>): Now {
  return { at: services.clock().toISOString(), today: today(services) };
}

/** The duty desk of an area. Throws "not found" for an area without one. */
export function deskOf({ library }: Pick<Services, 'library'>, area: string): Desk {
  const desk = library.areas.get(area)?.desk;
  if (desk === undefined) throw new WebProblem('not found');
  return desk;
}
