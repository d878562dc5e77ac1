import type { Child } from 'hono/jsx';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import { describeUrgency, mayBeUrgent } from '../../server/desk/urgency.ts';

export type TagKind = 'late' | 'open' | 'plain';

/** Short labels. Their meaning is in the words, and never only in the colour. */
export function Tag({ kind, children }: { kind: TagKind; children?: Child }) {
  return <span class={`fd-tag fd-tag--${kind}`}>{children}</span>;
}

const STATES = { waiting: 'Waiting', claimed: 'Claimed', closed: 'Outcome recorded' } as const;
const MARKS = {
  disputed: 'Disputed',
  disagreement: 'Disagreement open',
  'not signed': 'Not signed: decide anew',
} as const;

/**
 * Says that it is unknown whether it can wait, because the questions are not finished. Danger is asked about first, so
 * once that is answered, no later question leaves it open.
 */
function describeUnfinished({ state, isFinished, advised }: QueueRow): [string, TagKind][] {
  if (state === 'closed' || isFinished) return [];
  if (advised === '') return [['Nothing answered yet: danger not asked about', 'open']];
  return [['No danger known; questions not finished', 'open']];
}

function describeTold({ told, newsUntold }: QueueRow): [string, TagKind] {
  if (!told) return ['Children’s services not told', 'open'];
  if (newsUntold) return ['Children’s services told before, but not of this', 'open'];
  return ['Children’s services told', 'plain'];
}

export function tagsOf(line: QueueRow): [string, TagKind][] {
  const tags: [string, TagKind][] = [[STATES[line.state], 'plain']];
  if (mayBeUrgent(line)) tags.unshift([describeUrgency(line), 'late']);
  else tags.unshift(...describeUnfinished(line));
  if (line.toReview) tags.push(['To be reviewed by a manager', 'open']);
  if (line.toCountersign) tags.push(['To countersign', 'open']);
  if (line.isNew) tags.push(['New information', 'open']);
  if (line.mark !== null) tags.push([MARKS[line.mark], 'open']);
  tags.push(describeTold(line));
  if (line.byTelephone) tags.push(['By telephone', 'plain']);
  return tags;
}
