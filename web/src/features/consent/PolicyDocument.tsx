import { useTranslation } from 'react-i18next';
import { useMedia } from '../../lib/media';
import { date } from '../../lib/time';
import type { Policy, PolicySection, PolicyTable } from '../../wire';
import styles from './Policy.module.css';

export function PolicyDocument({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const wide = useMedia('(min-width: 1080px)');
  return (
    <div className={styles.sheet}>
      <nav className={styles.index} aria-label={t('consent.index')}>
        <details open={wide}>
          <summary>{t('consent.index')}</summary>
          <ol>
            {policy.sections.map((section) => (
              <li key={section.anchor}>
                <a href={`#${section.anchor}`}>{section.title}</a>
              </li>
            ))}
          </ol>
        </details>
      </nav>
      <article className={styles.text} lang={policy.language}>
        <h1>{policy.title}</h1>
        <p className={styles.edition}>
          {t('consent.edition', { version: policy.version, date: date(policy.effective_at, policy.language, 0) })}
        </p>
        {policy.sections.map((section) => (
          <Section key={section.anchor} section={section} />
        ))}
        <Operator operator={policy.operator} />
      </article>
    </div>
  );
}

function Section({ section }: { section: PolicySection }) {
  return (
    <section aria-labelledby={section.anchor}>
      <h2 id={section.anchor} tabIndex={-1}>
        {section.title}
      </h2>
      {section.paragraphs.map((paragraph, index) => (
        <p key={index}>{paragraph.bold ? <strong>{paragraph.text}</strong> : paragraph.text}</p>
      ))}
      {section.tables.map((table) => (
        <Table key={table.title} table={table} />
      ))}
    </section>
  );
}

function Table({ table }: { table: PolicyTable }) {
  return (
    // A wide table scrolls by itself, so the keyboard must be able to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region
    <div className={styles.table} role="region" aria-label={table.title} tabIndex={0}>
      <table>
        <caption>{table.title}</caption>
        <thead>
          <tr>
            {table.head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Operator({ operator }: { operator: Policy['operator'] }) {
  const { t } = useTranslation();
  const facts = [
    [t('consent.operator_name'), operator.name],
    [t('consent.operator_department'), operator.department],
    [t('consent.operator_address'), operator.address],
    [t('consent.operator_postcode'), operator.postcode],
    [t('consent.operator_email'), operator.email],
    [t('consent.operator_phone'), operator.phone],
  ].filter(([, value]) => value !== '');
  if (facts.length === 0) return null;
  return (
    <section className={styles.operator} aria-label={t('consent.operator')}>
      <h2>{t('consent.operator')}</h2>
      <dl>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
