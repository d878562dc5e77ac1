import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Band, Instrument } from '../../server/flow/instruments/instrument.ts';
import { describeBandRange, JUDGEMENT } from '../../server/flow/instruments/score.ts';
import { Paper } from '../instruments/paper.tsx';
import { UnfoldAll } from '../kit/folded.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Documents } from './flow-sections.tsx';
import { Signing } from './signing.tsx';

export interface InstrumentPageProps {
  page: PageContext;
  instrument: Instrument;
  version: string;
  day: string;
  /** Shows everything unfolded. */
  open: boolean;
}

/** One instrument as an empty form, with its rules, for checking against the document and signing. */
export function InstrumentPage({ page, instrument, version, day, open }: InstrumentPageProps) {
  const { title, area, says, completedBy, before } = instrument;
  return (
    <Layout page={page} title={`${title} (instrument, ${area.name})`} wide>
      <a class="govuk-link fd-back" href={paths.flows()}>
        All flows
      </a>
      <h1 class="fd-title">{title}</h1>
      <p class="fd-lead">
        {area.name}. Version <code>{version}</code>, on {describeDay(day)}.
      </p>
      <p class="fd-no-print">
        <a class="govuk-link" href={paths.instrumentFile(area.id, instrument.id)} download>
          The empty form as PDF
        </a>
      </p>
      <UnfoldAll address={paths.instrument(area.id, instrument.id)} open={open} />
      <p>{says}</p>
      <p>
        <strong>Completed by:</strong> {completedBy}
      </p>
      {instrument.namesPeople && (
        <p class="fd-notice">This form names people. Keep the sheet as you keep the record.</p>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {before.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <Paper instrument={instrument} folds={open ? 'open' : 'folded'} />
      <Rules instrument={instrument} />
      <Documents sources={instrument.sources} open={open} />
      <Signing title={title} area={area.name} version={version} day={describeDay(day)} />
    </Layout>
  );
}

/** What happens with the answers: sums, bands, who is referred whatever the total, and what follows. */
function Rules({ instrument }: { instrument: Instrument }) {
  const { score, refer, again, sets, meets, steps } = instrument;
  const nameOf = (id: string) => steps[id]?.do ?? id;
  return (
    <section class="fd-section" aria-labelledby="rules">
      <h2 class="govuk-heading-m" id="rules">
        Rules of this instrument
      </h2>
      {score !== undefined && (
        <>
          <p>
            {score.title}: {score.adds.length} scores are added up. {JUDGEMENT}
          </p>
          <Bands bands={score.bands} nameOf={nameOf} />
        </>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {refer.map(({ says, next }) => (
          <li>
            {says} Then: {next.map(nameOf).join(' ')}
          </li>
        ))}
        {again.map((line) => (
          <li>Done again: {line}</li>
        ))}
        {meets.map((step) => (
          <li>Completing it meets this deadline: {nameOf(step)}</li>
        ))}
        {sets.map(({ step }) => (
          <li>
            Completing it sets this one: {nameOf(step)}
            {steps[step]?.within !== undefined && ` (within ${steps[step]?.within})`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bands({ bands, nameOf }: { bands: readonly Band[]; nameOf: (step: string) => string }) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label="Bands">
      <table class="fd-compare">
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">What it means</th>
            <th scope="col">What follows</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band) => (
            <tr>
              <th scope="row">
                <span class={`fd-band fd-band--${band.colour}`}>{describeBandRange(band)}</span>
              </th>
              <td>{band.says}</td>
              <td>{band.next.map(nameOf).join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
