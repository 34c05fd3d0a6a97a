import { Button, Input } from 'antd';
import { X } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOpenGroup } from '../../features/chat/queries';
import { PeopleChooser } from '../../features/directory/PeopleChooser';
import { explain } from '../../lib/i18n';
import { usePerson } from '../../lib/people';
import type { Member } from '../../wire';
import { Dialog } from '../../ui/Dialog';
import { IconButton } from '../../ui/IconButton';
import { useInside } from '../session';
import styles from './NewGroup.module.css';
import { useRecentPeople } from './useRecentPeople';

const longest = 60;
const named = 4;

// Choose people, perhaps a name, done. Without a name the group is called after its first members.
export function NewGroup({ people, onClose }: { people: readonly Member[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { me } = useInside();
  const self = usePerson(me.member);
  const recent = useRecentPeople();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useOpenGroup();
  const [chosen, setChosen] = useState(people);
  const [name, setName] = useState('');
  const [hint, setHint] = useState(false);
  const usual = [...(self ? [self] : []), ...chosen]
    .slice(0, named)
    .map((one) => one.name)
    .join(t('common.comma'))
    .slice(0, longest);

  const create = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending) return;
    setHint(chosen.length === 0);
    if (chosen.length === 0) return;
    const group = { name: name.trim() === '' ? usual : name.trim(), members: chosen.map(({ id }) => id) };
    mutate(group, {
      onSuccess: ({ id }) => {
        onClose();
        void navigate(`/chat/${id}`);
      },
    });
  };

  return (
    <Dialog label={t('chat.new_group')} onClose={onClose}>
      <form className={styles.form} onSubmit={create}>
        <header className={styles.head}>
          <h2>{t('chat.new_group')}</h2>
          <IconButton icon={X} label={t('common.close')} onClick={onClose} />
        </header>
        <label className={styles.name}>
          <span>{t('chat.group_name')}</span>
          <Input value={name} maxLength={longest} placeholder={chosen.length > 0 ? usual : t('chat.group_name_hint')} onChange={(event) => setName(event.target.value)} />
        </label>
        <PeopleChooser
          recent={recent}
          chosen={chosen}
          without={me.member}
          onChange={(next) => {
            setChosen(next);
            setHint(false);
          }}
        />
        <footer className={styles.foot}>
          <p role="alert">{error ? explain(error) : hint && t('chat.choose_people')}</p>
          <span>{t('chat.chosen', { count: chosen.length })}</span>
          <Button type="primary" htmlType="submit" aria-busy={isPending}>
            {t('chat.create_group')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
