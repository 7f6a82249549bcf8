import { useState } from 'preact/hooks'
import { t } from '../../words/words.ts'
import { DifferenceTable } from './difference-table.tsx'
import { setBy, valueOf, type SettingKind, type SettingVersion } from './setting-text.ts'

interface SettingVersionsProps {
  readonly kind: SettingKind
  readonly current: SettingVersion
  /** Versions that people set, newest first. */
  readonly history: readonly SettingVersion[]
}

/** The value of a setting, who set which version and why, and what differs between two of them. */
export function SettingVersions({ kind, current, history }: SettingVersionsProps) {
  const [shown, setShown] = useState<number>()
  const index = shown === undefined ? 0 : history.findIndex(({ version }) => version === shown)
  const one = history[index] ?? current
  const former = history[index + 1]
  return (
    <>
      <section class="group" aria-labelledby="value-title">
        <h3 id="value-title">{versionName(one)}</h3>
        <pre class="payload" tabIndex={0} lang="en">
          {JSON.stringify(valueOf(kind, one), undefined, 2)}
        </pre>
      </section>
      <section class="group" aria-labelledby="versions-title">
        <h3 id="versions-title">{t('settings.versions')}</h3>
        {history.length === 0 && <p class="about">{t('settings.neverChanged')}</p>}
        <ol class="lines">
          {history.map((version) => (
            <li key={version.version} class="record version">
              <button
                type="button"
                class="quiet"
                aria-pressed={version === one}
                onClick={() => setShown(version.version)}
              >
                {versionName(version)}
              </button>
              <span class="about">{setBy(version)}</span>
              {typeof version.reason === 'string' && <span class="reason">{version.reason}</span>}
            </li>
          ))}
        </ol>
      </section>
      {former !== undefined && (
        <section class="group whole" aria-labelledby="differences-title">
          <h3 id="differences-title">{t('settings.whatChanged', { version: one.version, former: former.version })}</h3>
          <DifferenceTable before={valueOf(kind, former)} after={valueOf(kind, one)} />
        </section>
      )}
    </>
  )
}

function versionName({ version }: SettingVersion): string {
  return version === 0 ? t('settings.builtIn') : t('common.version', { version })
}
