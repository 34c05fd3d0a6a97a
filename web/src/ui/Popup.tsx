import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { usePhone } from '../lib/media';
import styles from './Popup.module.css';

interface Props {
  label: string;
  anchor: DOMRect; // what it stands beside; on a phone it comes from below instead
  onClose: () => void;
  children: ReactNode;
}

const room = 8;

// A few buttons above the page. The browser's own modal holds the focus, closes on Esc and gives the focus back.
export function Popup({ label, anchor, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const phone = usePhone();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const above = anchor.bottom + 4 + height > innerHeight - room;
    const beside = anchor.left + anchor.right < innerWidth ? anchor.left : anchor.right - width;
    const left = Math.min(Math.max(room, beside), innerWidth - width - room);
    element.style.left = phone ? '' : `${left}px`;
    element.style.top = phone ? '' : `${above ? Math.max(room, anchor.top - 4 - height) : anchor.bottom + 4}px`;
  }, [anchor, phone]);

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- beside Tab the arrows lead through the buttons
    <dialog
      ref={dialog}
      className={styles.popup}
      aria-label={label}
      onKeyDown={walk}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {children}
    </dialog>
  );
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function walk(event: KeyboardEvent<HTMLDialogElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const here = buttons.findIndex((button) => button === document.activeElement);
  buttons[(here + step + buttons.length) % buttons.length]?.focus();
}
