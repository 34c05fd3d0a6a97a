import { Button } from 'antd';
import { TriangleAlert } from 'lucide-react';
import styles from './Empty.module.css';

export function Problem({ text, action, onAction }: { text: string; action: string; onAction: () => void }) {
  return (
    <div className={styles.empty} role="alert">
      <TriangleAlert size={32} strokeWidth={1.25} aria-hidden="true" />
      <p>{text}</p>
      <Button onClick={onAction}>{action}</Button>
    </div>
  );
}
