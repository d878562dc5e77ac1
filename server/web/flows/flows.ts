/**
 * The flows themselves, open to everybody: the list, the drawings, the description in words, and the comparison of two
 * versions.
 */
import { type Context, Hono } from 'hono';
import { FlowComparePage } from '../../../views/flows/compare-versions.tsx';
import { FloorPage } from '../../../views/flows/floor.tsx';
import { FlowPage } from '../../../views/flows/flow.tsx';
import { type DrawnLadder, SIZES, type Size } from '../../../views/flows/flow-drawing.tsx';
import type { ShownWorkedCase } from '../../../views/flows/flow-sections.tsx';
import { FlowsPage } from '../../../views/flows/flows.tsx';
import { InstrumentPage } from '../../../views/flows/instrument.tsx';
import { PaperFormPage } from '../../../views/flows/paper-form.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { makeDocument } from '../../export/document-queue.ts';
import { emptyFormSections, emptyFormWarnings } from '../../export/empty-form.ts';
import type { LibraryArea } from '../../flow/check/library.ts';
import { rulesFor } from '../../flow/check/rules-for.ts';
import { casesByStep, sizeOf, type WalkedCase, walkCases } from '../../flow/compare/worked-cases.ts';
import { drawLadders, type Rung } from '../../flow/draw/draw.ts';
import { drawLadder } from '../../flow/draw/draw-ladder.ts';
import { describeFloorRules } from '../../flow/draw/floor-in-words.ts';
import { describePaperForm } from '../../flow/draw/paper-form.ts';
import { describeInPlainWords, ladderId, stepId } from '../../flow/draw/plain-words.ts';
import { sliceScene } from '../../flow/draw/scene.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Instrument } from '../../flow/instruments/instrument.ts';
import { versionOf } from '../../flow/language/version.ts';
import { NATIONAL } from '../../flow/national.ts';
import { param, showArea } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { createComparer } from './compare-versions.ts';

export function flows(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const compare = createComparer(services);
  app.get(paths.flows(), (c) => c.html(renderPage(FlowsPage({ page: c.get('page'), areas: listAreas(services) }))));
  app.get(paths.instrument(':area', ':instrument'), (c) => showInstrument(services, c));
  app.get(paths.instrumentFile(':area', ':instrument'), (c) => sendEmptyForm(services, c));
  app.get(paths.floor(), (c) => showFloor(services, c));
  app.get(paths.flow(':area', ':flow'), (c) => showFlow(services, c, findFlow(services, c)));
  app.get(paths.flowPaper(':area', ':flow'), (c) => {
    const { flow } = findFlow(services, c);
    const form = describePaperForm(flow);
    const props = { page: c.get('page'), flow, version: versionOf(flow), day: today(services), form };
    return c.html(renderPage(PaperFormPage(props)));
  });
  app.get(paths.flowCompare(':area', ':flow'), (c) => showComparison(services, c, compare));
  return app;
}

async function showComparison(services: Services, c: Context<Env>, compare: ReturnType<typeof createComparer>) {
  const { flow } = findFlow(services, c);
  const asked = (c.req.query('with') ?? '').trim().slice(0, 40);
  const comparison = await compare(flow, asked);
  const shown = FlowComparePage({
    page: c.get('page'),
    flow,
    version: versionOf(flow),
    kept: await services.store.review.versionsOf(flow.area.id, flow.id),
    asked,
    ...(comparison !== undefined && { comparison }),
  });
  return c.html(renderPage(shown), asked !== '' && comparison === undefined ? 404 : 200);
}

function showFloor({ library }: Services, c: Context<Env>) {
  const national = library.areas.get(NATIONAL);
  const [flow] = national?.flows.values() ?? [];
  if (national?.floor === undefined || flow === undefined) throw new WebProblem('not found');
  const { floor } = national;
  const named = (ids: readonly string[]) => ids.map((id) => floor.meanings[id] ?? id);
  const exceptions = [...library.areas.values()].flatMap(({ facts, floor: own }) =>
    (own?.exceptions ?? []).map((one) => ({ area: facts.name, ...one })),
  );
  const stricter = [...library.areas.values()].flatMap(({ facts, floor: own, flows }) =>
    (own?.stricter ?? []).map((one) => ({ area: facts.name, ...one, flow: flows.get(one.flow)?.title ?? one.flow })),
  );
  const page = FloorPage({
    page: c.get('page'),
    rules: describeFloorRules(floor, flow),
    firstAsked: named(floor.firstAsked),
    heard: named(floor.heard),
    groups: floor.groups,
    exceptions,
    stricter,
    open: isAllOpen(c),
  });
  return c.html(renderPage(page));
}

function findInstrument({ library }: Services, c: Context<Env>): Instrument {
  const instrument = library.areas.get(param(c, 'area'))?.instruments.get(param(c, 'instrument'));
  if (instrument === undefined) throw new WebProblem('not found');
  return instrument;
}

