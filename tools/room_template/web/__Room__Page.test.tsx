import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { speak, startWords } from '../../lib/i18n';
import type { Note } from './queries';
import { __Room__Page } from './__Room__Page';

// A server that keeps notes in memory.
function serve(kept: Note[]) {
  vi.stubGlobal('fetch', (_url: string, options: RequestInit) => {
    if (options.method !== 'POST') return Promise.resolve(Response.json({ items: kept, next: null }));
    const { text } = JSON.parse(options.body as string) as { text: string };
    const note = { id: `__room___${String(kept.length + 1)}`, at: 0, text };
    kept.unshift(note);
    return Promise.resolve(Response.json(note));
  });
}

function show() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <__Room__Page />
    </QueryClientProvider>,
  );
}

beforeEach(async () => {
  await startWords();
  await speak('en');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('an empty page says what it is for', async () => {
  serve([]);
  show();
  expect(await screen.findByText('What you write down appears here.')).toBeTruthy();
});

test('a note that is kept appears in the list', async () => {
  serve([]);
  show();
  await userEvent.type(await screen.findByRole('textbox'), 'Call the printer');
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
  expect(await screen.findByText('Call the printer')).toBeTruthy();
});

test('a refusal is said in words', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ code: 'x.y', message: 'Not today' }, { status: 403 })));
  show();
  expect((await screen.findByRole('alert')).textContent).toContain('Not today');
});
