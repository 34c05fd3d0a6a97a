import { Button } from 'antd';
import type { LucideIcon } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../lib/announce';
import { explain } from '../../lib/i18n';
import { fully, useNow } from '../../lib/time';
import type { Choice, Taken } from '../../wire';
import { useDecide } from './queries';
import styles from './Centre.module.css';

interface Props {
  choice: Choice;
  taken: readonly Taken[];
  icon?: LucideIcon;
  facts?: ReactNode; // what only this kind of row knows
  without?: string; // what life is like without it
  more?: ReactNode;
}

// One thing to decide about. Both answers are one tap, and neither looks better than the other.
export function ChoiceRow({ choice, taken, icon: Icon, facts, without, more }: Props) {
  const { t } = useTranslation();
  const title = useId();
  return (
    <li className={styles.row} aria-labelledby={title}>
      <div className={styles.head}>
        {Icon && <Icon size={20} strokeWidth={1.75} aria-hidden="true" />}
        <div className={styles.words}>
          <h3 id={title}>{choice.name}</h3>
          <p>{choice.says}</p>
        </div>
        {choice.used && <Answers choice={choice} />}
      </div>
      <dl className={styles.facts}>
        {facts}
        <Fact term={t('consent.here')}>
          <Holds choice={choice} />
        </Fact>
        {choice.serves.length > 0 && (
          <Fact term={t('consent.purpose')}>
            {choice.serves.map(({ id, name, says }) => (
              <span key={id} className={styles.line}>
                {t('consent.purpose_says', { name, says })}
              </span>
            ))}
          </Fact>
        )}
        {choice.used && (
          <Fact term={t('consent.taken')}>
            <TakenList taken={taken} />
          </Fact>
        )}
        {without !== undefined && <Fact term={t('consent.without')}>{without}</Fact>}
      </dl>
      {more}
    </li>
  );
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

// What the server holds, with its moment.
function Holds({ choice: { used, closed, granted, may_ask, decided_at } }: { choice: Choice }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const when = decided_at == null ? '' : fully(decided_at, i18n.language, now);
  if (!used) return t('consent.not_used');
  if (closed) return t('consent.closed');
  if (granted) return <span className={styles.on}>{t('consent.granted', { when })}</span>;
  if (decided_at == null) return t('consent.undecided');
  return may_ask ? t('consent.changed_since') : t('consent.refused', { when });
}

function TakenList({ taken }: { taken: readonly Taken[] }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  if (taken.length === 0) return t('consent.nothing_taken');
  return taken.map(({ item, purpose, name, times, last_at }) => (
    <span key={`${item} ${purpose}`} className={styles.line}>
      {t('consent.taken_times', { name, count: times, when: fully(last_at, i18n.language, now) })}
    </span>
  ));
}

function Answers({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useDecide(choice);
  const first = useRef<HTMLButtonElement>(null);
  const { name, granted, may_ask, closed } = choice;
  const decide = (agreed: boolean) => {
    if (isPending) return;
    mutate(agreed, {
      onSuccess: () => {
        first.current?.focus();
        announce(t(agreed ? 'consent.said_granted' : 'consent.said_withdrawn', { name }));
      },
    });
  };
  // The same button changes its verb, so the focus stays where it was.
  return (
    <div className={styles.answers} aria-busy={isPending}>
      {(granted || !closed) && (
        <Button key="answer" ref={first} onClick={() => decide(!granted)} aria-label={t(granted ? 'consent.withdraw_of' : 'consent.allow_of', { name })}>
          {t(granted ? 'consent.withdraw' : 'consent.allow')}
        </Button>
      )}
      {!granted && !closed && may_ask && (
        <Button key="refuse" onClick={() => decide(false)} aria-label={t('consent.refuse_of', { name })}>
          {t('consent.refuse')}
        </Button>
      )}
      <p className={styles.problem} role="alert">
        {error && explain(error)}
      </p>
    </div>
  );
}
