/** What stands around every page; the web layer makes it once a request. */
export interface PageContext {
  assets: Assets;
  /** Undefined until the reader has said where the child lives. */
  area?: AreaLine;
  /** Somebody is, or may be, in the conversation of the public or of children: every page then has "Exit this page". */
  leaving?: boolean;
  /** "Exit this page" stands here too: nobody knows yet who reads it. */
  exit?: boolean;
  /** Goes into every form, against cross-site posts. */
  token: string;
  /** Who is signed in at a duty desk. */
  person?: { name: string; role: string; figures?: boolean };
}

/** URLs of the built files, as named in `static/dist/manifest.json`. */
export interface Assets {
  styles: string;
  script: string;
  conversation: string;
  desk: string;
  exit: string;
  passkey: string;
}

export interface AreaLine {
  id: string;
  name: string;
  frontDoorName: string;
  /** None when no source prints one. */
  phones: string[];
}
