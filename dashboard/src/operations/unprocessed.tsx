import type { ComponentChildren } from 'preact'
import { apiUrl } from '../api.ts'
import { count, time } from '../format.ts'
import type { Page } from '../page.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'

const SHOWN = 100
const READ_EVERY_MS = 10_000

/** Page of records that had no effect: they could not be processed, or were deleted before they were read. */
export const unprocessed: Page = { path: 'unprocessed', title: 'Dead letters and gaps', View: Unprocessed }

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
    <Records title="Dead letters" about="Records that could not be processed, and why" error={error}>
      {data?.items.length === 0 && <Empty>All records were processed.</Empty>}
      <ul class="lines">
        {data?.items.map(({ id, processor, topic, partition, offset, code, message, valueBytes, occurredAt }) => (
          <li key={id} class="record">
            <span class="row">
              <span class="tag bad">{code}</span>
              <span class="about">{time(occurredAt)}</span>
            </span>
            <strong>
              {topic}, partition {partition}, offset {offset}
            </strong>
            <span class="reason">{message}</span>
            <span class="about">
              {processor}
              {valueBytes !== null && ` · ${count(valueBytes)} bytes`}
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
    <Records title="Gaps" about="Records that were deleted before they were read" error={error}>
      {data?.items.length === 0 && <Empty>No records were missed.</Empty>}
      <ul class="lines">
        {data?.items.map(({ id, processor, topic, partition, from, to, occurredAt }) => (
          <li key={id} class="record">
            <span class="row">
              <span class="tag warn">up to {count(to - from)} records</span>
              <span class="about">{time(occurredAt)}</span>
            </span>
            <strong>
              {topic}, partition {partition}, offsets {from} to {to - 1}
            </strong>
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
