import { Button } from 'antd';
import { Check, Clock, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '../../lib/i18n';
import { usePerson } from '../../lib/people';
import { clock, fully, useNow } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { useChat } from './context';
import { linked } from './links';
import type { Line, Row } from './rows';
import styles from './RowView.module.css';

interface Props {
  row: Row;
  group: string | undefined; // the conversation, if it is one of several people
}

export const RowView = memo(function RowView({ row, group }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  switch (row.kind) {
    case 'start':
      return <p className={styles.note}>{t('chat.start')}</p>;
    case 'time':
      return (
        <p className={styles.note}>
          <time dateTime={new Date(row.at).toISOString()}>{fully(row.at, i18n.language, now)}</time>
        </p>
      );
    case 'new':
      return <p className={styles.new}>{t('chat.new_below')}</p>;
    case 'line':
      return <LineView line={row} group={group} />;
  }
});

function LineView({ line, group }: { line: Line; group: string | undefined }) {
  const { t, i18n } = useTranslation();
  const author = usePerson(line.author);
  const name = author === null ? t('common.former_member') : (author?.name ?? '');
  const named = group !== undefined && !line.own && line.begins;
  const classes = [styles.line, line.own ? styles.own : styles.other, line.begins ? styles.begins : ''].join(' ');
  return (
    <div className={classes}>
      {!line.begins ? <span className={styles.gap} /> : named && author ? <Face id={author.id} name={name} group={group} /> : <Avatar id={line.author ?? ''} name={name} size={36} />}
      <div className={styles.stack}>
        {named && <span className={styles.name}>{name}</span>}
        <div className={styles.bubble} title={clock(line.at, i18n.language)}>
          {line.begins && !named && <span className="unseen">{line.own ? t('chat.you') : name}: </span>}
          <span>{linked(line.text)}</span>
        </div>
        {line.state !== undefined && <State line={line} />}
      </div>
    </div>
  );
}

// A shortcut for the pointer; the keyboard's way to a profile is the group's list of members.
function Face({ id, name, group }: { id: string; name: string; group: string }) {
  return (
    <Link className={styles.face} to={`/chat/${group}?profile=${id}`} tabIndex={-1} aria-hidden="true" title={name}>
      <Avatar id={id} name={name} size={36} />
    </Link>
  );
}

function State({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { outbox } = useChat();
  const { token } = line;
  if (line.state === 'failed' && token !== undefined) {
    return (
      <div className={styles.failed} role="alert">
        <TriangleAlert size={14} aria-hidden="true" />
        <span>{explain(line.failed)}</span>
        <Button type="link" size="small" onClick={() => outbox.again(token)}>
          {t('chat.send_again')}
        </Button>
        <Button type="link" size="small" onClick={() => outbox.discard(token)}>
          {t('chat.discard')}
        </Button>
      </div>
    );
  }
  if (line.state === 'read') return <span className={styles.state}>{t('chat.read')}</span>;
  const Icon = line.state === 'waiting' ? Clock : Check;
  const label = line.state === 'waiting' ? t('chat.sending') : t('chat.sent');
  return (
    <span className={styles.state} title={label}>
      <Icon size={14} aria-hidden="true" />
      <span className="unseen">{label}</span>
    </span>
  );
}
