import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Empty.module.css';

// Says what belongs here and offers the one next step.
export function Empty({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Icon size={40} strokeWidth={1.25} aria-hidden="true" />
      <p>{title}</p>
      {children}
    </div>
  );
}
