import { Button } from 'antd';
import { Check, Clock, TriangleAlert } from 'lucide-react';
import { memo, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '../../lib/i18n';
import { useMedia } from '../../lib/media';
import { usePerson } from '../../lib/people';
import { clock, fully, useNow } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import type { Entry } from '../../wire';
import { Bubble, Reactions, useNameOf } from './Bubble';
import { useChat } from './context';
import { beginQuote, writeAgain } from './drafts';
import type { Part } from './MessageMenu';
import { MessageTools } from './MessageTools';
import { recalledText } from './recalled';
import type { Line, Recalled, Row } from './rows';
import { useLongPress } from './useLongPress';
import styles from './RowView.module.css';

// What a row may ask of the list that it stands in.
export interface Host {
  conversation: string;
  group: boolean;
  react: (number: number, emoji: string, on: boolean) => void;
  menu: (message: Entry, part: Part, anchor: DOMRect) => void;
  jump: (number: number) => void;
}

interface Props {
  row: Row;
  host: Host;
  stop: boolean; // where Tab enters the messages
  found: boolean; // just jumped to
  trouble: string | undefined;
}

export const RowView = memo(function RowView({ row, host, ...rest }: Props) {
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
    case 'recalled':
      return <RecalledView row={row} conversation={host.conversation} />;
    case 'line':
      return <LineView line={row} host={host} {...rest} />;
  }
});

function RecalledView({ row, conversation }: { row: Recalled; conversation: string }) {
  const { t } = useTranslation();
  const name = useNameOf(row.author);
  const text = row.own ? recalledText(conversation, row.number) : undefined;
  return (
    <p className={styles.note}>
      {row.own ? t('chat.you_recalled') : t('chat.recalled', { name })}
      {text !== undefined && (
        <button type="button" className={styles.again} onClick={() => writeAgain(conversation, text)}>
          {t('chat.edit_again')}
        </button>
      )}
    </p>
  );
}

function LineView({ line, host, stop, found, trouble }: { line: Line } & Omit<Props, 'row'>) {
  const { t, i18n } = useTranslation();
  const { tools, ...nearness } = useNearness();
  const author = usePerson(line.author);
  const name = author === null ? t('common.former_member') : (author?.name ?? '');
  const speaker = line.own ? t('chat.you') : name;
  const named = host.group && !line.own && line.begins;
  const { message } = line;
  const said = useRef<HTMLDivElement>(null);
  const open = (part: Part, anchor = said.current?.getBoundingClientRect()) => message && anchor && host.menu(message, part, anchor);
  const press = useLongPress(() => open('all'));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    event.preventDefault();
    open('all');
  };
  const classes = [styles.line, line.own ? styles.own : styles.other, line.begins ? styles.begins : '', found ? styles.found : ''].join(' ');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter opens what the tools inside offer
    <div
      className={classes}
      role="group"
      aria-label={t('chat.said_at', { name: speaker, time: clock(line.at, i18n.language) })}
      data-message={message?.number}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard's way to its tools
      tabIndex={message && (stop ? 0 : -1)}
      onKeyDown={onKeyDown}
      {...nearness}
    >
      {!line.begins ? <span className={styles.gap} /> : named && author ? <Face id={author.id} name={name} group={host.conversation} /> : <Avatar id={line.author ?? ''} name={name} size={36} />}
      <div className={styles.stack}>
        {named && <span className={styles.name}>{name}</span>}
        <div ref={said} className={styles.said} {...press}>
          <Bubble line={line} speaker={line.begins && !named ? speaker : undefined} onJump={host.jump} />
        </div>
        {message && tools && <MessageTools own={line.own} onMenu={open} onQuote={() => beginQuote(host.conversation, message)} />}
        {message && line.reactions.length > 0 && <Reactions reactions={line.reactions} onReact={(emoji, on) => host.react(message.number, emoji, on)} />}
        {trouble !== undefined && (
          <p className={styles.trouble} role="alert">
            {trouble}
          </p>
        )}
        {line.state !== undefined && <State line={line} />}
      </div>
    </div>
  );
}

// Tools stand beside a message while a pointer or the focus of the keyboard is there; a finger holds it down instead.
function useNearness() {
  const [over, setOver] = useState(false);
  const [within, setWithin] = useState(false);
  const hovers = useMedia('(hover: hover)');
  return {
    tools: hovers && (over || within),
    onPointerEnter: () => setOver(true),
    onPointerLeave: () => setOver(false),
    onFocus: (event: FocusEvent<HTMLElement>) => setWithin(event.target.matches(':focus-visible')),
    onBlur: (event: FocusEvent<HTMLElement>) => setWithin(event.currentTarget.contains(event.relatedTarget)),
  };
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
