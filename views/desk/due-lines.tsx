import { compareDue, type Now } from '../../server/desk/deadlines.ts';
import type { OpenTask, QueueRow } from '../../server/desk/queue-row.ts';
import { Due } from '../kit/due.tsx';

interface DueLinesProps {
  line: Pick<QueueRow, 'dueBy' | 'dueWhat' | 'dueWithin' | 'tasks'>;
  now: Now;
  /** Id of the signed-in person. */
  person: string;
}

/**
 * What is due on a consultation, the earliest first. The queue, the record, the handover and the search use the same
 * words.
 */
export function DueLines({ line, now, person }: DueLinesProps) {
  const { dueBy, dueWhat, dueWithin, tasks } = line;
  const owed = dueBy === null && tasks.length > 0 ? [] : [{ by: dueBy, what: dueWhat, within: dueWithin }];
  const ofPeople = tasks.map((task) => ({ by: task.by, what: describeTask(task, person), within: null }));
  const all = [...owed, ...ofPeople].sort(compareDue);
  return (
    <>
      {all.map((due) => (
        <p class="fd-queue__due">
          <Due {...due} now={now} />
        </p>
      ))}
    </>
  );
}

/** A task is not an answer, so its line says whose task it is. */
function describeTask({ to, name, from, do: what }: OpenTask, person: string): string {
  const isMine = to === person;
  if (from === '') return `${isMine ? 'your follow-up' : `follow-up of ${name}`}: ${what}`;
  return `${isMine ? 'your task' : `task for ${name}`}, from ${from}: ${what}`;
}
