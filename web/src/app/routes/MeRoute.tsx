import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PermissionCentre } from '../../features/consent/PermissionCentre';
import { PolicyReading } from '../../features/consent/PolicyReading';
import { useSignOut } from '../../features/identity/queries';
import { MeMenu } from '../../features/me/MeMenu';
import { Profile } from '../../features/me/Profile';
import { Settings } from '../../features/me/Settings';
import { SettingsPage } from '../../features/me/SettingsPage';
import { explain } from '../../lib/i18n';
import { usePhone } from '../../lib/media';
import { Empty } from '../../ui/Empty';
import { useInside } from '../session';
import { Bar } from '../shell/Bar';
import { Panes } from '../shell/Panes';

export function Component() {
  const { t } = useTranslation();
  const { me, leave } = useInside();
  const { page } = useParams();
  const phone = usePhone();
  const { mutate, error } = useSignOut();
  const leaving = { problem: error ? explain(error) : undefined, onSignOut: () => mutate(undefined, { onSuccess: leave }) };
  const setting = (body: ReactNode) => ({ title: t('me.settings'), body: <SettingsPage>{body}</SettingsPage> });

  const pages: Record<string, { title: string; body: ReactNode }> = {
    profile: { title: t('me.profile'), body: <Profile roles={me.roles} /> },
    settings: setting(<Settings {...leaving} />),
    privacy: setting(<PermissionCentre />),
    policy: { title: t('consent.policy'), body: <PolicyReading /> },
  };
  const open = pages[page ?? (phone ? '' : 'profile')];
  const main = open ? (
    <>
      {phone && (
        <Bar up="/me">
          <h2>{open.title}</h2>
        </Bar>
      )}
      {open.body}
    </>
  ) : (
    <Empty icon={UserRound} title={t('me.choose')} />
  );
  return <Panes list={<MeMenu {...leaving} />} main={main} />;
}
