import { Button, Input } from 'antd';
import { StickyNote } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { useAddNote, useNotes } from './queries';
import styles from './__Room__Page.module.css';

export function __Room__Page() {
  const { t } = useTranslation();
  const notes = useNotes();
  if (notes.isPending) return <Skeleton label={t('common.loading')} />;
  if (notes.isError) return <Problem text={explain(notes.error)} action={t('common.retry')} onAction={() => void notes.refetch()} />;
  return (
    <section className={styles.page} aria-label={t('nav.__room__')}>
      <NewNote />
      {notes.data.length === 0 && <Empty icon={StickyNote} title={t('__room__.none')} />}
      <ul className={styles.notes}>
        {notes.data.map((note) => (
          <li key={note.id}>{note.text}</li>
        ))}
      </ul>
      {notes.hasNextPage && <Button onClick={() => void notes.fetchNextPage()}>{t('__room__.more')}</Button>}
    </section>
  );
}

function NewNote() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = useAddNote();
  const keep = () => add.mutate(text, { onSuccess: () => setText('') });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Input aria-label={t('__room__.write')} value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />
      <Button type="primary" htmlType="submit" disabled={text.trim() === ''} loading={add.isPending}>
        {t('__room__.keep')}
      </Button>
      {add.isError && <p role="alert">{explain(add.error)}</p>}
    </form>
  );
}
