import styles from './Skeleton.module.css';

// Rows that stand in for a list. They appear after 150 ms, so that what is quick does not flicker.
export function Skeleton({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="unseen">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          <span className={styles.dot} />
          <span className={styles.lines}>
            <span style={{ width: `${40 + ((row * 17) % 30)}%` }} />
            <span style={{ width: `${60 + ((row * 23) % 35)}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
