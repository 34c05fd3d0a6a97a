import { useEffect, useRef, type PointerEvent } from 'react';

const long = 450;
const slack = 10; // a finger never rests quite still

// A finger that stays where it is. Pressing a link or a button is something else.
export function useLongPress(onLong: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      end();
      const { clientX: x, clientY: y } = event;
      if (event.pointerType === 'mouse' || (event.target as Element).closest('a, button')) return;
      press.current = { timer: setTimeout(onLong, long), x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > slack) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
