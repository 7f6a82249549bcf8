import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { CallResults } from './call-results.tsx'
import { GroupResults } from './group-results.tsx'
import { RestoreScript } from './restore-script.tsx'
import { Retirements } from './retirements.tsx'
import { byGroup, type GroupResult } from './script-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 30_000

/** Results of each script by target group, which scripts were retired and why, and a way to restore them. */
export function ScriptResults() {
  const { data, error, refresh } = useResource(apiUrl('/script-quality/groups'), READ_EVERY_MS)
  const [restoring, setRestoring] = useState<GroupResult>()
  const [changes, setChanges] = useState(0)
  return (
    <div class="stack">
      <section class="card wide" aria-labelledby="results-title">
        <div class="head">
          <div>
            <h2 id="results-title">{t('scripts.resultsByTargetGroup')}</h2>
            {data !== undefined && (
              <p class="sub">{t('scripts.callsOfTheLastDaysWith', { days: data.days, evidence: data.evidence })}</p>
            )}
          </div>
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheResults')}</Empty>}
        {data?.items.length === 0 && <Empty>{t('scripts.noCallHasBeenGivenA')}</Empty>}
        {byGroup(data?.items ?? []).map((rows) => (
          <GroupResults key={`${rows[0]!.targetGroup} ${rows[0]!.language}`} rows={rows} onRestore={setRestoring} />
        ))}
        {restoring !== undefined && (
          <RestoreScript
            script={restoring}
            onCancel={() => setRestoring(undefined)}
            onRestored={() => {
              setChanges(changes + 1)
              refresh()
            }}
          />
        )}
      </section>
      <Retirements changes={changes} />
      <CallResults />
    </div>
  )
}