const emptyForms = new WeakMap<Instrument, { day: string; pdf: Promise<Uint8Array<ArrayBuffer>> }>();

/** Open to everybody, so it is generated at most once a day: a flood of requests costs nothing. */
async function sendEmptyForm(services: Services, c: Context<Env>) {
  const instrument = findInstrument(services, c);
  const day = today(services);
  const known = emptyForms.get(instrument);
  const form = known?.day === day ? known : { day, pdf: drawEmptyForm(services, instrument) };
  emptyForms.set(instrument, form);
  form.pdf.catch(() => emptyForms.delete(instrument));
  return c.body(await form.pdf, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="front-door-${instrument.area.id}-${instrument.id}-empty.pdf"`,
  });
}

function drawEmptyForm(services: Services, instrument: Instrument): Promise<Uint8Array<ArrayBuffer>> {
  const frame = {
    title: instrument.title,
    reference: `${instrument.area.name}, version ${versionOf(instrument)}`,
    printedAt: services.clock().toISOString(),
    warnings: emptyFormWarnings(instrument),
  };
  return makeDocument({ frame, sections: emptyFormSections(instrument) });
}

function showInstrument(services: Services, c: Context<Env>) {
  const instrument = findInstrument(services, c);
  const props = { instrument, version: versionOf(instrument), day: today(services), open: isAllOpen(c) };
  return c.html(renderPage(InstrumentPage({ page: c.get('page'), ...props })));
}

function findFlow({ library }: Services, c: Context<Env>): { area: LibraryArea; flow: Flow } {
  const area = library.areas.get(param(c, 'area'));
  const flow = area?.flows.get(param(c, 'flow'));
  if (area === undefined || flow === undefined) throw new WebProblem('not found');
  showArea(c, flow);
  return { area, flow };
}

function listAreas(services: Services) {
  return [...services.library.areas.values()].map(({ facts, flows, instruments }) => ({
    id: facts.id,
    name: facts.name,
    instruments: [...instruments.values()].map((instrument) => ({
      area: facts.id,
      id: instrument.id,
      title: instrument.title,
      completedBy: instrument.completedBy,
      version: versionOf(instrument),
    })),
    flows: [...flows.values()].map((flow) => ({
      area: facts.id,
      flow: flow.id,
      title: flow.title,
      reader: flow.reader,
      version: versionOf(flow),
      size: sizeOf(flow, walkCases(services.library, flow, today(services))),
    })),
  }));
}

function showFlow(services: Services, c: Context<Env>, { area, flow }: { area: LibraryArea; flow: Flow }) {
  const walked = walkCases(services.library, flow, today(services));
  const shown = walked.find(({ id }) => id === c.req.query('case'));
  const page = FlowPage({
    page: c.get('page'),
    flow,
    version: versionOf(flow),
    day: today(services),
    numbers: sizeOf(flow, walked),
    ladders: laddersOf(flow, shown),
    unfolded: { all: isAllOpen(c), ...sizeAsked(c.req.query('size')) },
    cases: walked.map((item) => describeCase(flow, item)),
    ...(shown !== undefined && { shown: describeCase(flow, shown) }),
    casesByStep: casesByStep(walked),
    rules: rulesFor(services.library, area, flow),
  });
  return c.html(renderPage(page));
}

const drawn = new WeakMap<Flow, DrawnLadder[]>();

/** Drawings without a case are the same for everybody, so they are laid out once. */
function laddersOf(flow: Flow, shown: WalkedCase | undefined): DrawnLadder[] {
  const known = shown === undefined ? drawn.get(flow) : undefined;
  if (known !== undefined) return known;
  const ladders = describeInPlainWords(flow, drawLadders(flow, shown?.position)).map((ladder) => ({
    ...ladder,
    slices: sliceScene(drawLadder(ladder.rungs, hrefOf)),
  }));
  if (shown === undefined) drawn.set(flow, ladders);
  return ladders;
}

/** A call links to the ladder that it opens, everything else to its own text. */
function hrefOf(rung: Rung): string {
  return `#${rung.opens === undefined ? stepId(rung) : ladderId(rung.opens.part)}`;
}

function isAllOpen(c: Context<Env>): boolean {
  return c.req.query('all') === 'open';
}

function sizeAsked(word: string | undefined): { drawings?: Size } {
  return word !== undefined && Object.hasOwn(SIZES, word) ? { drawings: word as Size } : {};
}

function describeCase(flow: Flow, { id, story, position }: WalkedCase): ShownWorkedCase {
  const level = flow.area.scale[position.standing.level - 1];
  return {
    id,
    story,
    end: position.at.kind === 'end' ? position.at.end.action : 'a question is still open',
    ...(level !== undefined && { level }),
    questions: position.turns.length,
  };
}
