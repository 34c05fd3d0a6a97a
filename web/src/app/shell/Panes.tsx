import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { usePhone } from '../../lib/media';
import { recall, remember } from '../../lib/store';
import { isDetail } from './places';
import styles from './Panes.module.css';

const usual = 300;
const least = 220;
const most = 480;
const within = (width: number) => Math.min(most, Math.max(least, Math.round(width)));

interface Props {
  list: ReactNode;
  main: ReactNode;
  drawer?: ReactNode;
}

// List, main and drawer side by side; on a phone only the innermost of them that is open.
export function Panes({ list, main, drawer }: Props) {
  const phone = usePhone();
  const detail = isDetail(useLocation());
  const [width, setWidth] = useState(() => within(recall('listWidth') ?? usual));
  const hasDrawer = drawer !== undefined && drawer !== false && drawer !== null;
  return (
    <main className={styles.panes} data-phone={phone || undefined}>
      <div className={styles.list} style={phone ? undefined : { width }} hidden={phone && (detail || hasDrawer)}>
        {list}
      </div>
      {!phone && <Edge width={width} onWidth={setWidth} />}
      <div id="main" tabIndex={-1} className={styles.main} hidden={phone && (!detail || hasDrawer)}>
        {main}
      </div>
      {hasDrawer && <div className={styles.drawer}>{drawer}</div>}
    </main>
  );
}

function Edge({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const { t } = useTranslation();
  const from = useRef<{ x: number; width: number }>(undefined);
  const move = (event: PointerEvent) => {
    if (from.current) onWidth(within(from.current.width + event.clientX - from.current.x));
  };
  const drop = () => {
    if (from.current) remember('listWidth', width);
    from.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    onWidth(within(width + step));
    remember('listWidth', within(width + step));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator with a value is a control
    <div
      className={styles.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('app.resize')}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        onWidth(usual);
        remember('listWidth', usual);
      }}
    />
  );
}
