import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { UnitDetails } from '../../wire';
import styles from './Directory.module.css';

// The way down from the organisation; a long one scrolls so that its end is in sight.
export function Breadcrumb({ path }: { path: UnitDetails['path'] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const here = path.at(-1)?.id;
  useEffect(() => {
    if (list.current) list.current.scrollLeft = list.current.scrollWidth;
  }, [here]);
  return (
    <nav aria-label={t('directory.path')}>
      <ol ref={list} className={styles.path}>
        {path.map((step) => (
          <li key={step.id}>
            {step.id === here ? (
              <span aria-current="page">{step.name}</span>
            ) : (
              <Link to={`/directory/${step.id}`}>{step.name}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
