import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { DESKTOP, eventually, useBrowser } from './chromium.ts';
import { look, openDeskTab, openServer } from './desk-tab.ts';

const newPage = useBrowser();

it.each([true, false])(
  'an administrator adds a case system and revokes it, scripts %s',
  async (javaScriptEnabled) => {
    const { world, origin } = await openServer();
    const { page } = await openDeskTab(newPage, { world, origin }, 'administrator', {
      viewport: DESKTOP,
      javaScriptEnabled,
    });
    await page.goto(origin + paths.people());
    if (javaScriptEnabled) await look(page, 'people');
    await page.getByRole('link', { name: 'Case systems that use the interface' }).click();
    await page.waitForURL(/\/people\/clients$/);
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.locator('.govuk-error-summary').waitFor();
    if (javaScriptEnabled) await look(page, 'clients-refused');
    await page.getByLabel('Name of the case system').fill('Cases of Bury');
    await page.getByLabel('Read consultations and their records').check();
    await page.getByLabel('6 months').check();
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByRole('heading', { name: 'Token of Cases of Bury' }).waitFor();
    const token = (await page.locator('.fd-code__code').textContent()) ?? '';
    expect(token).toMatch(/^frontdoor_[\w-]{43}$/);
    expect(page.url()).not.toContain(token);
    if (javaScriptEnabled) await look(page, 'client-token');
    const list = () => fetch(origin + paths.apiConsultations(), { headers: { Authorization: `Bearer ${token}` } });
    expect((await list()).status).toBe(200);
    await page.getByRole('link', { name: 'Go on to Cases of Bury' }).click();
    await page.getByLabel('Address that is told').fill('http://cases.example.gov.uk');
    await page.getByRole('button', { name: 'Save the address' }).click();
    await page.locator('.govuk-error-summary').waitFor();
    await page.getByLabel('Address that is told').fill('https://cases.example.gov.uk/front-door');
    await page.getByRole('button', { name: 'Save the address' }).click();
    await page.getByRole('heading', { name: 'Secret of Cases of Bury' }).waitFor();
    await page.getByRole('link', { name: 'Go on to Cases of Bury' }).click();
    await page.getByRole('button', { name: 'Revoke it now' }).waitFor();
    if (javaScriptEnabled) await look(page, 'client');
    await page.getByRole('button', { name: 'Revoke it now' }).click();
    await eventually(() => page.locator('main').innerText()).toContain('Revoked on');
    expect((await list()).status).toBe(401);
  },
  240_000,
);
