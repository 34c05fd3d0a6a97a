import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { numberOf, type Row } from './rows';

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

// One message is where Tab enters; from there the arrows lead from message to message.
export function useWalk(rows: readonly Row[], drawn: readonly (Row | undefined)[], scrollTo: (index: number) => void) {
  const [at, setAt] = useState<number>();
  const here = drawn.map(numberOf).filter((number) => number !== undefined);
  const onFocus = ({ target }: FocusEvent) => {
    const number = messageAround(target);
    if (number !== undefined) setAt(number);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : steps[event.key];
    const from = messageAround(event.target as Element);
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    const messages = rows.map(numberOf).filter((number) => number !== undefined);
    const next = messages[messages.indexOf(from) + step];
    if (next === undefined) return;
    scrollTo(rows.findIndex((row) => numberOf(row) === next));
    event.currentTarget.querySelector<HTMLElement>(`[data-message="${next}"]`)?.focus({ preventScroll: true });
  };
  return { stop: at !== undefined && here.includes(at) ? at : here.at(-1), onFocus, onKeyDown };
}

function messageAround(element: Element): number | undefined {
  const found = element.closest<HTMLElement>('[data-message]')?.dataset.message;
  return found === undefined ? undefined : Number(found);
}
