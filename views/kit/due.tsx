import { describeDayOrInstant, describeInstant, localClock, localDay } from '../../server/base/days.ts';
import { isDay, isOverdue, type Now } from '../../server/desk/deadlines.ts';

/** For example `by Monday 23 November 2026` or `by 22 November 2026 at 14:05`. */
export function describeBy(by: string): string {
  return `by ${describeDayOrInstant(by)}`;
}

/** A deadline with its label and date; the colour only repeats what they say. */
interface DueProps {
  by: string | null | undefined;
  now: Now;
  what?: string | null;
  /**
   * The time from the timetable. Something to be done at once counts as due straight away, not only when it is late.
   */
  within: string | null | undefined;
}

export function Due({ by, now, what, within }: DueProps) {
  const said = what === null || what === undefined ? '' : `: ${what}`;
  if (by === null || by === undefined) return <span class="fd-due">No date{said}</span>;
  const late = isOverdue(by, now);
  if (within === 'at once' && !late)
    return (
      <span class="fd-due fd-due--today">
        <strong>At once</strong>
        {said}. Late {describeLateFrom(by, now)}
      </span>
    );
  const today = !late && (by === now.today || (!isDay(by) && localDay(by) === now.today));
  return (
    <span class={late ? 'fd-due fd-due--late' : today ? 'fd-due fd-due--today' : 'fd-due'}>
      <strong>{late ? 'Overdue' : today ? 'Due today' : 'Due'}</strong>
      {describeWhen(by, late, today)}
      {said}
    </span>
  );
}

function describeLateFrom(by: string, { today }: Now): string {
  if (isDay(by)) return 'after today';
  return `from ${localDay(by) === today ? localClock(by).time : describeInstant(by)}`;
}

function describeWhen(by: string, late: boolean, today: boolean): string {
  if (late) return `, it was due ${describeBy(by)}`;
  if (!today) return ` ${describeBy(by)}`;
  return isDay(by) ? '' : ` by ${localClock(by).time}`;
}
