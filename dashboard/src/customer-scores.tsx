import { useEffect, useState } from 'preact/hooks'
import type { Customer, Page, Score } from './api.ts'
import { ScoreChart } from './score-chart.tsx'
import { number, percent, time, title } from './format.ts'
import { Empty, Failure } from './parts.tsx'
import { useResource } from './use-resource.ts'

const HISTORY_MAX = 300

/** How the scores of each subject went, and what the model saw at each. */
export function CustomerScores({ customer, revision }: { readonly customer: Customer; readonly revision: number }) {
  const { data, error, refresh } = useResource<Page<Score>>(
    `/customers/${encodeURIComponent(customer.customerId)}/scores?limit=${HISTORY_MAX}`,
  )
  useEffect(() => {
    if (revision > 0) refresh()
  }, [revision, refresh])
  if (error !== undefined) return <Failure>{error}</Failure>
  if (data === undefined) return null
  if (data.items.length === 0) return <Empty>No event of this customer has been scored yet.</Empty>
  const courses = [...Map.groupBy(data.items, ({ task, subjectId }) => `${task} ${subjectId}`)]
  return (
    <>
      {courses.map(([key, scores]) => (
        <Course key={key} all={[...scores].reverse()} />
      ))}
    </>
  )
}

/** `all` in order of time. Those without a number came before there was a model. */
function Course({ all }: { readonly all: readonly Score[] }) {
  const told = all.filter(({ probability }) => probability !== null)
  const scores = told.length > 0 ? told : all.slice(-1)
  const [chosenId, setChosenId] = useState<string>()
  const index = Math.max(0, chosenId === undefined ? scores.length - 1 : scores.findIndex(({ id }) => id === chosenId))
  const chosen = scores[index]!
  const { task, opportunityId, probability, absent, modelId, visitCount, occurredAt } = chosen
  return (
    <section class="course">
      <h3>
        {title(task)} {opportunityId !== null && <code>{opportunityId}</code>}
      </h3>
      {told.length > 1 && <ScoreChart scores={scores} chosen={index} onChoose={(next) => setChosenId(scores[next]!.id)} />}
      <p class="chosen" aria-live="polite">
        <strong>{probability === null ? 'no score' : percent(probability)}</strong> at {time(occurredAt)}
        {visitCount !== null && `, after ${visitCount} visits`}
        {modelId !== null && (
          <>
            , by model <code title={modelId}>{modelId.slice(0, 10)}</code>
          </>
        )}
        {absent !== null && `. ${absent}`}
        {told.length > 0 && told.length < all.length && ` · ${all.length - told.length} earlier ones had no model`}
      </p>
      <Row score={chosen} before={scores[index - 1]} />
    </section>
  )
}

/** The row that the score saw; what had changed since the score before stands out. */
function Row({ score, before }: { readonly score: Score; readonly before: Score | undefined }) {
  const known = Object.entries(score.row).filter(([, value]) => value !== null)
  const changed = (name: string) => before !== undefined && before.row[name] !== score.row[name]
  return (
    <details class="row-seen">
      <summary>
        What the model saw: {known.length} of {Object.keys(score.row).length} numbers known
        {before !== undefined && `, ${known.filter(([name]) => changed(name)).length} changed`}
      </summary>
      {score.text !== null && <p class="text">{score.text}</p>}
      <dl class="seen">
        {known.map(([name, value]) => (
          <div key={name} class={changed(name) ? 'changed' : ''}>
            <dt>{name}</dt>
            <dd>{number(value!)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
