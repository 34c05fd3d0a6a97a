import { UsersRound } from 'lucide-react';
import styles from './Avatar.module.css';
import { tints } from './tints';

// A name's last two characters in Chinese, its initials elsewhere.
function letters(name: string): string {
  if (/\p{Script=Han}/u.test(name)) return [...name.replaceAll(/\s/g, '')].slice(-2).join('');
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

function tint(id: string): string {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return tints[sum % tints.length] ?? '#5c6b7a';
}

interface Props {
  id: string; // whose colour it has
  name: string;
  size?: number;
  group?: boolean;
}

// Decoration beside a name, so it is silent to screen readers.
export function Avatar({ id, name, size = 40, group = false }: Props) {
  const style = { width: size, height: size, background: tint(id), fontSize: Math.round(size * 0.34), borderRadius: size * 0.24 };
  return (
    <span className={styles.avatar} style={style} aria-hidden="true">
      {group ? <UsersRound size={Math.round(size * 0.5)} strokeWidth={2} /> : letters(name)}
    </span>
  );
}
