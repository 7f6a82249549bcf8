import type { ComponentChildren } from 'preact'
import { apiUrl } from '../api.ts'
import { time } from '../format.ts'
import type { Page } from '../page.ts'
import { Empty, Failure, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'

const SHOWN = 100
const READ_EVERY_MS = 10_000

/** Page of records that had no effect: they could not be processed, or were deleted before they were read. */
export const unprocessed: Page = { path: 'unprocessed', title: 'operations.deadLettersAndGaps', View: Unprocessed }

function Unprocessed() {
  return (
    <div class="columns halves">
      <DeadLetters />
      <Gaps />
    </div>
  )
}

function DeadLetters() {
  const { data, error } = useResource(apiUrl('/dead-letters', { query: { limit: SHOWN } }), READ_EVERY_MS)
  return (
    <Records title={t('operations.deadLetters')} about={t('operations.recordsThatCouldNotBeProcessed')} error={error}>
      {data?.items.length === 0 && <Empty>{t('operations.allRecordsWereProcessed')}</Empty>}
      <ul class="lines">
        {data?.items.map(({ id, processor, topic, partition, offset, code, message, valueBytes, occurredAt }) => (
          <li key={id} class="record">
            <span class="row">
              <span class="tag bad">{code}</span>
              <span class="about">{time(occurredAt)}</span>
            </span>
            <strong>{t('operations.partitionOffset', { topic, partition, offset })}</strong>
            <span class="reason">
              <Told>{message}</Told>
            </span>
            <span class="about">
              {processor}
              {valueBytes !== null && ` ${t('operations.bytes', { valueBytes })}`}
            </span>
          </li>
        ))}
      </ul>
    </Records>
  )
}

function Gaps() {
  const { data, error } = useResource(apiUrl('/gaps', { query: { limit: SHOWN } }), READ_EVERY_MS)
  return (
    <Records title={t('operations.gaps')} about={t('operations.recordsThatWereDeletedBeforeThey')} error={error}>
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
    </Records>
  )
}

interface RecordsProps {
  readonly title: string
  readonly about: string
  readonly error: string | undefined
  readonly children: ComponentChildren
}

function Records({ title, about, error, children }: RecordsProps) {
  return (
    <section class="card" aria-label={title}>
      <div class="head">
        <div>
          <h2>{title}</h2>
          <p class="sub">{about}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {children}
    </section>
  )
}
