/** Lays out one ladder: what is asked and said stands on the spine; what ends the interview, or goes back to the caller, leaves it to the right. */
import type { Rung } from './draw.ts';
import type { Box, Dot, Line, Scene } from './scene.ts';
import { type Row, setRows } from './set-rows.ts';
import { shorten } from './shorten.ts';

const WIDTH = 760;
const LANE = 9;
const LEFT_WIDTH = 390;
const EXIT_WIDTH = 270;
const EXIT_X = WIDTH - EXIT_WIDTH - 4;
const PAD = 10;
const GAP = 18;
const LONGEST_TEXT = 220;
/** From the top of a rung to the height at which lines meet it. */
const MEET = 18;

interface Placed {
  rung: Rung;
  boxes: Box[];
  top: number;
  height: number;
}

/** `hrefOf` gives where a rung's words stand on the page. */
export function drawLadder(rungs: Rung[], hrefOf: (rung: Rung) => string): Scene {
  const spine = 16 + rungs.filter(({ doubt }) => doubt !== undefined).length * LANE;
  const placed: Placed[] = [];
  let top = GAP;
  for (const rung of rungs) {
    const boxes = boxesOf(rung, spine + 18, top, hrefOf(rung));
    const height = Math.max(...boxes.map((box) => box.height));
    placed.push({ rung, boxes, top, height });
    top += height + GAP;
  }
  return {
    width: WIDTH,
    height: top,
    boxes: placed.flatMap(({ boxes }) => boxes),
    lines: [...spineLines(placed, spine), ...placed.flatMap((item) => exitLines(item, spine)), ...doubtLines(placed)],
    dots: placed.map((item): Dot => ({ x: spine, y: item.top + MEET, look: dotOf(item.rung) })),
    cuts: placed.map((item) => item.top - GAP / 2),
  };
}

function boxesOf(rung: Rung, left: number, top: number, href: string): Box[] {
  if (rung.leaves === undefined) return [createBox(left, top, LEFT_WIDTH - left, looksOf(rung), ownRows(rung), href)];
  const gate =
    rung.when.length === 0
      ? ['In every other case']
      : rung.when.map((line, index) => (index === 0 ? `If ${line}` : `and ${line}`));
  const rows = gate.map((line): Row => [line, 'small']);
  return [
    createBox(left, top, LEFT_WIDTH - left, ['gate'], rows),
    createBox(EXIT_X, top, EXIT_WIDTH, looksOf(rung), ownRows(rung), href),
  ];
}

function createBox(x: number, y: number, width: number, looks: string[], rows: Row[], href?: string): Box {
  const { texts, height } = setRows(rows, x + PAD, y + PAD - 2, width - 2 * PAD);
  return { x, y, width, height: height + 2 * PAD - 2, looks, texts, ...(href !== undefined && { href }) };
}

const KINDS: Record<Rung['kind'], string> = {
  say: 'said',
  ask: 'question',
  advise: 'advice',
  call: 'another ladder',
  end: 'the end',
};

function ownRows(rung: Rung): Row[] {
  const { name, kind, text, within, opens, doubt, leaves, answer = [] } = rung;
  const conditions = leaves === undefined ? rung.when : [];
  const rows: Row[] = [
    [`${name} · ${KINDS[kind]}${wordOf(rung)}`, 'eyebrow'],
    ...conditions.map((line, index): Row => [index === 0 ? `Only if ${line}` : `and ${line}`, 'quiet']),
    [shorten(text, LONGEST_TEXT), kind === 'ask' || kind === 'end' ? 'strong' : 'plain'],
    ...answer.map((line): Row => [`Answer: ${shorten(line, 120)}`, 'plain']),
  ];
  if (within !== undefined) rows.push([within === 'no set time' ? 'No set time' : `Within: ${within}`, 'small']);
  if (opens !== undefined) rows.push([`Go to ladder ${opens.letter}, then come back here`, 'small']);
  if (leaves === 'return') rows.push(['Then back to the ladder above', 'small']);
  if (doubt !== undefined) rows.push([`“${doubt.label}” leads to ${doubt.name}`, 'small']);
  return rows;
}

function wordOf({ taken }: Rung): string {
  if (taken === 'taken' || taken === 'known') return ' · taken';
  if (taken === 'here') return ' · you are here';
  return taken === undefined ? '' : ' · not needed';
}

function isOnWay({ taken }: Rung): boolean {
  return taken === 'taken' || taken === 'known' || taken === 'here';
}

function looksOf(rung: Rung): string[] {
  return [rung.kind, ...(rung.leaves === 'return' ? ['return'] : []), ...(isOnWay(rung) ? ['taken'] : [])];
}

function dotOf({ taken }: Rung): Dot['look'] {
  if (taken === 'taken') return 'ticked';
  return taken === 'known' || taken === 'here' ? taken : 'passed';
}

/** The whole spine, and thick upon it the part that was walked. */
function spineLines(placed: Placed[], x: number): Line[] {
  const [first] = placed;
  const walked = placed.filter(({ rung }) => rung.taken !== undefined).at(-1);
  const down = (to: Placed | undefined, look: Line['look']): Line[] => {
    if (first === undefined || to === undefined) return [];
    const [top, bottom] = [first.top + MEET, to.top + MEET];
    return [{ path: `M${x} ${top}V${bottom}`, look, top, bottom }];
  };
  return [...down(placed.at(-1), 'spine'), ...down(walked, 'way')];
}

function exitLines({ rung, boxes, top }: Placed, spine: number): Line[] {
  const [gate, exit] = boxes;
  if (gate === undefined || exit === undefined) return [];
  const y = top + MEET;
  const look = isOnWay(rung) ? 'way' : 'exit';
  return [
    { path: `M${spine} ${y}H${gate.x}`, look, top: y, bottom: y },
    { path: `M${gate.x + gate.width} ${y}H${exit.x - 8}`, look, top: y, bottom: y },
    { path: `M${exit.x - 1} ${y}l-12 -6v12z`, look: 'head', top: y - 6, bottom: y + 6 },
  ];
}

/** "I don't know" jumps down: dotted, each in a lane of its own at the left. */
function doubtLines(placed: Placed[]): Line[] {
  const jumping = placed.filter(({ rung }) => rung.doubt !== undefined);
  return jumping.flatMap(({ rung, boxes, top, height }, index) => {
    const target = placed.find((other) => other.rung.step === rung.doubt?.step);
    const left = boxes[0]?.x ?? 0;
    if (target === undefined) return [];
    const lane = 8 + index * LANE;
    const [from, to] = [top + height - 12, target.top + MEET - 10];
    return [
      { path: `M${left} ${from}H${lane}V${to}H${left - 8}`, look: 'doubt', top: from, bottom: to },
      { path: `M${left - 1} ${to}l-9 -5v10z`, look: 'head', top: to - 5, bottom: to + 5 },
    ] satisfies Line[];
  });
}
