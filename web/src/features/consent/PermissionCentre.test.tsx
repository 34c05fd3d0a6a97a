import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak, startWords } from '../../lib/i18n';
import { socket } from '../../lib/socket';
import type { Choice, Taken, WireEvent } from '../../wire';
import { PermissionCentre } from './PermissionCentre';

const choice = (id: string, name: string, more: Partial<Choice> = {}): Choice => ({
  id, name, says: `says ${name}`, version: 3, used: true, closed: false, granted: false, may_ask: true, purposes: [], serves: [], taken: 0, ...more,
});
const place = { purposes: ['PU-10.1'], serves: [{ id: 'PU-10.1', name: 'Place of attendance', says: 'Confirming the place' }] };

// A server of one person: it holds the choices and decides as the real one does.
let permissions: Choice[];
let taken: Taken[];
let refusal: { status: number; code: string } | undefined;
let asked: { path: string; body: unknown }[];
let hear: (event: WireEvent) => void;
let browser: Record<string, EventTarget & { state: PermissionState }>;

function answer(path: string, body: { permission?: string } | undefined): unknown {
  if (path.startsWith('/api/consent/permissions')) return { permissions, purposes: [choice('PU-04', 'Improvement')] };
  if (path.startsWith('/api/consent/taken')) return { items: taken };
  const granted = path.endsWith('/grants');
  permissions = permissions.map((one) => (one.id === body?.permission ? { ...one, granted, may_ask: false, decided_at: Date.now() } : one));
  return { matter: body?.permission, granted };
}

beforeEach(async () => {
  permissions = [choice('PM-01', 'Camera'), choice('PM-02', 'Photo album'), choice('PM-04', 'Location', place), choice('PM-05', 'Phone state', { used: false, may_ask: false })];
  taken = [{ item: 'D-27', name: 'Geolocation', purpose: 'PU-10.1', times: 3, last_at: Date.now() }];
  refusal = undefined;
  asked = [];
  browser = {};
  const status = (state: PermissionState) => Object.assign(new EventTarget(), { state });
  browser['geolocation'] = status('prompt');
  const query = ({ name }: { name: string }) => (browser[name] ? Promise.resolve(browser[name]) : Promise.reject(new TypeError(`'${name}' is not known`)));
  vi.stubGlobal('navigator', { language: 'en', userAgent: 'Firefox/140.0', permissions: { query } });
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
    const path = url as string;
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as { permission?: string }) : undefined;
    if (init?.method === 'POST') asked.push({ path, body });
    const problem = refusal && { code: refusal.code, message: 'No', values: {} };
    return Promise.resolve(new Response(JSON.stringify(problem ?? answer(path, body)), { status: refusal?.status ?? 200 }));
  });
  vi.spyOn(socket, 'onEvent').mockImplementation((hearer) => {
    hear = hearer;
    return () => undefined;
  });
  await startWords();
  await speak('en');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PermissionCentre />
    </QueryClientProvider>,
  );
const row = (name: string) => screen.findByRole('listitem', { name });

describe('the permission centre', () => {
  test('says of each permission what the browser and the server hold, what for, and what was taken', async () => {
    show();
    const location = within(await row('Location'));
    await location.findByText('Not asked yet; the browser asks when it is needed');
    location.getByText('Undecided, which counts as declined');
    location.getByText('Place of attendance: Confirming the place');
    location.getByText(/^Geolocation: 3 times, last Today/);
    within(await row('Camera')).getByText('Nothing was taken');
  });

  test('says plainly when the browser does not tell, and when it has no such setting', async () => {
    show();
    await within(await row('Camera')).findByText('This browser does not tell');
    within(await row('Photo album')).getByText(/^No such setting/);
  });

  test('follows the browser, and says when the two disagree', async () => {
    show();
    const location = within(await row('Location'));
    await location.findByText(/^Not asked yet/);
    const status = browser['geolocation'];
    if (status) status.state = 'granted';
    status?.dispatchEvent(new Event('change'));
    await location.findByText('Allowed');
    location.getByText(/without your consent we do not read it/);
  });

  test('phone state is last and leaves nothing to decide', async () => {
    show();
    await row('Location');
    const rows = screen.getAllByRole('listitem').map((item) => within(item).getByRole('heading').textContent);
    expect(rows).toEqual(['Location', 'Camera', 'Photo album', 'Phone state', 'Improvement']);
    expect(within(await row('Phone state')).queryByRole('button')).toBeNull();
    within(await row('Phone state')).getByText('Not used');
  });

  test('granting is one tap in the words shown, withdrawing is one tap on the same button', async () => {
    show();
    const location = await row('Location');
    await userEvent.click(within(location).getByRole('button', { name: 'Allow Location' }));
    const withdraw = await within(location).findByRole('button', { name: 'Withdraw Location' });
    expect(asked.at(-1)).toEqual({ path: '/api/consent/grants', body: { permission: 'PM-04', version: 3, surface: 'centre' } });
    expect(document.activeElement).toBe(withdraw);
    await userEvent.keyboard('{Enter}');
    await within(location).findByText(/^Declined, Today/);
    expect(asked.at(-1)).toEqual({ path: '/api/consent/withdrawals', body: { permission: 'PM-04', surface: 'centre' } });
  });

  test('refusing is one tap too, and is not asked again', async () => {
    show();
    const camera = await row('Camera');
    await userEvent.click(within(camera).getByRole('button', { name: 'Decline Camera' }));
    await within(camera).findByText(/You will not be asked again/);
    expect(within(camera).getAllByRole('button')).toHaveLength(1);
  });

  test('what was decided on another page is shown here', async () => {
    show();
    const location = await row('Location');
    permissions = permissions.map((one) => ({ ...one, granted: one.id === 'PM-04', may_ask: false, decided_at: Date.now() }));
    hear({ event: 'consent.changed', body: { matter: 'PM-04', granted: true } });
    await within(location).findByText(/^Allowed, Today/);
  });

  test('a decision that was not kept says so beside its button and changes nothing', async () => {
    show();
    const location = await row('Location');
    refusal = { status: 503, code: 'privacy.audit_unavailable' };
    await userEvent.click(within(location).getByRole('button', { name: 'Allow Location' }));
    await within(location).findByText(/so it was not done/);
    within(location).getByText(/^Undecided/);
  });

  test('what cannot be fetched can be fetched again', async () => {
    refusal = { status: 503, code: 'server.busy' };
    show();
    const retry = await screen.findByRole('button', { name: 'Try again' });
    refusal = undefined;
    await userEvent.click(retry);
    await waitFor(() => expect(screen.getByText('Device permissions')).toBeTruthy());
  });
});
