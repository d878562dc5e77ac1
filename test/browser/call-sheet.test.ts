/** Printing: "What to say when you ring" fits on one sheet of A4 whatever was answered, and so does each poster. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { writeCallScript } from '../../server/consultation/call-script.ts';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { describeResult } from '../../server/consultation/result.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import { areaLineOf } from '../../server/web/kit/load-consultation.ts';
import { renderPage } from '../../views/kit/render.ts';
import { CallPage } from '../../views/result/call.tsx';
import { realLibrary, TODAY } from '../web/app.ts';
import { useBrowser } from './chromium.ts';
import { openTab } from './tab.ts';

const newPage = useBrowser();
const MOST_SHOWN = 6;

/** The call pages with the most words among all worked cases. */
function fullestSheets(assets: Parameters<typeof CallPage>[0]['page']['assets']) {
  const sheets = [...realLibrary.areas.values()].flatMap(({ flows }) =>
    [...flows.values()]
      .filter(({ reader, area, id }) => reader === 'professional' && (area.id !== 'national' || id === 'self_harm'))
      .flatMap((flow) =>
        walkCases(realLibrary, flow, TODAY)
          .filter(({ position }) => position.at.kind === 'end')
          .sort((a, b) => b.position.turns.length - a.position.turns.length)
          .slice(0, MOST_SHOWN)
          .map(({ id, answers, position }) => {
            const result = describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY });
            const what = {
              kind: 'opened',
              reference: 'B123456789',
              area: flow.area.id,
              flow: flow.id,
              version: 'v',
            } as const;
            const entry = { number: 1, at: `${TODAY}T10:00:00.000Z`, by: 'professional', what } as const;
            const consultation = { ...readConsultation('id', [entry]), answers };
            const script = writeCallScript({ flow, position, consultation, result });
            const page = { assets, token: 't', area: areaLineOf(flow) };
            const html = renderPage(CallPage({ page, consultation, area: flow.area, result, script }));
            return { name: `${flow.area.id}/${flow.id} ${id}`, html };
          }),
      ),
  );
  return sheets.sort((a, b) => b.html.length - a.html.length).slice(0, MOST_SHOWN);
}

async function printedSheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

it('the call page fits on one sheet of A4, and each poster on one of its own', async () => {
  const { page, opened, allow } = await openTab(newPage);
  allow(/Failed to load resource/);
  let html = '';
  await page.route('**/sheet', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  const sheets = fullestSheets(opened.services.assets);
  expect(sheets).toHaveLength(MOST_SHOWN);
  for (const sheet of sheets) {
    html = sheet.html;
    await page.goto('/sheet');
    expect(await printedSheets(page), sheet.name).toBe(1);
  }
  for (const path of [paths.posters(), paths.postersIn('ur'), paths.postersIn('pl')]) {
    await page.goto(path);
    expect([path, await printedSheets(page)]).toEqual([path, 2]);
  }
}, 120_000);
