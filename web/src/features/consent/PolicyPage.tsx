import { Button, Checkbox, type CheckboxRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { PolicyDocument } from './PolicyDocument';
import { usePolicy } from './queries';
import styles from './Policy.module.css';

interface Props {
  onAccept: (hash: string) => Promise<void>;
  onDecline: () => Promise<void>;
}

// Nothing is ticked beforehand, and no answer is easier to give than the other.
export function PolicyPage({ onAccept, onDecline }: Props) {
  const { t, i18n } = useTranslation();
  const policy = usePolicy(i18n.language);
  if (policy.error) return <Problem text={explain(policy.error)} action={t('common.retry')} onAction={() => void policy.refetch()} />;
  if (!policy.data) return <Skeleton label={t('common.loading')} />;
  return (
    <>
      <PolicyDocument policy={policy.data} />
      <Answer key={policy.data.hash} hash={policy.data.hash} onAccept={onAccept} onDecline={onDecline} />
    </>
  );
}

function Answer({ hash, onAccept, onDecline }: Props & { hash: string }) {
  const { t } = useTranslation();
  const [read, setRead] = useState(false);
  const [hint, setHint] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<CheckboxRef>(null);

  const give = async (answer: () => Promise<void>) => {
    setBusy(true);
    setHint(undefined);
    await answer().catch((error: unknown) => setHint(explain(error)));
    setBusy(false);
  };
  const accept = () => {
    if (read) return void give(() => onAccept(hash));
    setHint(t('consent.tick_first'));
    box.current?.focus();
  };

  return (
    <footer className={styles.bar}>
      <div>
        <Checkbox
          ref={box}
          checked={read}
          onChange={(event) => {
            setRead(event.target.checked);
            setHint(undefined);
          }}
        >
          {t('consent.have_read')}
        </Checkbox>
        <p className={styles.hint} role="alert">
          {hint}
        </p>
      </div>
      <div className={styles.answers}>
        <Button size="large" disabled={busy} onClick={() => void give(onDecline)}>
          {t('consent.decline')}
        </Button>
        <Button size="large" disabled={busy} onClick={accept}>
          {t('consent.accept')}
        </Button>
      </div>
    </footer>
  );
}
