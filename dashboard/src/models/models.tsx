import { apiUrl, type Model } from '../api.ts'
import { date, number, title } from '../format.ts'
import type { PageProps } from '../page.ts'
import { useEffect } from 'preact/hooks'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'
import { Told } from '../parts.tsx'

/** The most informative metrics, in this order, with display names. */
const metricNames = (): readonly (readonly [string, string])[] => [
  ['auc', t('models.auc')],
  ['logLoss', t('models.logLoss')],
  ['rmse', t('models.rmse')],
  ['rSquared', 'R²'],
  ['calibrationError', t('models.calibrationError')],
]
const SHOWN = 3

/** The model in use for each task with its quality or, without one, the result of the last training. */
export function Models({ status }: PageProps) {
  const tasks = status?.tasks ?? []
  const { data, refresh } = useResource(apiUrl('/models'), 30_000)
  const inUse = tasks.map(({ modelId }) => modelId).join()
  useEffect(refresh, [inUse, refresh])
  if (tasks.length === 0) return null
  return (
    <section class="models" aria-label={t('models.modelsInUse')}>
      {tasks.map(({ task, modelId, absent }) => {
        const ofTask = data?.items.filter((model) => model.task === task) ?? []
        const model = modelId === null ? ofTask[0] : ofTask.find(({ id }) => id === modelId)
        return (
          <div key={task} class={modelId === null ? 'model none' : 'model'}>
            <strong>{title(task)}</strong>
            {absent !== null && <Told>{absent}</Told>}
            {modelId === null && model !== undefined && <span>{t('models.theLatestChallengerWasNotGood')}</span>}
            {modelId !== null && model === undefined && (
              <span>
                <code title={modelId}>{modelId.slice(0, 10)}</code>
              </span>
            )}
            {model !== undefined && <ModelFacts model={model} />}
          </div>
        )
      })}
    </section>
  )
}

function ModelFacts({ model }: { readonly model: Model }) {
  const { id, algorithm, metrics, data, trainedAt, reason } = model
  const shown = metricNames()
    .flatMap(([name, words]) => {
      const value = metrics[name]
      return value == null ? [] : [`${words} ${number(value)}`]
    })
    .slice(0, SHOWN)
  const rows = typeof data['rows'] === 'number' ? t('models.rows', { rows: data['rows'] }) : null
  return (
    <>
      <span>
        {algorithm} <code title={id}>{id.slice(0, 10)}</code> ·{' '}
        {[rows, date(trainedAt)].filter((part) => part !== null).join(', ')}
      </span>
      <span class="metrics">{shown.join(' · ')}</span>
      {comparisonLines(data).map((words) => (
        <span key={words} class="rival">
          {words}
        </span>
      ))}
      {reason !== null && (
        <span class="why" title={reason}>
          <Told>{reason}</Told>
        </span>
      )}
    </>
  )
}

interface Candidate {
  readonly algorithm: string
  readonly lossBeyond?: { readonly estimate: number; readonly lower: number; readonly upper: number } | null
}

/** Describes by how much the best algorithm beat each other one on the newest rows, and which were not compared. */
function comparisonLines(data: Model['data']): string[] {
  const candidates = (data['candidates'] ?? []) as readonly Candidate[]
  const leftOut = (data['leftOut'] ?? []) as readonly { readonly algorithm: string; readonly reason: string }[]
  const best = String(data['best'])
  return [
    ...candidates.flatMap(({ algorithm, lossBeyond }) =>
      lossBeyond == null
        ? []
        : [
            t('models.lossThanSTo', {
              best,
              abs: number(Math.abs(lossBeyond.estimate)),
              order: lossBeyond.estimate < 0 ? 'higher' : 'lower',
              algorithm,
              lower: number(lossBeyond.lower),
              upper: number(lossBeyond.upper),
            }),
          ],
    ),
    ...leftOut.map(({ algorithm, reason }) => t('models.wasNotCompared', { algorithm, reason })),
  ]
}
