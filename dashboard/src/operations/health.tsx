import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Status } from '../api.ts'
import { count, milliseconds, rate } from '../format.ts'
import type { PageProps } from '../page.ts'
import { Sparkline } from '../sparkline.tsx'
import { sectionHref } from './stream/stream-address.ts'
import { rich, t } from '../words/words.ts'
import { Told } from '../parts.tsx'

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

  return (
    <section class="health" aria-label={t('operations.streamHealth')}>
      <Notices status={status} statusError={statusError} />
      {stream !== null && (
        <dl>
          <Tile
            name={t('operations.eventsPerSecond')}
            value={rate(stream.eventsPerSecond)}
            note={t('operations.overAllProcessors')}
          >
            <Sparkline values={samples.map((one) => one.eventsPerSecond)} />
          </Tile>
          <Tile
            name={t('operations.scoresPerSecond')}
            value={rate(stream.scoresPerSecond)}
            note={t('operations.fromModels')}
          >
            <Sparkline values={samples.map((one) => one.scoresPerSecond)} />
          </Tile>
          <Tile
            name={t('operations.latencyMedian')}
            value={stream.latencyMsMedian === null ? '–' : milliseconds(stream.latencyMsMedian)}
            note={
              stream.latencyMsP99 === null
                ? t('operations.noRecentEvents')
                : t('operations.n99Within', { latencyMsP99: milliseconds(stream.latencyMsP99) })
            }
          >
            <Sparkline values={samples.map((one) => one.latencyMsMedian ?? 0)} />
          </Tile>
          <Tile name={t('operations.lag')} value={count(stream.lag)} note={t('operations.recordsNotYetProcessed')}>
            <Sparkline values={samples.map((one) => one.lag)} />
          </Tile>
          <Tile
            name={t('operations.deadLetters')}
            value={count(stream.deadLetters)}
            note={duplicatesText(stream.duplicates, status?.simulation != null)}
          />
          <Tile name={t('operations.tasks')} value={count(stream.tasks)} note={t('operations.runningInThisProcess')} />
        </dl>
      )}
    </section>
  )
}

/** What is wrong with the stream, or missing from the tiles. */
function Notices({ status, statusError }: Pick<PageProps, 'status' | 'statusError'>) {
  const problemParts = status?.parts.filter(({ ready, warning }) => !ready || warning !== null) ?? []
  const sinkAge = age(status?.sink.ageSeconds)
  const globalsAge = age(status?.globals.ageSeconds)
  return (
    <>
      {statusError !== undefined && <p class="notice bad">{t('operations.theApiIsNotResponding', { statusError })}</p>}
      {problemParts.map(({ part, ready, reason, warning }) => (
        <p key={part} class="notice warn">
          {rich(ready ? 'operations.needsAttention' : 'operations.isNotReady', {
            part: <strong lang="en">{part}</strong>,
          })}{' '}
          <Told>{ready ? warning : reason}</Told>
        </p>
      ))}
      {sinkAge !== undefined && <p class="notice bad">{t('operations.theDataShownIsOldThe', { age: sinkAge })}</p>}
      {globalsAge !== undefined && (
        <p class="notice bad">{t('operations.releasesPoliciesAndThresholdsWereLast', { age: globalsAge })}</p>
      )}
      {status !== undefined && status.gaps.count > 0 && (
        <p class="notice warn">
          {rich('operations.recordsWereDeleted', {
            ...{ records: status.gaps.offsets, gaps: status.gaps.count },
            which: (words) => <a href={sectionHref('dead-letters')}>{words}</a>,
          })}
        </p>
      )}
      {status?.stream === null && <p class="notice">{t('operations.theProcessorsRunInAnotherProcess')}</p>}
    </>
  )
}

/**
 * Describes the dropped duplicates. The simulator sends some events twice, as real systems do, to show that they count
 * once; the note says so, because it would look like a fault otherwise.
 */
function duplicatesText(duplicates: number, simulated: boolean): string {
  const words = t('operations.duplicateDropped', { duplicates })
  return simulated && duplicates > 0 ? t('operations.theSimulatorSendsSomeTwice', { words }) : words
}

/** Describes an age; `undefined` if it is less than `STALE_SECONDS` or unknown. */
function age(seconds: number | null | undefined): string | undefined {
  if (seconds === null || seconds === undefined || seconds < STALE_SECONDS) return undefined
  if (seconds < 120) return t('operations.seconds', { seconds })
  return seconds < 7_200
    ? t('operations.minutes', { minutes: Math.round(seconds / 60) })
    : t('operations.hours', { hours: Math.round(seconds / 3_600) })
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
