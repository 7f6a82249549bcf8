import { apiUrl } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { DecidedRevision } from './decided-revision.tsx'
import { ProposedRevision } from './proposed-revision.tsx'

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
          <h2 id="revisions-title">Wordings that confuse</h2>
          <p class="sub">What many callers did not understand. Accepting makes a new version of the template.</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>Loading the proposals …</Empty>}
      {data !== undefined && open.length === 0 && <Empty>No wording confuses many callers.</Empty>}
      {open.map((one) => (
        <ProposedRevision
          key={`${one.template} ${one.templateVersion} ${one.partId}`}
          revision={one}
          onDecided={refresh}
        />
      ))}
      {decided.length > 0 && (
        <section class="group" aria-labelledby="decided-title">
          <h3 id="decided-title">Decided</h3>
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
