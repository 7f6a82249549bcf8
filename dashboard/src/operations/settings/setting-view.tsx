import type { ApiUrl } from '../../api.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { pageHref } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { CASES } from '../../visits/cases/case-href.ts'
import { t } from '../../words/words.ts'
import { SettingEditor } from './setting-editor.tsx'
import { kindHref } from './settings-address.ts'
import { kindName, valueOf, type SettingKind, type SettingVersion } from './setting-text.ts'
import { SettingVersions } from './setting-versions.tsx'

interface SettingViewProps {
  readonly kind: SettingKind
  readonly settingKey: string
  /** Whether there is a setting of that key; otherwise it is being written. */
  readonly exists: boolean
  /** A setting of the kind, to begin a new one with. */
  readonly sample: SettingVersion | undefined
  readonly onChange: () => void
}

/** One setting: its value, its versions with their differences, and a form that changes it. */
export function SettingView({ kind, settingKey, exists, sample, onChange }: SettingViewProps) {
  const url: ApiUrl<SettingVersion & { readonly history: readonly SettingVersion[] }> | undefined = exists
    ? `${kind.path}/${encodeURIComponent(settingKey)}`
    : undefined
  const { data, error, refresh } = useResource(url)
  const changed = () => {
    refresh()
    onChange()
  }
  const value = data ?? (exists ? undefined : sample)
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading
        title={settingKey}
        about={kindName(kind.kind)}
        back={kindHref(kind.path)}
        backText={t('settings.allOfTheKind', { kind: kindName(kind.kind) })}
      />
      {error !== undefined && <Failure>{error}</Failure>}
      {exists && data === undefined && error === undefined && <Empty>{t('settings.loading')}</Empty>}
      {(data !== undefined || !exists) && (
        <div class="detail setting">
          {data !== undefined && <SettingVersions kind={kind} current={data} history={data.history} />}
          {kind.kind === 'policy' && (
            <p class="whole">
              <a href={pageHref(CASES)}>{t('settings.backTestOnThePageCases')}</a>
            </p>
          )}
          {!exists && !kind.open ? (
            <Failure>
              <>{t('settings.thereIsNoSetting', { name: settingKey })}</>
            </Failure>
          ) : (
            <SettingEditor
              address={`${kind.path}/${encodeURIComponent(settingKey)}`}
              version={data?.version ?? 0}
              value={value === undefined ? {} : valueOf(kind, value)}
              onSaved={changed}
            />
          )}
        </div>
      )}
    </section>
  )
}
