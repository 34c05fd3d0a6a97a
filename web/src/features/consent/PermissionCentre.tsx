import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import type { Choice, Taken } from '../../wire';
import { ChoiceRow } from './ChoiceRow';
import { inOrder, PermissionRow } from './PermissionRow';
import { useChoices } from './queries';
import styles from './Centre.module.css';

// Everything that one can allow and withdraw: of the device, and of what is done with what one gives.
export function PermissionCentre() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useChoices(i18n.language);
  if (error && !data) return <Problem text={explain(error)} action={t('common.retry')} onAction={() => void refetch()} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  return (
    <div className={styles.centre}>
      <p className={styles.intro}>{t('consent.centre_intro')}</p>
      <section aria-labelledby="permissions">
        <h2 id="permissions">{t('consent.permissions')}</h2>
        <ul className={styles.rows}>
          {inOrder(data.permissions).map((choice) => (
            <PermissionRow key={choice.id} choice={choice} taken={takenFor(choice, data.taken)} />
          ))}
        </ul>
      </section>
      {data.purposes.length > 0 && (
        <section aria-labelledby="purposes">
          <h2 id="purposes">{t('consent.purposes')}</h2>
          <p className={styles.intro}>{t('consent.purposes_intro')}</p>
          <ul className={styles.rows}>
            {data.purposes.map((choice) => (
              <ChoiceRow key={choice.id} choice={choice} taken={takenFor(choice, data.taken)} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

// What was taken for the purposes of a permission, or for the purpose itself.
function takenFor({ id, purposes }: Choice, taken: readonly Taken[]): Taken[] {
  return taken.filter(({ purpose }) => purpose === id || purposes.includes(purpose));
}
