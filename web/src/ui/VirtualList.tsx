import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './VirtualList.module.css';

interface Props<Item> {
  label: string;
  items: readonly Item[];
  height: number;
  keyOf: (item: Item) => string;
  render: (item: Item, index: number) => ReactNode;
  onEnd?: (() => void) | undefined;
  reveal?: number | undefined; // the index that should be in sight
}

// Rows of one height, as many as there are, of which only those in sight exist.
export function VirtualList<Item>({ label, items, height, keyOf, render, onEnd, reveal }: Props<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
  });
  const rows = list.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (items.length > 0 && lastRow >= items.length - 10) onEnd?.();
  }, [lastRow, items.length, onEnd]);

  useEffect(() => {
    if (reveal !== undefined && reveal >= 0) list.scrollToIndex(reveal, { align: 'auto' });
  }, [list, reveal]);

  return (
    <div ref={scroller} className={styles.scroller}>
      <ul aria-label={label} style={{ height: list.getTotalSize() }}>
        {rows.map((row) => {
          const item = items[row.index];
          return (
            item !== undefined && (
              <li key={row.key} style={{ height, transform: `translateY(${row.start}px)` }}>
                {render(item, row.index)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
