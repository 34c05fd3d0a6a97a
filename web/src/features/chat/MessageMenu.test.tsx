import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak, startWords } from '../../lib/i18n';
import type { Entry } from '../../wire';
import { ChatContext, type Chat } from './context';
import { MessageMenu, type Part } from './MessageMenu';

const hour = 3_600_000;
const message = (author: string, age = 0): Entry => ({ number: 7, kind: 'message', author, at: Date.now() - age, text: 'words', target: null, state: null });
const [onReact, onRecall, onClose] = [vi.fn(), vi.fn(), vi.fn()];
const show = (of: Entry, part: Part = 'all') =>
  render(
    <ChatContext value={{ me: 'me' } as Chat}>
      <MessageMenu
        conversation="cnv_1"
        message={of}
        reactions={[{ number: 7, emoji: '👍', count: 2, mine: true }]}
        part={part}
        anchor={new DOMRect()}
        onReact={onReact}
        onRecall={onRecall}
        onClose={onClose}
      />
    </ChatContext>,
  );
const names = () => screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent);
const emoji = ['Good', 'Heart', 'Smile', 'Celebrate', 'OK', 'Thanks'];

beforeEach(async () => {
  for (const mock of [onReact, onRecall, onClose]) mock.mockReset();
  vi.stubGlobal('isSecureContext', true);
  await startWords();
  await speak('en');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the menu of a message', () => {
  test('offers what is possible, and says its name', () => {
    show(message('me'));
    expect(names()).toEqual([...emoji, 'Quote', 'Copy', 'Edit', 'Recall']);
    cleanup();
    show(message('you'));
    expect(names()).toEqual([...emoji, 'Quote', 'Copy']);
    cleanup();
    show(message('me', 25 * hour), 'more');
    expect(names()).toEqual(['Copy']);
  });

  test('a reaction of mine is taken back, another is added', async () => {
    show(message('you'), 'react');
    const good = screen.getByRole('button', { name: 'Good' });
    expect(good.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(good);
    await userEvent.click(screen.getByRole('button', { name: 'Heart' }));
    expect(onReact.mock.calls).toEqual([
      ['👍', false],
      ['❤️', true],
    ]);
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  test('the arrows walk through it and Enter chooses', async () => {
    show(message('me'), 'more');
    screen.getByRole('button', { name: 'Copy' }).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('Recall');
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(onRecall).toHaveBeenCalledTimes(1);
  });
});
