/**
 * Every URL of the service. Routes are registered with the same functions: `paths.answers(':id')`. No other file
 * contains a path, and no path contains personal data.
 */

import type { HandoverSheetFormat } from './handover-sheet-formats.ts';
import type { RecordFormat } from './record-formats.ts';

const part = (name: string) => (name.startsWith(':') ? name : encodeURIComponent(name));
/** Also accepts a parameter in OpenAPI's form: `{reference}`. */
const apiPart = (name: string) => (name.startsWith('{') ? name : part(name));
const consultation = (id: string) => `/consultations/${part(id)}`;
const deskRecord = (id: string) => `/desk/consultations/${part(id)}`;
const pathway = (id: string) => `${deskRecord(id)}/pathway`;
const pathwaySheet = (id: string, number: string | number) => `${pathway(id)}/sheets/${part(String(number))}`;
const query = (values: Record<string, string | undefined>) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${part(value ?? '')}`)
    .join('&');
const person = (id: string) => `/people/${part(id)}`;

/** What a person can add to the record of a consultation, as the noun in the URL. */
export const RECORD_NOUNS = [
  'asker',
  'child',
  'tellings',
  'consents',
  'parents',
  'sharings',
  'police',
  'decisions',
  'notes',
  'corrections',
] as const;
export type RecordNoun = (typeof RECORD_NOUNS)[number];

/** Where "Exit this page" goes: a weather page gives nothing away about the reader. */
export const ELSEWHERE = 'https://www.bbc.co.uk/weather';

/** The key under which the browser stores the numbers. */
export const NUMBERS_CACHE = 'front-door-numbers';

export const paths = {
  start: () => '/',
  area: (area: string) => `/areas/${part(area)}`,
  search: () => '/search',
  contacts: () => '/contacts',
  /** Where readers report a wrong number. The URL names a contact, never a reader. */
  wrongNumber: () => '/contacts/wrong-number',
  wrongNumberOf: (area: string, contact: string) => `/contacts/wrong-number?${query({ area, contact })}`,
  wrongNumberTold: () => '/contacts/wrong-number?told=yes',
  /** A few numbers that work offline. The service worker and the manifest belong to this page alone. */
  numbers: () => '/numbers',
  numbersManifest: () => '/numbers.webmanifest',
  numbersWorker: () => '/numbers-worker.js',
  contactsOf: (area: string) => `/contacts#${part(area)}`,
  privacy: () => '/privacy',
  accessibility: () => '/accessibility',
  about: () => '/about',
  /** Two posters with QR codes, to print. */
  posters: () => '/posters',
  postersIn: (language: string) => `/posters/${part(language)}`,
  openApi: () => '/api/v1/openapi.json',
  apiConsultations: () => '/api/v1/consultations',
  apiConsultation: (reference: string) => `/api/v1/consultations/${apiPart(reference)}`,
  apiPart: (reference: string, name: string) => `/api/v1/consultations/${apiPart(reference)}/${name}`,
  clients: () => '/people/clients',
  client: (id: string) => `/people/clients/${part(id)}`,
  clientAction: (id: string, action: string) => `/people/clients/${part(id)}/${action}`,
  metrics: () => '/metrics',
  live: () => '/health/live',
  ready: () => '/health/ready',
  file: (name: string) => `/static/${name}`,

  consultations: () => '/consultations',
  consultation,
  question: (id: string, question: string) => `${consultation(id)}/questions/${part(question)}`,
  answers: (id: string) => `${consultation(id)}/answers`,
  moves: (id: string) => `${consultation(id)}/moves`,
  result: (id: string) => `${consultation(id)}/result`,
  /** The result with all folded parts open, to read without a script and to print. */
  wholeResult: (id: string) => `${consultation(id)}/result/all`,
  /** The page "What to say when you ring". */
  call: (id: string) => `${consultation(id)}/call`,
  nextHours: (id: string) => `${consultation(id)}/next-hours`,
  /** The hand-over sheet, to prepare a referral. */
  handoverSheet: (id: string) => `${consultation(id)}/sheet`,
  handoverSheetFile: (id: string, format: HandoverSheetFormat) => `${consultation(id)}/sheet.${format}`,
  handoverSheetCopy: (id: string) => `${consultation(id)}/sheet/copy`,
  handoverSheetPrints: (id: string) => `${consultation(id)}/sheet/prints`,
  handoverSheetSendings: (id: string) => `${consultation(id)}/sheet/sendings`,
  map: (id: string) => `${consultation(id)}/map`,
  record: (id: string) => `${consultation(id)}/record`,
  download: (id: string, format: RecordFormat) => `${consultation(id)}/record.${format}`,
  prints: (id: string) => `${consultation(id)}/prints`,
  /** The record, with the correction form open at an entry. */
  correcting: (id: string, entry: number) => `${consultation(id)}/record?correct=${entry}#entry-${entry}`,
  addition: (id: string, noun: RecordNoun) => `${consultation(id)}/${noun}`,
  codes: (id: string) => `${consultation(id)}/codes`,
  return: () => '/return',

  talk: () => '/talk',
  talkFor: (reader: string) => `/talk?for=${part(reader)}`,
  talkQuestion: (question: string) => `/talk/questions/${part(question)}`,
  talkLanguage: () => '/talk/language',
  talkAnswers: () => '/talk/answers',
  talkResult: () => '/talk/result',
  talkResultLarge: () => '/talk/result?letters=large',
  leave: () => '/leave',

  signIn: () => '/sign-in',
  signOut: () => '/sign-out',
  passkeyChallenges: () => '/sign-in/passkey-challenges',
  organisation: () => '/sign-in/organisation',
  organisationReturn: () => '/sign-in/organisation/return',
  join: () => '/join',
  joinPasskeyOptions: () => '/join/passkey-options',
  account: () => '/account',
  passkeys: () => '/account/passkeys',
  passkeyOptions: () => '/account/passkey-options',
  passkeyRemovals: () => '/account/passkey-removals',
  authenticator: () => '/account/authenticator',
  recoveryCodes: () => '/account/recovery-codes',
  password: () => '/account/password',
  /** Ends one session of one's own. */
  sessionEndings: () => '/account/session-endings',
  drafts: () => '/account/drafts',
  draftRemovals: () => '/account/drafts/removals',
  people: () => '/people',
  person,
  invitations: (id: string) => `${person(id)}/invitations`,
  role: (id: string) => `${person(id)}/role`,
  disablings: (id: string) => `${person(id)}/disablings`,
  enablings: (id: string) => `${person(id)}/enablings`,

  handover: (id: string) => `${consultation(id)}/handover`,
  handovers: (id: string) => `${consultation(id)}/handovers`,
  disputes: (id: string) => `${consultation(id)}/disputes`,

  desk: () => '/desk',
  deskOf: (whose: string) => `/desk?show=${part(whose)}`,
  deskHandover: () => '/desk/handover',
  deskAbsences: () => '/desk/absences',
  deskReturns: () => '/desk/returns',
  /** Passes several on at once. */
  deskReassignments: () => '/desk/reassignments',
  deskLines: () => '/desk/lines',
  deskLinesOf: (whose: string) => `/desk/lines?show=${part(whose)}`,
  deskSearch: () => '/desk/search',
  deskCalls: () => '/desk/calls',
  deskRecord,
  deskCorrecting: (id: string, entry: number) => `${deskRecord(id)}?correct=${entry}#entry-${entry}`,
  /** The record, with one of the area's message templates in the answer box. */
  deskTemplate: (id: string, template: string) => `${deskRecord(id)}?template=${part(template)}#replies`,
  deskQuestions: (id: string) => `${deskRecord(id)}/questions`,
  deskAnswers: (id: string) => `${deskRecord(id)}/answers`,
  deskPresence: (id: string) => `${deskRecord(id)}/presence`,
  deskPrints: (id: string) => `${deskRecord(id)}/prints`,
  deskAccessLog: (id: string) => `${deskRecord(id)}/access-log`,
  deskRetention: (id: string) => `${deskRecord(id)}/retention`,
  deskRetentionAction: (id: string, noun: string) => `${deskRecord(id)}/retention/${part(noun)}`,
  erasure: () => '/desk/erasure',
  deskCalendar: (id: string) => `${deskRecord(id)}/deadlines.ics`,
  deskCopy: (id: string) => `${deskRecord(id)}/copy`,
  deskHandOff: (id: string, form: string) => `${deskRecord(id)}/hand-offs/${part(form)}`,
  deskDownload: (id: string, format: RecordFormat) => `${deskRecord(id)}/record.${format}`,
  deskExport: () => '/desk/export',
  deskMails: () => '/desk/mails',
  deskNumbers: () => '/desk/numbers',
  deskComparison: (id: string) => `${deskRecord(id)}/comparison`,
  /** The record, with a message at the top that the outcome was recorded. */
  deskRecorded: (id: string) => `${deskRecord(id)}?recorded=outcome#done`,
  /** `noun`: a key of DESK_ACTIONS. */
  deskAction: (id: string, noun: string) => `${deskRecord(id)}/${noun}`,
  deskAddition: (id: string, noun: RecordNoun) => `${deskRecord(id)}/record/${noun}`,

  /** The specialist team's list. */
  pathways: () => '/desk/pathways',
  /** What the area's next regular meeting has to discuss. */
  meetingLists: () => '/desk/pathways/meetings',
  meetingListPrints: () => '/desk/pathways/meetings/prints',
  pathway,
  /** `noun`: a key of PATHWAY_ACTIONS. */
  pathwayAction: (id: string, noun: string) => `${pathway(id)}/${part(noun)}`,
  pathwayCorrecting: (id: string, entry: number) => `${pathway(id)}?correct=${entry}#entry-${entry}`,
  pathwayPrints: (id: string) => `${pathway(id)}/prints`,
  pathwayCalendar: (id: string) => `${pathway(id)}/deadlines.ics`,
  pathwaySheets: (id: string) => `${pathway(id)}/sheets`,
  pathwaySheet,
  pathwaySheetFile: (id: string, number: string | number) => `${pathwaySheet(id, number)}/sheet.pdf`,
  /** `noun`: a key of SHEET_ACTIONS. */
  pathwaySheetAction: (id: string, number: string | number, noun: string) =>
    `${pathwaySheet(id, number)}/${part(noun)}`,
  pathwaySheetSection: (id: string, number: string | number, section: string) =>
    `${pathwaySheet(id, number)}/sections/${part(section)}`,
  pathwaySheetTotal: (id: string, number: string | number, section: string) =>
    `${pathwaySheet(id, number)}/sections/${part(section)}/total`,

  figures: () => '/desk/figures',
  figuresOf: (from: string, to: string) => `/desk/figures?${query({ from, to })}`,
  figuresCsv: (from?: string, to?: string, figure?: string) =>
    from === undefined ? '/desk/figures.csv' : `/desk/figures.csv?${query({ from, to, figure })}`,
  exploitationFigures: () => '/desk/figures/exploitation',
  exploitationFiguresOf: (from: string, to: string) => `/desk/figures/exploitation?${query({ from, to })}`,
  exploitationFiguresCsv: (from?: string, to?: string) =>
    from === undefined ? '/desk/figures/exploitation.csv' : `/desk/figures/exploitation.csv?${query({ from, to })}`,
  worked: () => '/desk/figures/what-worked',
  workedOf: (from: string, to: string) => `/desk/figures/what-worked?${query({ from, to })}`,

  flows: () => '/flows',
  floor: () => '/flows/floor',
  flow: (area: string, flow: string) => `/flows/${part(area)}/${part(flow)}`,
  instrument: (area: string, instrument: string) => `/flows/${part(area)}/instruments/${part(instrument)}`,
  /** The empty form, to print and fill in by hand. */
  instrumentFile: (area: string, instrument: string) =>
    `/flows/${part(area)}/instruments/${part(instrument)}/empty.pdf`,
  /** The questions as a form to print. */
  flowPaper: (area: string, flow: string) => `/flows/${part(area)}/${part(flow)}/paper`,
  flowCompare: (area: string, flow: string) => `/flows/${part(area)}/${part(flow)}/compare`,
};

/** Where the forms of an interview are posted. The public's anonymous conversation has no id in its URLs. */
export interface ConversationPaths {
  /** Shows whichever question is open. */
  open: string;
  question: (question: string) => string;
  answers: string;
  result: string;
  /**
   * Set for signed-in people: what is chosen or typed and not sent yet is saved as a draft. Nothing is saved of the
   * public's conversations.
   */
  keepsDrafts?: true;
}

export function consultationPaths(id: string): ConversationPaths {
  return {
    open: paths.consultation(id),
    question: (question) => paths.question(id, question),
    answers: paths.answers(id),
    result: paths.result(id),
    keepsDrafts: true,
  };
}

export const anonymousPaths: ConversationPaths = {
  open: paths.talk(),
  question: paths.talkQuestion,
  answers: paths.talkAnswers(),
  result: paths.talkResult(),
};

/** The id that follows `start` in an address, such as that of a consultation; undefined if it begins differently. */
export function idIn(address: string, start: string): string | undefined {
  return address.startsWith(start) ? address.slice(start.length).split(/[/?#]/)[0] : undefined;
}
