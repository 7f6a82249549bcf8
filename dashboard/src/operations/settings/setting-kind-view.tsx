import { useState } from 'preact/hooks'
import { type ApiUrl } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { NewSetting } from './new-setting.tsx'
import { kindHref, sectionHref } from './settings-address.ts'
import { kindName, kindPurpose, setBy, type SettingKind, type SettingVersion } from './setting-text.ts'
import { SettingView } from './setting-view.tsx'

const PAGE = 50

interface SettingKindViewProps {
  readonly kind: SettingKind
  /** Key of the setting that is opened. */
  readonly opened: string | undefined
  readonly onChange: () => void
}

/** The settings of a kind in their current versions, or one of them. */
export function SettingKindView({ kind, opened, onChange }: SettingKindViewProps) {
  const url: ApiUrl<{ readonly items: readonly SettingVersion[] }> = kind.path
  const { data, error, refresh } = useResource(url)
  const keyOf = (one: SettingVersion) => String(one[kind.key])
  if (opened !== undefined && data !== undefined) {
    const changed = () => {
      refresh()
      onChange()
    }
    const exists = data.items.some((one) => keyOf(one) === opened)
    const sample = data.items[0]
    return <SettingView key={opened} {...{ kind, exists, sample }} settingKey={opened} onChange={changed} />
  }
  const purpose = kindPurpose(kind.kind)
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading
        title={kindName(kind.kind)}
        {...(purpose === undefined ? {} : { about: purpose })}
        back={sectionHref('kinds')}
        backText={t('settings.allSettings')}
      />
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('settings.loading')}</Empty>}
      {data?.items.length === 0 && <Empty>{t('settings.noneYet')}</Empty>}
      {data !== undefined && data.items.length > 0 && <Settings kind={kind} items={data.items} keyOf={keyOf} />}
      {data !== undefined && kind.open && <NewSetting path={kind.path} />}
    </section>
  )
}

interface SettingsProps {
  readonly kind: SettingKind
  readonly items: readonly SettingVersion[]
  readonly keyOf: (one: SettingVersion) => string
}

function Settings({ kind, items, keyOf }: SettingsProps) {
  const [shown, setShown] = useState(PAGE)
  return (
    <div class="group">
      <DataTable
        caption={kindName(kind.kind)}
        rows={items.slice(0, shown)}
        keyOf={keyOf}
        columns={[
          {
            label: t('settings.name'),
            cell: (one) => <a href={kindHref(kind.path, keyOf(one))}>{keyOf(one)}</a>,
          },
          { label: t('settings.version'), cell: ({ version }) => (version === 0 ? t('settings.builtIn') : version) },
          { label: t('settings.setBy'), cell: setBy },
          { label: t('common.reason'), cell: ({ reason }) => reason ?? '' },
        ]}
      />
      {shown < items.length && (
        <button type="button" class="quiet" onClick={() => setShown(shown + PAGE)}>
          {t('common.showMore')}
        </button>
      )}
    </div>
  )
}
