import { apiUrl } from '../../api.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { SettingKindView } from './setting-kind-view.tsx'
import { kindHref } from './settings-address.ts'
import { kindName, kindPurpose, setBy, type SettingKind } from './setting-text.ts'

interface SettingKindsProps {
  /** Path of the kind that is opened. */
  readonly path: string | undefined
  /** Key of the setting of that kind that is opened. */
  readonly opened: string | undefined
}

/** Every kind of settings: what it is for, and who changed it last, when and why. */
export function SettingKinds({ path, opened }: SettingKindsProps) {
  const { data, error, isForbidden, refresh } = useResource(apiUrl('/settings'))
  const kind = data?.items.find((one) => one.path === path)
  return (
    <div class={path === undefined ? 'list-detail' : 'list-detail opened'}>
      <section class="card" aria-labelledby="kinds-title">
        <div class="head">
          <div>
            <h2 id="kinds-title">{t('settings.settings')}</h2>
            <p class="sub">{t('settings.everyVersionIsKept')}</p>
          </div>
        </div>
        {isForbidden && <Empty>{t('settings.youMayNotSeeSettings')}</Empty>}
        {error !== undefined && !isForbidden && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('settings.loading')}</Empty>}
        <ul class="lines">
          {data?.items.map((one) => (
            <Line key={one.kind} kind={one} isOpened={one.path === path} />
          ))}
        </ul>
      </section>
      {kind !== undefined && <SettingKindView key={kind.kind} kind={kind} opened={opened} onChange={refresh} />}
      {path !== undefined && data !== undefined && kind === undefined && (
        <section class="card" aria-label={t('settings.unknownSetting')}>
          <Failure>
            <>{t('settings.thereIsNoSetting', { name: path })}</>
          </Failure>
        </section>
      )}
    </div>
  )
}

function Line({ kind, isOpened }: { readonly kind: SettingKind; readonly isOpened: boolean }) {
  const purpose = kindPurpose(kind.kind)
  return (
    <li>
      <a href={kindHref(kind.path)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <strong>{kindName(kind.kind)}</strong>
        <span class="reason">{purpose ?? <Told>{kind.description}</Told>}</span>
        <span class="about">
          {kind.changedAt === null ? t('settings.neverChanged') : t('settings.lastChanged', { by: setBy(kind) })}
        </span>
        {kind.reason !== null && <span class="about">{kind.reason}</span>}
      </a>
    </li>
  )
}
