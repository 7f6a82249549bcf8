import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type LiveMessages, type Score } from '../api.ts'
import { time, title } from '../format.ts'
import type { PageProps } from '../page.ts'
import { Empty, Probability, Told } from '../parts.tsx'
import { customerHref } from '../route.ts'
import { useTimeLabel } from '../simulation.tsx'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'

const SHOWN = 40

/** A score that was loaded, or that arrived live. */
type ShownScore = Score | LiveMessages['scores']

/** Scores as they arrive, newest first. */
export function ScoreTicker({ status, live: { scores } }: PageProps) {
  const tasks = status?.tasks ?? []
  const { data } = useResource(apiUrl('/scores', { query: { limit: SHOWN } }))
  const [arrived, setArrived] = useState<readonly ShownScore[]>([])
  const [task, setTask] = useState('')
  const [paused, setPaused] = useState(false)
  const timeLabel = useTimeLabel()
  const pausedRef = useRef(paused)
  pausedRef.current = paused

  useEffect(() => {
    if (scores.length === 0 || pausedRef.current) return
    setArrived((previous) => [...[...scores].reverse(), ...previous].slice(0, 5 * SHOWN))
  }, [scores])

  const all = uniqueById([...arrived, ...(data?.items ?? [])])
  // Scores without a number are hidden: that there is no model is said once, not with every event.
  const shown = all
    .filter((score) => score.probability !== null && (task === '' || score.task === task))
    .slice(0, SHOWN)
  const known = [...new Set([...tasks.map((one) => one.task), ...all.map((score) => score.task)])].sort()
  const unscored = all.length > 0 ? t('customers.eventsAreArrivingButNoModel') : undefined
  const missing = tasks.find((one) => one.task === task)?.absent

  return (
    <section class="card ticker" aria-labelledby="ticker-title">
      <div class="head">
        <div>
          <h2 id="ticker-title">{t('customers.latestScores')}</h2>
          <p class="sub">{t('customers.liveWithTheOfTheEvent', { timeLabel })}</p>
        </div>
        <div class="choices">
          <select
            aria-label={t('customers.task')}
            value={task}
            onChange={(event) => setTask(event.currentTarget.value)}
          >
            <option value="">{t('common.allTasks')}</option>
            {known.map((name) => (
              <option key={name} value={name}>
                {title(name)}
              </option>
            ))}
          </select>
          <button type="button" class="quiet" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {paused ? t('common.resume') : t('common.pause')}
          </button>
        </div>
      </div>
      {shown.length === 0 && (
        <Empty>{missing != null ? <Told>{missing}</Told> : (unscored ?? t('customers.noScoresYetTheyAppearAs'))}</Empty>
      )}
      <ul class="lines">
        {shown.map(({ id, task, customerId, customerName, probability, occurredAt }) => (
          <li key={id} class="arriving">
            <a href={customerHref(customerId)}>
              <span class="who">
                <strong>{customerName ?? customerId}</strong>
                <span class="about">
                  {title(task)} · {time(occurredAt)}
                </span>
              </span>
              <Probability value={probability} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function uniqueById(scores: readonly ShownScore[]): ShownScore[] {
  const seen = new Set<string>()
  return scores.filter(({ id }) => !seen.has(id) && seen.add(id))
}
