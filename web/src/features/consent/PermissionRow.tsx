import { Bell, Camera, HardDrive, Images, MapPin, Mic, Phone, ShieldQuestion, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Choice, Taken } from '../../wire';
import { familyOf, useBrowserState, type BrowserState, type Family } from './browser';
import { ChoiceRow, Fact } from './ChoiceRow';
import styles from './Centre.module.css';

const known = {
  'PM-04': { icon: MapPin, without: 'consent.without_location' },
  'PM-01': { icon: Camera, without: 'consent.without_camera' },
  'PM-02': { icon: Images, without: 'consent.without_album' },
  'PM-03': { icon: HardDrive, without: 'consent.without_storage' },
  'PM-07': { icon: Mic, without: 'consent.without_microphone' },
  'PM-06': { icon: Bell, without: 'consent.without_notifications' },
  'PM-05': { icon: Phone, without: 'consent.without_phone_state' },
} as const satisfies Record<string, { icon: LucideIcon; without: string }>;
const about = (id: string) => (id in known ? known[id as keyof typeof known] : undefined);

// The most personal first, and last what is not used at all.
export function inOrder(permissions: readonly Choice[]): Choice[] {
  const order = Object.keys(known);
  const place = ({ id }: Choice) => (order.indexOf(id) + order.length) % order.length;
  return [...permissions].sort((one, other) => place(one) - place(other));
}

const says = {
  granted: 'consent.browser_granted',
  denied: 'consent.browser_denied',
  prompt: 'consent.browser_prompt',
  unknown: 'consent.browser_unknown',
  each_time: 'consent.browser_each_time',
  none: 'consent.browser_none',
} as const satisfies Record<BrowserState, string>;

const ways = {
  android: 'consent.way_android',
  chrome: 'consent.way_chrome',
  edge: 'consent.way_edge',
  firefox: 'consent.way_firefox',
  ios: 'consent.way_ios',
  other: 'consent.way_other',
  safari: 'consent.way_safari',
} as const satisfies Record<Family, string>;

export function PermissionRow({ choice, taken }: { choice: Choice; taken: readonly Taken[] }) {
  const { t } = useTranslation();
  const browser = useBrowserState(choice.id);
  const { icon, without } = about(choice.id) ?? { icon: ShieldQuestion };
  const disagreement =
    browser === 'denied' && choice.granted ? t('consent.browser_blocks') : browser === 'granted' && !choice.granted ? t('consent.browser_alone') : undefined;
  const facts = (
    <Fact term={t('consent.browser')}>
      <span className={browser === 'granted' ? styles.on : undefined}>{browser ? t(says[browser]) : t('common.loading')}</span>
      {disagreement !== undefined && <span className={styles.line}>{disagreement}</span>}
    </Fact>
  );
  const settable = browser !== 'each_time' && browser !== 'none';
  return (
    <ChoiceRow
      choice={choice}
      taken={taken}
      icon={icon}
      facts={facts}
      {...(without && { without: t(without) })}
      more={
        settable && (
          <details className={styles.way}>
            <summary>{t('consent.way', { name: choice.name })}</summary>
            <p>{t(ways[familyOf(navigator.userAgent)], { name: choice.name })}</p>
          </details>
        )
      }
    />
  );
}
