import { apiUrl } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { DecidedRevision } from './decided-revision.tsx'
import { ProposedRevision } from './proposed-revision.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 30_000

/** Wordings that many callers did not understand, with the proposed new wording for a person to decide on. */
export function ScriptRevisions() {
  const { data, error, refresh } = useResource(apiUrl('/script-revisions'), READ_EVERY_MS)
  const open = data?.items.filter(({ decision }) => decision === null) ?? []
  const decided = data?.items.filter(({ decision }) => decision !== null) ?? []
  return (
    <section class="card wide" aria-labelledby="revisions-title">
      <div class="head">
        <div>
          <h2 id="revisions-title">{t('scripts.wordingsThatConfuse')}</h2>
          <p class="sub">{t('scripts.whatManyCallersDidNotUnderstand')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('scripts.loadingTheProposals')}</Empty>}
      {data !== undefined && open.length === 0 && <Empty>{t('scripts.noWordingConfusesManyCallers')}</Empty>}
      {open.map((one) => (
        <ProposedRevision
          key={`${one.template} ${one.templateVersion} ${one.partId}`}
          revision={one}
          onDecided={refresh}
        />
      ))}
      {decided.length > 0 && (
        <section class="group" aria-labelledby="decided-title">
          <h3 id="decided-title">{t('common.decided')}</h3>
          <ul class="lines">
            {decided.map((one) => (
              <DecidedRevision key={`${one.template} ${one.templateVersion} ${one.partId}`} revision={one} />
            ))}
          </ul>
        </section>
      )}
    </section>
  )
}
