import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak, startWords } from '../../lib/i18n';
import { Refusal } from '../../lib/http';
import type { Entry } from '../../wire';
import { Composer } from './Composer';
import { ChatContext, type Chat } from './context';
import { beginEdit, beginQuote, draftOf, forgetDrafts, writeAgain } from './drafts';

const onSend = vi.fn<(text: string, quote?: number) => void>();
const onEdit = vi.fn<(number: number, text: string) => Promise<void>>();
const onEditLast = vi.fn();
const chat = { me: 'me' } as Chat;
const message: Entry = { number: 7, kind: 'message', author: 'me', at: 0, text: 'as it was', target: null, state: null };
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const show = (conversation = 'cnv_1') =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ChatContext value={chat}>
        <Composer key={conversation} conversation={conversation} onSend={onSend} onEdit={onEdit} onEditLast={onEditLast} />
      </ChatContext>
    </QueryClientProvider>,
  );

beforeEach(async () => {
  for (const mock of [onSend, onEdit, onEditLast]) mock.mockReset();
  forgetDrafts();
  await startWords();
  await speak('en');
});
afterEach(cleanup);

describe('the composer', () => {
  test('Enter sends what was written and empties the field', async () => {
    show();
    await userEvent.type(box(), 'Three o’clock{Enter}');
    expect(onSend.mock.calls).toEqual([['Three o’clock', undefined]]);
    expect(box().value).toBe('');
  });

  test('Shift and Enter begin a new line', async () => {
    show();
    await userEvent.type(box(), 'one{Shift>}{Enter}{/Shift}two');
    expect(box().value).toBe('one\ntwo');
    expect(onSend).not.toHaveBeenCalled();
  });

  test('the Enter that chooses a Chinese word does not send', async () => {
    show();
    await userEvent.type(box(), 'nihao');
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(box(), { key: 'Enter', keyCode: 229 });
    expect(onSend).not.toHaveBeenCalled();
  });

  test('nothing, and too much, cannot be sent', async () => {
    show();
    await userEvent.type(box(), '   {Enter}');
    fireEvent.change(box(), { target: { value: '字'.repeat(10_001) } });
    await userEvent.type(box(), '{Enter}');
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('1 character too many');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  test('each conversation keeps its draft', async () => {
    show('cnv_1');
    await userEvent.type(box(), 'half a thought');
    cleanup();
    show('cnv_2');
    expect(box().value).toBe('');
    cleanup();
    show('cnv_1');
    expect(box().value).toBe('half a thought');
  });

  test('a quote goes with what is sent, and Esc ends it', async () => {
    show();
    act(() => beginQuote('cnv_1', message));
    expect(document.activeElement).toBe(box());
    await userEvent.type(box(), 'well{Escape}');
    expect(box().value).toBe('well');
    expect(screen.queryByRole('button', { name: 'Stop quoting' })).toBe(null);
    act(() => beginQuote('cnv_1', message));
    screen.getByText('You: as it was');
    await userEvent.type(box(), '{Enter}');
    expect(onSend.mock.calls).toEqual([['well', 7]]);
    expect(screen.queryByText('You: as it was')).toBe(null);
  });

  test('an edit puts aside what was being written, and gives it back', async () => {
    show();
    await userEvent.type(box(), 'half a thought');
    act(() => beginEdit('cnv_1', message));
    expect(box().value).toBe('as it was');
    expect(draftOf('cnv_1')).toBe('half a thought');
    await userEvent.type(box(), ', once{Enter}');
    expect(onEdit.mock.calls).toEqual([[7, 'as it was, once']]);
    expect(box().value).toBe('half a thought');
    act(() => beginEdit('cnv_1', message));
    await userEvent.type(box(), '{Escape}');
    expect(box().value).toBe('half a thought');
    expect(onSend).not.toHaveBeenCalled();
  });

  test('an edit that is refused says why and loses nothing', async () => {
    onEdit.mockRejectedValue(new Refusal(409, { code: 'chat.too_late', message: '', values: {} }));
    show();
    act(() => beginEdit('cnv_1', message));
    await userEvent.type(box(), ', twice{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('for 24 hours');
    expect(box().value).toBe('as it was, twice');
  });

  test('the arrow up edits the last message only from an empty field', async () => {
    show();
    await userEvent.type(box(), '{ArrowUp}');
    await userEvent.type(box(), 'words{ArrowUp}');
    expect(onEditLast).toHaveBeenCalledTimes(1);
  });

  test('what was taken back is written again before what is being written', async () => {
    show();
    await userEvent.type(box(), 'half a thought');
    act(() => writeAgain('cnv_1', 'taken back'));
    expect(box().value).toBe('taken back\nhalf a thought');
  });
});
