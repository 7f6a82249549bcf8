import { apiUrl } from '../../api.ts'
import { time } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'

const SHOWN = 100
const READ_EVERY_MS = 10_000

/** Records that were deleted before they were read. */
export function Gaps() {
  const { data, error } = useResource(apiUrl('/gaps', { query: { limit: SHOWN } }), READ_EVERY_MS)
  return (
    <section class="card wide" aria-labelledby="gaps-title">
      <div class="head">
        <div>
          <h2 id="gaps-title">{t('operations.gaps')}</h2>
          <p class="sub">{t('operations.recordsThatWereDeletedBeforeThey')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('operations.noRecordsWereMissed')}</Empty>}
      <ul class="lines">
        {data?.items.map(({ id, processor, topic, partition, from, to, occurredAt }) => (
          <li key={id} class="record">
            <span class="row">
              <span class="tag warn">{t('operations.upToRecords', { records: to - from })}</span>
              <span class="about">{time(occurredAt)}</span>
            </span>
            <strong>{t('operations.partitionOffsetsTo', { topic, partition, from, to: to - 1 })}</strong>
            <span class="about">{processor}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
