/** Loads the pathway that a URL names, and the sheet in it, if this person may see it. */
import type { Context } from 'hono';
import type { AccessKind } from '../../audit/access.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import type { Entry } from '../../consultation/entry.ts';
import type { Instrument, PathwayRules } from '../../flow/instruments/instrument.ts';
import type { PathwayContext } from '../../pathway/opening.ts';
import { findSheet, type Pathway, readPathway, type Sheet } from '../../pathway/pathway.ts';
import {
  type DeskConsultation,
  loadDeskConsultation,
  viewDeskConsultation,
  whoIs,
} from '../desk/load-desk-consultation.ts';
import { mayDo, targetOf } from '../kit/allow.ts';
import { param } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, nowOf, type Services } from '../kit/services.ts';

export interface LoadedPathway {
  found: DeskConsultation;
  rules: PathwayRules;
  instruments: ReadonlyMap<string, Instrument>;
  /** Undefined if none was opened. */
  pathway: Pathway | undefined;
  entries: readonly Entry[];
  /** The person who is signed in. */
  who: Who;
  may: { write: boolean; open: boolean; overrule: boolean; seeConsultation: boolean };
}

/**
 * Loads it to show it, and logs the access. Throws "not found" if the area has no pathway, and for another area's
 * consultation.
 */
export async function viewPathway(
  services: Services,
  c: Context<Env>,
  what: AccessKind = 'view',
): Promise<LoadedPathway> {
  return describeLoaded(services, c, await viewDeskConsultation(services, c, param(c, 'id'), { what }));
}

/** Loads it to write in it. The access is not logged, because the entry says who it was. */
export async function loadPathway(services: Services, c: Context<Env>): Promise<LoadedPathway> {
  return describeLoaded(services, c, await loadDeskConsultation(services, c, param(c, 'id')));
}

function describeLoaded(services: Services, c: Context<Env>, found: DeskConsultation): LoadedPathway {
  const area = services.library.areas.get(found.line.area);
  if (area?.pathway === undefined) throw new WebProblem('not found');
  const target = targetOf(found.line);
  const { entries } = found.consultation;
  return {
    found,
    rules: area.pathway,
    instruments: area.instruments,
    pathway: readPathway(entries),
    entries,
    who: whoIs(c),
    may: {
      write: mayDo(c, 'pathway.write', target),
      open: mayDo(c, 'pathway.open', target),
      overrule: mayDo(c, 'pathway.overrule', target),
      seeConsultation: mayDo(c, 'consultation.see', target),
    },
  };
}

export interface LoadedSheet extends LoadedPathway {
  pathway: Pathway;
  sheet: Sheet;
  /** In the version in which the sheet was begun. */
  instrument: Instrument;
}

export async function viewSheet(services: Services, c: Context<Env>, what: AccessKind = 'view'): Promise<LoadedSheet> {
  const loaded = await viewPathway(services, c, what);
  return { ...loaded, ...(await readSheet(services, c, loaded.pathway)) };
}

export async function loadSheet(services: Services, c: Context<Env>): Promise<LoadedSheet> {
  const loaded = await loadPathway(services, c);
  return { ...loaded, ...(await readSheet(services, c, loaded.pathway)) };
}

async function readSheet({ store }: Services, c: Context<Env>, pathway: Pathway | undefined) {
  const number = Number(param(c, 'sheet'));
  const sheet = pathway === undefined ? undefined : findSheet(pathway, number);
  const instrument = sheet === undefined ? undefined : await store.versions.findInstrument(sheet.version);
  if (pathway === undefined || sheet === undefined || instrument === undefined) throw new WebProblem('not found');
  return { pathway, sheet, instrument };
}

export function contextOf(
  services: Services,
  { found, rules, instruments, may, who }: LoadedPathway,
  form: Record<string, string>,
): PathwayContext {
  return { form, rules, instruments, timetable: found.desk, now: nowOf(services), who, mayOverrule: may.overrule };
}
