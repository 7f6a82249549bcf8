import { useState } from 'preact/hooks'
import { apiUrl, send, type ApiResponse } from '../../api.ts'
import { date, title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { NewSnooze } from './new-snooze.tsx'
import { userName } from '../../user-name.ts'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'

type Snooze = ApiResponse<'/snoozes'>['items'][number]

/** Active snoozes, with a form to add many at once and a button to end them early. */
export function SnoozesPanel() {
  const { data, error, refresh } = useResource(apiUrl('/snoozes'))
  const activeSnoozes = (data?.items ?? []).filter(({ retired, until }) => !retired && Date.parse(until) > Date.now())
  return (
    <section class="card settings" aria-labelledby="snoozes-title">
      <h2 id="snoozes-title">{t('cases.snoozes')}</h2>
      <p class="sub">{t('cases.alertsThatAreHeldBackTheir')}</p>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && activeSnoozes.length === 0 && <Empty>{t('cases.noAlertsAreSnoozed')}</Empty>}
      <ActiveSnoozes activeSnoozes={activeSnoozes} onEnd={refresh} />
      <NewSnooze onMade={refresh} />
    </section>
  )
}

function ActiveSnoozes({
  activeSnoozes,
  onEnd,
}: {
  readonly activeSnoozes: readonly Snooze[]
  readonly onEnd: () => void
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const sending = useSending()

  function end(): void {
    const by = userName()
    if (by === '') return sending.showError(t('cases.enterYourNameBelow'))
    sending.run(async () => {
      for (const { id, version } of activeSnoozes.filter((one) => chosen.has(one.id))) {
        const query = new URLSearchParams({ changedBy: by }).toString()
        await send('DELETE', `/snoozes/${encodeURIComponent(id)}?${query}`, undefined, version)
      }
      setChosen(new Set())
      onEnd()
      return t('cases.endedAlertsThatWereHeldBack')
    })
  }

  return (
    <>
      <ul class="lines">
        {activeSnoozes.map(({ id, rule, salespersonId, customerId, until, reason }) => (
          <li key={id}>
            <label class="choosable">
              <input type="checkbox" checked={chosen.has(id)} onChange={() => setChosen(toggled(chosen, id))} />
              <span>
                <strong>{title(rule)}</strong> {salespersonId ?? customerId}{' '}
                <span class="about">{t('cases.until', { until: date(until), reason })}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p class={`message ${sending.message?.tone ?? ''}`} role="status">
        {sending.message?.text}
      </p>
      {activeSnoozes.length > 0 && (
        <button type="button" class="quiet" disabled={sending.busy || chosen.size === 0} onClick={end}>
          {t('cases.end', { chosen: chosen.size })}
        </button>
      )}
    </>
  )
}

/** Returns the selection with the id added or removed. */
export function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
