import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRested } from '../../lib/debounce';
import { explain } from '../../lib/i18n';
import { usePhone } from '../../lib/media';
import { Problem } from '../../ui/Problem';
import { SearchField } from '../../ui/SearchField';
import { Skeleton } from '../../ui/Skeleton';
import { VirtualList } from '../../ui/VirtualList';
import type { Member, Unit } from '../../wire';
import { Breadcrumb } from './Breadcrumb';
import { SearchResults } from './SearchResults';
import { useMembers, useUnits } from './queries';
import { MemberRow, UnitRow } from './rows';
import { usePlace } from './usePlace';
import styles from './Directory.module.css';

// The list pane: a search over everybody, else the units of this level and, on a phone, their members too.
export function DirectoryList() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const query = useRested(typed.trim());
  return (
    <div className={styles.pane}>
      <header className={styles.head}>
        <h1>{t('nav.directory')}</h1>
      </header>
      <div className={styles.search}>
        <SearchField label={t('directory.search')} clearLabel={t('common.clear')} value={typed} onChange={setTyped} />
      </div>
      {typed.trim() === '' ? <Level /> : <SearchResults query={query} />}
    </div>
  );
}

type Row = { kind: 'unit'; unit: Unit } | { kind: 'member'; member: Member };

function Level() {
  const { t } = useTranslation();
  const phone = usePhone();
  const place = usePlace();
  const units = useUnits(place.id);
  const members = useMembers(phone ? place.id : undefined);
  const error = place.error ?? units.error ?? members.error;

  if (error) {
    const retry = () => {
      place.retry();
      void units.refetch();
      if (phone) void members.refetch();
    };
    return <Problem text={explain(error)} action={t('common.retry')} onAction={retry} />;
  }
  const rows: Row[] = (units.data ?? []).map((unit) => ({ kind: 'unit', unit }));
  if (!units.hasNextPage) rows.push(...(members.data ?? []).map((member) => ({ kind: 'member', member }) as const));

  const more = () => {
    if (units.hasNextPage) void units.fetchNextPage();
    else if (members.hasNextPage) void members.fetchNextPage();
  };
  return (
    <>
      {place.path.length > 0 && <Breadcrumb path={place.path} />}
      {units.isPending ? (
        <Skeleton label={t('common.loading')} />
      ) : rows.length === 0 && !members.isLoading ? (
        <p className={styles.note}>{t('directory.no_units')}</p>
      ) : (
        <VirtualList
          key={place.id ?? ''}
          label={t('directory.units')}
          items={rows}
          height={60}
          keyOf={(row) => (row.kind === 'unit' ? row.unit.id : row.member.id)}
          onEnd={more}
          render={(row) =>
            row.kind === 'unit' ? (
              <UnitRow unit={row.unit} />
            ) : (
              <MemberRow member={row.member} to={place.memberLink(row.member.id)} current={row.member.id === place.member} />
            )
          }
        />
      )}
    </>
  );
}
