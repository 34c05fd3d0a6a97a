import { ArrowLeft, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePhone } from '../../lib/media';
import { IconButton } from '../../ui/IconButton';
import styles from './Bar.module.css';

interface Props {
  up: string; // where "back" leads when there is nothing to go back to
  closes?: boolean; // a drawer closes; a pane goes back, on a phone only
  children: ReactNode;
  tools?: ReactNode;
}

export function Bar({ up, closes = false, children, tools }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  const back = () => {
    const state = window.history.state as { idx?: number } | null;
    void ((state?.idx ?? 0) > 0 && phone ? navigate(-1) : navigate(up, { replace: true }));
  };
  return (
    <header className={styles.bar}>
      {phone && <IconButton icon={ArrowLeft} label={t('common.back')} onClick={back} />}
      <div className={styles.title}>{children}</div>
      {tools}
      {closes && !phone && <IconButton icon={X} label={t('common.close')} onClick={back} />}
    </header>
  );
}
