import { describeDay, describeInstant, localDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { KeptKind, Retention } from '../../server/desk/retention.ts';
import { type Desk, findOutcome } from '../../server/flow/desk.ts';
import type { KeptLine } from '../../server/store/retention.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { Fact } from '../kit/fact.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { DeskForm, deskErrorsOf, type FailedDeskForm } from './desk-form.tsx';
import { DeskNav } from './desk-nav.tsx';
import { Tag } from './tags.tsx';

interface ErasureProps {
  page: PageContext;
  desk: Desk;
  due: KeptLine[];
  /** Consultations that are due and were never sent to the desk. */
  alone: number;
  most: number;
}

/** Consultations that are due for erasure, for review. */
export function ErasurePage({ page, desk, due, alone, most }: ErasureProps) {
  return (
    <Layout page={page} title="Due for erasure" desk>
      <DeskNav page={page} />
      <h1 class="fd-title">Due for erasure</h1>
      <p>
        Nothing is erased before it was reviewed. What is approved is erased the next time that whoever runs the server
        runs the erasure. {desk.retention.note}
      </p>
      {due.length === 0 ? <p class="fd-empty">Nothing is due</p> : <DueList desk={desk} due={due} />}
      {due.length === most && <p>These are the oldest {most}; more will be shown when they are reviewed.</p>}
      <p>
        {alone === 0 ? 'No consultation' : alone === most ? `${most} or more consultations` : `${alone} consultations`}{' '}
        that a professional held alone, without asking the desk, {alone === 1 ? 'is' : 'are'} older than{' '}
        {desk.retention.neverAsked}. Nobody of the desk can read those, and they are erased without a review.
      </p>
    </Layout>
  );
}

function DueList({ desk, due }: Pick<ErasureProps, 'desk' | 'due'>) {
  return (
    <ol class="fd-queue">
      {due.map((line) => (
        <li class="fd-queue__line">
          <p class="fd-queue__name">
            <a class="govuk-link" href={paths.deskRetention(line.consultation)}>
              {line.reference}
            </a>{' '}
            <span>{labelOf(line.kind, desk)}</span>
          </p>
          <p class="fd-queue__due">Due since {describeDay(line.due)}</p>
          <p class="fd-queue__tags">
            <Tag kind="plain">{line.held ? 'Legal hold' : line.approved ? 'Erasure approved' : 'To be reviewed'}</Tag>
          </p>
          <p class="fd-queue__who">Last entry {describeDay(localDay(line.last))}</p>
        </li>
      ))}
    </ol>
  );
}

function labelOf(kind: KeptKind, desk: Desk): string {
  return kind === 'without an outcome' ? 'Without an outcome' : (findOutcome(desk, kind)?.label ?? kind);
}

interface RetentionProps {
  page: PageContext;
  id: string;
  reference: string;
  desk: Desk;
  retention: Retention;
  /** For example `6 years`. */
  kept: string;
  due: string;
  today: string;
  mayReview: boolean;
  failed?: FailedDeskForm;
}

/** How long a consultation is kept, and what can be done about that. */
export function RetentionPage(props: RetentionProps) {
  const { page, id, reference, failed, mayReview } = props;
  return (
    <Layout page={page} title="How long it is kept" error={failed !== undefined} desk>
      {failed !== undefined && <ErrorSummary errors={deskErrorsOf(failed)} />}
      <DeskNav page={page} />
      <h1 class="fd-title">How long consultation {reference} is kept</h1>
      <p>
        <a class="govuk-link" href={paths.deskRecord(id)}>
          Back to the consultation
        </a>{' '}
        <a class="govuk-link" href={paths.erasure()}>
          All that is due
        </a>
      </p>
      <Standing {...props} />
      {mayReview && <ReviewForms {...props} />}
    </Layout>
  );
}

function ReviewForms({ page, id, failed, retention, due, today }: RetentionProps) {
  const form = (noun: string) => ({ noun, action: paths.deskRetentionAction(id, noun), token: page.token, failed });
  return (
    <>
      <Section id="holds" title="Legal hold">
        <p>While there is one, nothing of it is erased.</p>
        {retention.hold === undefined ? (
          <DeskForm {...form('holds')} submit="Put a legal hold on it" fields={[HOLD]} />
        ) : (
          <DeskForm {...form('hold-liftings')} submit="Lift the legal hold" fields={[LIFT]} />
        )}
      </Section>
      <Section id="keepings" title="Keep it longer">
        <DeskForm {...form('keepings')} submit="Keep it longer" fields={[UNTIL, LONGER]} />
      </Section>
      {due <= today && retention.hold === undefined && !retention.approved && (
        <Section id="approvals" title="Erase it">
          <p>The words of the consultation go for good. That there was one, when, and who has seen it stays.</p>
          <DeskForm {...form('approvals')} submit="Approve the erasure" />
        </Section>
      )}
    </>
  );
}

const HOLD = { name: 'reason', label: 'Why it must not be erased, and who asked for it', kind: 'text' } as const;
const LIFT = { name: 'reason', label: 'Why it is no longer needed, and who says so', kind: 'text' } as const;
const UNTIL = { name: 'until', label: 'Until which day', hint: 'For example, 27 3 2031', kind: 'line' } as const;
const LONGER = { name: 'reason', label: 'Why it is needed for longer', kind: 'text' } as const;

function Standing({ retention, desk, kept, due, today }: RetentionProps) {
  const { hold, keepUntil, approved, kind } = retention;
  return (
    <dl class="fd-facts">
      <Fact name="Outcome" value={labelOf(kind, desk)} />
      <Fact name="Kept for" value={`${kept} after ${desk.retention.from}. ${desk.retention.note}`} />
      {keepUntil !== undefined && <Fact name="Kept longer" value={`until ${describeDay(keepUntil)}`} />}
      <Fact name={due <= today ? 'Due since' : 'Due on'} value={describeDay(due)} />
      {hold !== undefined && (
        <Fact
          name="Legal hold"
          value={`${hold.reason} (${[hold.who?.name, describeInstant(hold.at)].filter(Boolean).join(', ')})`}
        />
      )}
      {approved && <Fact name="Review" value="Erasure approved. Whatever is written later undoes that" />}
    </dl>
  );
}
