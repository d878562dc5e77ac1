import type { Role } from '../../server/people/permissions.ts';
import type { Spoken } from './language-choice.tsx';

/** What every page needs. The web layer creates it once per request. */
export interface PageContext {
  assets: Assets;
  /** Undefined until the reader has chosen where the child lives. */
  area?: AreaLine;
  /** The reader is, or may be, in a public or child's conversation, so every page has "Exit this page". */
  leaving?: boolean;
  /** The page has "Exit this page" as well, since we do not know yet who is reading it. */
  exit?: boolean;
  /** The language of the page. Undefined for English. */
  language?: Spoken;
  /** CSRF token for every form. */
  token: string;
  /** The signed-in person, if any. */
  person?: {
    name: string;
    role: Role;
    figures?: boolean;
    /** The instant of the request. */
    at?: string;
  };
}

/** URLs of the built files, from `static/dist/manifest.json`. */
export interface Assets {
  styles: string;
  /** Styles for all pages except the first ones. */
  restOfStyles: string;
  script: string;
  /** Replaces the other scripts on the first pages if nobody is signed in. */
  firstScript: string;
  conversation: string;
  desk: string;
  handoverSheet: string;
  exit: string;
  passkey: string;
  numbers: string;
  icon: string;
}

export interface AreaLine {
  id: string;
  name: string;
  frontDoorName: string;
  /** Empty if no source gives a telephone number. */
  phones: string[];
}
