import { Building2, ChevronRight, Landmark, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../../ui/Avatar';
import type { Member, Unit } from '../../wire';
import styles from './Directory.module.css';

const icons = { institution: Landmark, unit: Building2, department: Users };

export function UnitRow({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const Icon = icons[unit.kind];
  return (
    <Link className={styles.row} to={`/directory/${unit.id}`} title={unit.name}>
      <span className={styles.sign}>
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className={styles.words}>
        <strong>{unit.name}</strong>
      </span>
      {unit.members > 0 && (
        <small>
          <span aria-hidden="true">{unit.members}</span>
          <span className="unseen">{t('directory.people', { count: unit.members })}</span>
        </small>
      )}
      <ChevronRight size={16} aria-hidden="true" />
    </Link>
  );
}

interface MemberRowProps {
  member: Member;
  to: string;
  current: boolean;
  withUnit?: boolean;
}

export function MemberRow({ member, to, current, withUnit = false }: MemberRowProps) {
  const more = [member.title, withUnit ? member.unit_name : ''].filter((word) => word !== '').join(' · ');
  return (
    <Link className={styles.row} to={to} aria-current={current}>
      <Avatar id={member.id} name={member.name} />
      <span className={styles.words}>
        <strong>{member.name}</strong>
        <small>{more}</small>
      </span>
    </Link>
  );
}
