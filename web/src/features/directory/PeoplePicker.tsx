import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useRested } from '../../lib/debounce';
import { explain } from '../../lib/i18n';
import { Avatar } from '../../ui/Avatar';
import { IconButton } from '../../ui/IconButton';
import { SearchField } from '../../ui/SearchField';
import { useMemberSearch } from './queries';
import type { Member } from '../../wire';
import styles from './PeoplePicker.module.css';

// A group that one is in.
export interface Group {
  id: string;
  name: string;
}

interface Props {
  recent: readonly Member[];
  groups: readonly Group[];
  problem: string | undefined;
  onPick: (member: string) => void;
  onGroup: (group: string) => void;
  onClose: () => void;
}

const mostGroups = 5;

// Type, look, press Enter: the focus stays in the field while the arrows move through the list.
export function PeoplePicker({ recent, groups, problem, onPick, onGroup, onClose }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const query = useRested(typed.trim(), 120);
  const found = useMemberSearch(query);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const searching = typed.trim() !== '';
  const wanted = typed.trim().toLowerCase();
  const choices: readonly (Member | Group)[] = searching
    ? [...groups.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, mostGroups), ...(found.data ?? [])]
    : recent;
  const pick = (choice: Member | Group) => ('unit' in choice ? onPick(choice.id) : onGroup(choice.id));

  useEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setActive((active + step + choices.length) % choices.length);
    }
    const chosen = choices[active];
    if (event.key === 'Enter' && chosen && (query === typed.trim() || !('unit' in chosen))) pick(chosen);
  };

  return (
    <>
      <div className={styles.field}>
        <SearchField
          inputRef={field}
          label={t('directory.find')}
          clearLabel={t('common.clear')}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={choices.length > 0 ? `${listId}-${active}` : undefined}
        />
        <IconButton icon={X} label={t('common.close')} onClick={onClose} />
      </div>
      {!searching && recent.length > 0 && <p className={styles.note}>{t('directory.recent')}</p>}
      <div id={listId} role="listbox" aria-label={t('directory.results')} className={styles.list}>
        {choices.map((choice, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above handles the keys
          <div
            key={choice.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(choice)}
          >
            <Avatar id={choice.id} name={choice.name} size={36} group={!('unit' in choice)} />
            <span>
              <strong>{choice.name}</strong>
              <small>{'unit' in choice ? [choice.title, choice.unit_name].filter((word) => word !== '').join(' · ') : t('directory.group')}</small>
            </span>
          </div>
        ))}
      </div>
      <p className={styles.note} role="status">
        {problem ?? (found.error ? explain(found.error) : searching && found.data?.length === 0 && choices.length === 0 && t('directory.nobody', { query }))}
      </p>
    </>
  );
}
