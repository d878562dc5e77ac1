/**
 * Lays out one ladder. Questions and advice are on the central line (the spine); steps that end the interview or return to the caller are
 * to the right of it.
 */
import type { Rung } from './draw.ts';
import { layoutText, type Row } from './layout-text.ts';
import type { Box, Dot, DrawnLine, Scene } from './scene.ts';
import { shorten } from './shorten.ts';

const WIDTH = 440;
const LANE = 9;
const BOX_WIDTH = 350;
/** Horizontal distance between the spine and an exit. */
const EXIT_OFF = 62;
const PAD = 10;
const GAP = 18;
const LONGEST_TEXT = 220;
/** Vertical distance between the top of a rung and the point where lines meet it. */
const MEET = 18;

interface Placed {
  rung: Rung;
  box: Box;
  top: number;
  height: number;
}

/** `hrefOf` returns the link to the description of a rung on the page. */
export function drawLadder(rungs: Rung[], hrefOf: (rung: Rung) => string): Scene {
  const spine = 16 + rungs.filter(({ doubt }) => doubt !== undefined).length * LANE;
  const placed: Placed[] = [];
  let top = GAP;
  for (const rung of rungs) {
    const box = boxOf(rung, spine, top, hrefOf(rung));
    placed.push({ rung, box, top, height: box.height });
    top += box.height + GAP;
  }
  return {
    width: WIDTH,
    height: top,
    boxes: placed.map(({ box }) => box),
    lines: [...spineLines(placed, spine), ...placed.flatMap((item) => exitLines(item, spine)), ...doubtLines(placed)],
    dots: placed.map((item): Dot => ({ x: spine, y: item.top + MEET, look: dotOf(item.rung) })),
    cuts: placed.map((item) => item.top - GAP / 2),
  };
}

function boxOf(rung: Rung, spine: number, top: number, href: string): Box {
  const left = spine + (rung.leaves === undefined ? 18 : EXIT_OFF);
  const right = rung.leaves === undefined ? left + BOX_WIDTH : WIDTH - 4;
  const width = Math.min(right, WIDTH - 4) - left;
  const { texts, height } = layoutText(rowsOf(rung), left + PAD, top + PAD - 2, width - 2 * PAD);
  return { x: left, y: top, width, height: height + 2 * PAD - 2, looks: looksOf(rung), texts, href };
}

const KINDS: Record<Rung['kind'], string> = {
  say: 'said',
  ask: 'question',
  advise: 'advice',
  call: 'another ladder',
  end: 'the end',
};

function rowsOf(rung: Rung): Row[] {
  const { name, kind, text, within, opens, doubt, leaves, answer = [] } = rung;
  const rows: Row[] = [
    [`${name} · ${KINDS[kind]}${wordOf(rung)}`, 'eyebrow'],
    ...conditionRows(rung),
    [shorten(text, LONGEST_TEXT), kind === 'ask' || kind === 'end' ? 'strong' : 'plain'],
    ...answer.map((line): Row => [`Answer: ${shorten(line, 120)}`, 'plain']),
  ];
  if (within !== undefined) rows.push([within === 'no set time' ? 'No set time' : `Within: ${within}`, 'small']);
  if (opens !== undefined) rows.push([`Go to ladder ${opens.letter}, then come back here`, 'small']);
  if (leaves === 'return') rows.push(['Then back to the ladder that led here', 'small']);
  if (doubt !== undefined) rows.push([`“${doubt.label}” leads to ${doubt.name}`, 'small']);
  return rows;
}

/** An exit is taken if its condition holds; any other rung is skipped if its condition does not hold. */
function conditionRows({ when, leaves }: Rung): Row[] {
  if (when.length === 0) return leaves === undefined ? [] : [['In every other case', 'quiet']];
  const first = leaves === undefined ? 'Only if' : 'If';
  return when.map((line, index): Row => [index === 0 ? `${first} ${line}` : `and ${line}`, 'quiet']);
}

function wordOf({ taken }: Rung): string {
  if (taken === 'taken' || taken === 'known') return ' · taken';
  if (taken === 'here') return ' · you are here';
  return taken === undefined ? '' : ' · not needed';
}

function isWalked({ taken }: Rung): boolean {
  return taken === 'taken' || taken === 'known' || taken === 'here';
}

function looksOf(rung: Rung): string[] {
  return [rung.kind, ...(rung.leaves === 'return' ? ['return'] : []), ...(isWalked(rung) ? ['taken'] : [])];
}

function dotOf({ taken }: Rung): Dot['look'] {
  if (taken === 'taken') return 'ticked';
  return taken === 'known' || taken === 'here' ? taken : 'passed';
}

/** The whole spine, and a thicker line over the part that was walked. */
function spineLines(placed: Placed[], x: number): DrawnLine[] {
  const [first] = placed;
  const walked = placed.filter(({ rung }) => rung.taken !== undefined).at(-1);
  const down = (to: Placed | undefined, look: DrawnLine['look']): DrawnLine[] => {
    if (first === undefined || to === undefined) return [];
    const [top, bottom] = [first.top + MEET, to.top + MEET];
    return [{ path: `M${x} ${top}V${bottom}`, look, top, bottom }];
  };
  return [...down(placed.at(-1), 'spine'), ...down(walked, 'path')];
}

function exitLines({ rung, box, top }: Placed, spine: number): DrawnLine[] {
  if (rung.leaves === undefined) return [];
  const y = top + MEET;
  const [look, length] = isWalked(rung) ? (['path', 14] as const) : (['exit', 11] as const);
  return [
    { path: `M${spine} ${y}H${box.x - length}`, look, top: y, bottom: y },
    { path: `M${box.x - 1} ${y}l-14 -7v14z`, look: 'head', top: y - 7, bottom: y + 7 },
  ];
}

/** Jumps for "I don't know": dotted lines at the left, each in its own lane. */
function doubtLines(placed: Placed[]): DrawnLine[] {
  const jumping = placed.filter(({ rung }) => rung.doubt !== undefined);
  return jumping.flatMap(({ rung, box, top, height }, index) => {
    const target = placed.find((other) => other.rung.step === rung.doubt?.step);
    if (target === undefined) return [];
    const lane = 8 + index * LANE;
    const [from, to] = [top + height - 12, target.top + Math.max(MEET + 14, target.height - 12)];
    const end = target.box.x;
    return [
      { path: `M${box.x} ${from}H${lane}V${to}H${end - 8}`, look: 'doubt', top: from, bottom: to },
      { path: `M${end - 1} ${to}l-10 -6v12z`, look: 'head', top: to - 6, bottom: to + 6 },
    ] satisfies DrawnLine[];
  });
}
