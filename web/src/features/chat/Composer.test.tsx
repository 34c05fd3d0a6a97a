import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak, startWords } from '../../lib/i18n';
import { Composer } from './Composer';
import { forgetDrafts } from './drafts';

const onSend = vi.fn<(text: string) => void>();
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const show = (conversation = 'cnv_1') => render(<Composer key={conversation} conversation={conversation} onSend={onSend} />);

beforeEach(async () => {
  onSend.mockReset();
  forgetDrafts();
  await startWords();
  await speak('en');
});
afterEach(cleanup);

describe('the composer', () => {
  test('Enter sends what was written and empties the field', async () => {
    show();
    await userEvent.type(box(), 'Three o’clock{Enter}');
    expect(onSend.mock.calls).toEqual([['Three o’clock']]);
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
});
