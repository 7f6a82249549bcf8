import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Status } from '../api.ts'
import { count, milliseconds, rate } from '../format.ts'
import type { PageProps } from '../page.ts'
import { pageHref } from '../route.ts'
import { Sparkline } from '../sparkline.tsx'
import { unprocessed } from './unprocessed.tsx'

/** Points of a sparkline: two minutes at one poll every two seconds. */
const POINTS_MAX = 60
const STALE_SECONDS = 15

/** Health of the stream: rates, latency, lag, and the parts that are not ready. */
export function Health({ status, statusError }: PageProps) {
  const [samples, setSamples] = useState<readonly NonNullable<Status['stream']>[]>([])
  const stream = status?.stream ?? null
  useEffect(() => {
    if (stream !== null) setSamples((previous) => [...previous, stream].slice(-POINTS_MAX))
  }, [stream])

  const problemParts = status?.parts.filter(({ ready, warning }) => !ready || warning !== null) ?? []
  return (
    <section class="health" aria-label="Stream health">
      {statusError !== undefined && <p class="notice bad">The API is not responding: {statusError}</p>}
      {problemParts.map(({ part, ready, reason, warning }) => (
        <p key={part} class="notice warn">
          <strong>{part}</strong> {ready ? 'needs attention' : 'is not ready'}. {ready ? warning : reason}
        </p>
      ))}
      {age(status?.sink.ageSeconds) !== undefined && (
        <p class="notice bad">
          The data shown is {age(status?.sink.ageSeconds)} old: the sink has fallen behind or stopped.
        </p>
      )}
      {age(status?.globals.ageSeconds) !== undefined && (
        <p class="notice bad">
          Releases, policies and thresholds were last read {age(status?.globals.ageSeconds)} ago: the global topics
          can’t be read.
        </p>
      )}
      {status !== undefined && status.gaps.count > 0 && (
        <p class="notice warn">
          Up to {count(status.gaps.offsets)} records were deleted before they were read, in {count(status.gaps.count)}{' '}
          {status.gaps.count === 1 ? 'gap' : 'gaps'} of the last week: <a href={pageHref(unprocessed.path)}>which</a>.
        </p>
      )}
      {status !== undefined && stream === null && (
        <p class="notice">The processors run in another process: their rates and latency are in its metrics.</p>
      )}
      {stream !== null && (
        <dl>
          <Tile name="Events per second" value={rate(stream.eventsPerSecond)} note="over all processors">
            <Sparkline values={samples.map((one) => one.eventsPerSecond)} />
          </Tile>
          <Tile name="Scores per second" value={rate(stream.scoresPerSecond)} note="from models">
            <Sparkline values={samples.map((one) => one.scoresPerSecond)} />
          </Tile>
          <Tile
            name="Latency, median"
            value={stream.latencyMsMedian === null ? '–' : milliseconds(stream.latencyMsMedian)}
            note={
              stream.latencyMsP99 === null ? 'no recent events' : `99 % within ${milliseconds(stream.latencyMsP99)}`
            }
          >
            <Sparkline values={samples.map((one) => one.latencyMsMedian ?? 0)} />
          </Tile>
          <Tile name="Lag" value={count(stream.lag)} note="records not yet processed">
            <Sparkline values={samples.map((one) => one.lag)} />
          </Tile>
          <Tile
            name="Dead letters"
            value={count(stream.deadLetters)}
            note={duplicatesText(stream.duplicates, status?.simulation != null)}
          />
          <Tile name="Tasks" value={count(stream.tasks)} note="running in this process" />
        </dl>
      )}
    </section>
  )
}

/**
 * Describes the dropped duplicates. The simulator sends some events twice, as real systems do, to show that they count
 * once; the note says so, because it would look like a fault otherwise.
 */
function duplicatesText(duplicates: number, simulated: boolean): string {
  const words = `${count(duplicates)} duplicate ${duplicates === 1 ? 'event' : 'events'} dropped`
  return simulated && duplicates > 0 ? `${words}: the simulator sends some twice` : words
}

/** Describes an age; `undefined` if it is less than `STALE_SECONDS` or unknown. */
function age(seconds: number | null | undefined): string | undefined {
  if (seconds === null || seconds === undefined || seconds < STALE_SECONDS) return undefined
  if (seconds < 120) return `${seconds} seconds`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`
}

interface TileProps {
  readonly name: string
  readonly value: string
  readonly note?: string
  readonly children?: ComponentChildren
}

function Tile({ name, value, note, children }: TileProps) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>
        <span class="value">{value}</span>
        {note !== undefined && <span class="note">{note}</span>}
        {children}
      </dd>
    </div>
  )
}
