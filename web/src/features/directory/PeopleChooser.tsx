import { Check, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useRested } from '../../lib/debounce';
import { explain } from '../../lib/i18n';
import { Avatar } from '../../ui/Avatar';
import { SearchField } from '../../ui/SearchField';
import type { Member } from '../../wire';
import { useMemberSearch } from './queries';
import styles from './PeopleChooser.module.css';

interface Props {
  recent: readonly Member[]; // shown before anything is typed
  chosen: readonly Member[];
  without: string; // whoever chooses is in it anyway
  onChange: (chosen: Member[]) => void;
}

// Several people: type, Enter ticks, Backspace takes the last one back. The focus stays in the field.
export function PeopleChooser({ recent, chosen, without, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const query = useRested(typed.trim(), 120);
  const found = useMemberSearch(query);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const searching = typed.trim() !== '';
  const choices = (searching ? (found.data ?? []) : recent).filter(({ id }) => id !== without);
  const has = (id: string) => chosen.some((one) => one.id === id);

  useEffect(() => {
    field.current?.focus();
  }, []);

  const toggle = (person: Member) => {
    onChange(has(person.id) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person]);
    field.current?.select(); // the next name can be typed over this one
  };
  const move = (to: number) => {
    setActive(to);
    document.getElementById(`${listId}-${to}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      move((active + step + choices.length) % choices.length);
    }
    const person = choices[active];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (person && (!searching || query === typed.trim())) toggle(person);
    }
    if (event.key === 'Backspace' && typed === '' && chosen.length > 0) onChange(chosen.slice(0, -1));
  };

  return (
    <>
      <div className={styles.field}>
        <SearchField
          inputRef={field}
          label={t('directory.search')}
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
      </div>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={t('directory.chosen')}>
          {chosen.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => toggle(person)} aria-label={t('directory.take_out', { name: person.name })}>
                {person.name}
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!searching && choices.length > 0 && <p className={styles.note}>{t('directory.recent')}</p>}
      <div id={listId} role="listbox" aria-multiselectable="true" aria-label={t('directory.results')} className={styles.list}>
        {choices.map((person, index) => (
          <Option key={person.id} id={`${listId}-${index}`} person={person} on={has(person.id)} active={index === active} onMove={() => setActive(index)} onPick={() => toggle(person)} />
        ))}
      </div>
      <p className={styles.note} role="status">
        {found.error ? explain(found.error) : searching && found.data?.length === 0 && t('directory.nobody', { query })}
      </p>
    </>
  );
}

interface OptionProps {
  id: string;
  person: Member;
  on: boolean;
  active: boolean;
  onMove: () => void;
  onPick: () => void;
}

function Option({ id, person: { id: member, name, title, unit_name }, on, active, onMove, onPick }: OptionProps) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above handles the keys
    <div id={id} role="option" tabIndex={-1} aria-selected={on} data-active={active || undefined} onPointerMove={onMove} onClick={onPick}>
      <span className={styles.tick} aria-hidden="true">
        {on && <Check size={14} strokeWidth={3} />}
      </span>
      <Avatar id={member} name={name} size={36} />
      <span className={styles.words}>
        <strong>{name}</strong>
        <small>{[title, unit_name].filter((word) => word !== '').join(' · ')}</small>
      </span>
    </div>
  );
}
