import { useEffect, useState } from 'preact/hooks'
import { apiUrl, type Query } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { TimelineLine } from './timeline-line.tsx'
import { kindNames } from './timeline-text.ts'
import { t } from '../../words/words.ts'

const SHOWN = 25

type Kind = NonNullable<Query<'/customers/{id}/timeline'>['kind']>

interface CustomerTimelineProps {
  readonly customerId: string
  readonly revision: number
}

/** What happened to a customer and what was concluded, newest first. */
export function CustomerTimeline({ customerId, revision }: CustomerTimelineProps) {
  const [kind, setKind] = useState<Kind>()
  const timeLabel = useTimeLabel()
  const kinds = Object.entries(kindNames()) as [Kind, string][]
  return (
    <section class="card customer-timeline" aria-labelledby="timeline-title">
      <div class="head">
        <div>
          <h2 id="timeline-title">{t('customers.timeline')}</h2>
          <p class="sub">{t('customers.newestFirstWithThe', { timeLabel })}</p>
        </div>
        <select
          aria-label={t('customers.show')}
          value={kind ?? ''}
          onChange={(event) => setKind(kinds.find(([one]) => one === event.currentTarget.value)?.[0])}
        >
          <option value="">{t('customers.everything')}</option>
          {kinds.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <ol class="lines">
        <Entries key={kind ?? ''} customerId={customerId} kind={kind} after={undefined} revision={revision} />
      </ol>
    </section>
  )
}

interface EntriesProps extends CustomerTimelineProps {
  readonly kind: Kind | undefined
  /** Cursor; `undefined` for the first page. */
  readonly after: string | undefined
}

/** A page of entries and, once it is asked for, the pages after it: they follow when new entries move the first. */
function Entries({ customerId, kind, after, revision }: EntriesProps) {
  const [isLast, setLast] = useState(true)
  const { data, error, refresh } = useResource(
    apiUrl('/customers/{id}/timeline', {
      path: { id: customerId },
      query: {
        limit: SHOWN,
        // The time zone of the reader, in which all times are shown.
        utcOffsetMinutes: -new Date().getTimezoneOffset(),
        ...(kind !== undefined && { kind }),
        ...(after !== undefined && { after }),
      },
    }),
  )
  useEffect(() => {
    if (revision > 0) refresh()
  }, [revision, refresh])
  return (
    <>
      {error !== undefined && (
        <li>
          <Failure>{error}</Failure>
        </li>
      )}
      {data === undefined && error === undefined && (
        <li>
          <Empty>{t('customers.loading')}</Empty>
        </li>
      )}
      {data?.items.length === 0 && (
        <li>
          <Empty>{kind === undefined ? t('customers.nothingHappenedYet') : t('customers.nothingOfThisKind')}</Empty>
        </li>
      )}
      {data?.items.map((entry) => (
        <TimelineLine key={entry.id} customerId={customerId} entry={entry} />
      ))}
      {data != null && data.next !== null && isLast && (
        <li class="more">
          <button type="button" class="quiet" onClick={() => setLast(false)}>
            {t('common.showMore')}
          </button>
        </li>
      )}
      {data != null && data.next !== null && !isLast && (
        <Entries customerId={customerId} kind={kind} after={data.next} revision={revision} />
      )}
    </>
  )
}
