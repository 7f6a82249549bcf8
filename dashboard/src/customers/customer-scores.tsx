import { useEffect, useState } from 'preact/hooks'
import { apiUrl, type Score, type TaskName } from '../api.ts'
import { ScoreChart } from './score-chart.tsx'
import { percent, time, title } from '../format.ts'
import { Empty, Failure, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import type { CustomerTab, CustomerTabProps } from './customer-tab.ts'
import { featureName, featureValue } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

const HISTORY_MAX = 500

/** Tab with the history of scores by task and subject, and the row that the model saw for each. */
export const customerScores: CustomerTab = { path: 'scores', title: 'customers.scores', View: CustomerScores }

function CustomerScores({ customer, revision }: CustomerTabProps) {
  const { data, error, refresh } = useResource(
    apiUrl('/customers/{id}/scores', {
      path: { id: customer.customerId },
      query: { limit: HISTORY_MAX },
    }),
  )
  useEffect(() => {
    if (revision > 0) refresh()
  }, [revision, refresh])
  if (error !== undefined) return <Failure>{error}</Failure>
  if (data === undefined) return null
  if (data.items.length === 0) return <Empty>{t('customers.noScoresYet')}</Empty>
  const histories = [...Map.groupBy(data.items, ({ task, subjectId }) => `${task} ${subjectId}`)]
  return (
    <>
      {histories.map(([key, scores]) => (
        <ScoreHistory key={key} all={[...scores].reverse()} />
      ))}
    </>
  )
}

/** History of the scores of one subject. `all` is sorted by time. A score without a number predates the first model. */
function ScoreHistory({ all }: { readonly all: readonly Score[] }) {
  const withModel = all.filter(({ probability }) => probability !== null)
  const scores = withModel.length > 0 ? withModel : all.slice(-1)
  const [chosenId, setChosenId] = useState<string>()
  const index = Math.max(0, chosenId === undefined ? scores.length - 1 : scores.findIndex(({ id }) => id === chosenId))
  const chosen = scores[index]!
  const { task, opportunityId, probability, absent, modelId, visitCount, occurredAt } = chosen
  return (
    <section class="course">
      <h3>
        {title(task)} {opportunityId !== null && <code>{opportunityId}</code>}
      </h3>
      {withModel.length > 1 && (
        <ScoreChart scores={scores} chosen={index} onChoose={(next) => setChosenId(scores[next]!.id)} />
      )}
      <p class="chosen" aria-live="polite">
        <strong>{probability === null ? t('common.noScore') : percent(probability)}</strong>{' '}
        {t('customers.at', { occurredAt: time(occurredAt) })}
        {visitCount !== null && t('customers.afterVisits', { visitCount })}
        {modelId !== null && (
          <>
            {t('customers.byModel')} <code title={modelId}>{modelId.slice(0, 10)}</code>
          </>
        )}
        {absent !== null && (
          <>
            . <Told>{absent}</Told>
          </>
        )}
        {withModel.length > 0 &&
          withModel.length < all.length &&
          ` ${t('customers.earlierScoresHadNoModel', { earlier: all.length - withModel.length })}`}
      </p>
      <ModelInput score={chosen} />
    </section>
  )
}

/** The row that the model saw for a score, loaded when it is opened. */
function ModelInput({ score }: { readonly score: Score }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="row-seen" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('customers.whatTheModelSaw')}</summary>
      {open && <Row score={score} />}
    </details>
  )
}

/** A row, with the changes since the previous score highlighted. */
function Row({ score: { id, task, subjectId, customerId, occurredAt } }: { readonly score: Score }) {
  const { data, error } = useResource(
    apiUrl('/customers/{id}/scores', {
      path: { id: customerId },
      query: { task: task as TaskName, subjectId, until: occurredAt, rows: true, limit: 5 },
    }),
  )
  if (error !== undefined) return <Failure>{error}</Failure>
  const place = data?.items.findIndex((one) => one.id === id) ?? -1
  const { row, text } = data?.items[place] ?? {}
  if (row === undefined) return null
  const before = data?.items[place + 1]?.row
  const known = Object.entries(row).filter(([, value]) => value !== null)
  const changed = (name: string) => before !== undefined && before[name] !== row[name]
  return (
    <>
      {text != null && <p class="text">{text}</p>}
      <p class="about">
        {t('customers.ofFeaturesKnown', { known: known.length, all: Object.keys(row).length })}
        {before !== undefined &&
          t('customers.changedSinceThePreviousScore', { changed: known.filter(([name]) => changed(name)).length })}
      </p>
      <dl class="seen">
        {known.map(([name, value]) => (
          <div key={name} class={changed(name) ? 'changed' : ''}>
            <dt title={name}>{featureName(name) ?? name}</dt>
            <dd>{featureValue(name, value!)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
