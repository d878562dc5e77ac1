/** The page of one pathway, also when a form on it was refused. */
import type { Context } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { PathwayPage } from '../../../views/pathway/pathway.tsx';
import { subjectField } from '../../../views/record/record-forms.ts';
import { describeEntries } from '../../consultation/describe-entry.ts';
import type { Entry, Refusal } from '../../consultation/entry.ts';
import { isPathwayKind } from '../../consultation/pathway-happening.ts';
import { canOpen, missingForExit } from '../../pathway/opening.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';
import type { LoadedPathway } from './load-pathway.ts';

interface FailedPathwayForm {
  noun: string;
  form: Record<string, string>;
  refusal: Refusal;
}

function isOfPathway(entries: readonly Entry[], number: number): boolean {
  return isPathwayKind(entries[number - 1]?.what.kind ?? '');
}

export function showPathway(services: Services, c: Context<Env>, loaded: LoadedPathway, failed?: FailedPathwayForm) {
  const { found, rules, instruments, pathway, entries, may } = loaded;
  const exit =
    pathway === undefined ? undefined : missingForExit(pathway, { rules, instruments, mayOverrule: may.overrule });
  const asked = failed?.noun === 'corrections' ? failed.form.corrects : c.req.query('correct');
  const open = isOfPathway(entries, Number(asked)) ? Number(asked) : undefined;
  const page = PathwayPage({
    page: c.get('page'),
    id: found.line.consultation,
    reference: found.line.reference,
    child: found.line.child,
    deskCase: found.deskCase,
    rules,
    instruments,
    pathway,
    seen: entries.length,
    entries: describeEntries(found.flow, found.consultation).filter(({ number }) => isOfPathway(entries, number)),
    ...(open !== undefined && { correcting: { open, subject: subjectField(entries, open, true) } }),
    canOpen: canOpen(entries, rules),
    missingForExit: exit,
    may,
    now: nowOf(services),
    ...(failed !== undefined && { failed: describeFailed(failed) }),
  });
  return c.html(renderPage(page), failed === undefined ? 200 : failed.refusal.refused === 'conflict' ? 409 : 422);
}

/** What the page shows of a form that was refused: what was typed, and what is wrong with it. */
function describeFailed({ noun, form, refusal }: FailedPathwayForm) {
  return {
    form: noun,
    values: form,
    errors: refusal.fields ?? { '': refusal.message },
    conflict: refusal.refused === 'conflict',
  };
}
