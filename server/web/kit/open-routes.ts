/**
 * Routes that everybody may use without signing in: the assistant, and signing in. Every other route names an action.
 */

import { HANDOVER_SHEET_FORMATS } from '../../base/handover-sheet-formats.ts';
import { paths, RECORD_NOUNS } from '../../base/paths.ts';
import { RECORD_FORMATS } from '../../base/record-formats.ts';

/** Pages that everybody may read. */
export const OPEN_GETS = [
  paths.start(),
  paths.area(':area'),
  paths.search(),
  paths.contacts(),
  paths.numbers(),
  paths.numbersManifest(),
  paths.numbersWorker(),
  paths.wrongNumber(),
  paths.privacy(),
  paths.accessibility(),
  paths.about(),
  paths.posters(),
  paths.postersIn(':language'),
  paths.live(),
  paths.ready(),
  paths.file(':name'),
  paths.consultation(':id'),
  paths.question(':id', ':question'),
  paths.result(':id'),
  paths.wholeResult(':id'),
  paths.call(':id'),
  paths.handoverSheet(':id'),
  ...HANDOVER_SHEET_FORMATS.map((format) => paths.handoverSheetFile(':id', format)),
  paths.handoverSheetCopy(':id'),
  paths.map(':id'),
  paths.handover(':id'),
  paths.record(':id'),
  ...RECORD_FORMATS.map((format) => paths.download(':id', format)),
  paths.return(),
  paths.signIn(),
  paths.organisation(),
  paths.organisationReturn(),
  paths.join(),
  paths.talk(),
  paths.talkQuestion(':question'),
  paths.talkResult(),
  paths.leave(),
  paths.flows(),
  paths.floor(),
  paths.flow(':area', ':flow'),
  paths.flowCompare(':area', ':flow'),
  paths.flowPaper(':area', ':flow'),
  paths.instrument(':area', ':instrument'),
  paths.instrumentFile(':area', ':instrument'),
];
const POST = [
  paths.wrongNumber(),
  paths.search(),
  paths.consultations(),
  paths.answers(':id'),
  paths.moves(':id'),
  paths.codes(':id'),
  paths.prints(':id'),
  paths.handoverSheet(':id'),
  paths.handoverSheetPrints(':id'),
  paths.nextHours(':id'),
  paths.handoverSheetSendings(':id'),
  paths.handovers(':id'),
  paths.disputes(':id'),
  ...RECORD_NOUNS.map((noun) => paths.addition(':id', noun)),
  paths.return(),
  paths.signIn(),
  paths.signOut(),
  paths.passkeyChallenges(),
  paths.join(),
  paths.joinPasskeyOptions(),
  paths.talk(),
  paths.talkLanguage(),
  paths.talkAnswers(),
  paths.leave(),
];
const OPEN: Record<string, ReadonlySet<string>> = { GET: new Set(OPEN_GETS), POST: new Set(POST) };

export function isOpen(method: string, path: string): boolean {
  return OPEN[method]?.has(path) ?? false;
}
