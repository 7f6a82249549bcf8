import type { Model } from '../api.ts'
import { DataTable } from '../data-table.tsx'
import { date, number, title } from '../format.ts'
import { Interval } from '../interval.tsx'
import { Empty, Told } from '../parts.tsx'
import { gateText, lossBeyond, modelState, shortId, type ModelTask } from './model-text.ts'
import { t } from '../words/words.ts'

/** Retired models and older challengers are left out of the table. */
const SHOWN_MAX = 12
const metricNames = (): readonly (readonly [string, string])[] => [
  ['logLoss', t('models.logLoss')],
  ['auc', t('models.auc')],
  ['rmse', t('models.rmse')],
  ['calibrationError', t('models.calibrationError')],
]

interface ModelComparisonProps {
  readonly models: readonly Model[]
  readonly shadows: ModelTask['shadows']
  readonly onChoose: (id: string) => void
}

/** The live models and the newest others side by side, and the decision of the gate on each. */
export function ModelComparison({ models, shadows, onChoose }: ModelComparisonProps) {
  const order = ['champion', 'canary', 'shadow']
  const place = ({ status }: Model) => (order.includes(status) ? order.indexOf(status) : order.length)
  const shown = models.toSorted((one, other) => place(one) - place(other)).slice(0, SHOWN_MAX)
  const beyondMax = Math.max(0.01, ...shown.map((model) => lossBeyond(model)?.upper ?? 0))
  return (
    <section class="group" aria-labelledby="model-comparison-title">
      <h3 id="model-comparison-title">{t('models.modelsCompared')}</h3>
      {shown.length === 0 && <Empty>{t('models.noModelOfThisTaskWas')}</Empty>}
      {shown.length > 0 && (
        <DataTable
          caption={t('models.modelsCompared')}
          rows={shown}
          keyOf={({ id }) => id}
          columns={[
            { label: t('models.model'), cell: (model) => <Name model={model} onChoose={onChoose} /> },
            { label: t('common.state'), cell: (model) => <State model={model} /> },
            { label: t('models.onTheNewestRows'), cell: ({ metrics }) => metricsText(metrics) },
            {
              label: t('models.lossBeyondTheBestTrainedWith'),
              cell: (model) => {
                const estimate = lossBeyond(model)
                return estimate === null ? '–' : <Interval estimate={estimate} format={number} to={beyondMax} />
              },
            },
            { label: t('models.distanceFromLiveScores'), cell: ({ id }) => distanceText(shadows, id) },
            { label: t('models.gate'), cell: ({ gate }) => <Gate gate={gate} /> },
          ]}
        />
      )}
    </section>
  )
}

function Name({
  model: { id, algorithm, trainedAt },
  onChoose,
}: {
  readonly model: Model
  readonly onChoose: (id: string) => void
}) {
  return (
    <>
      <button type="button" class="quiet" onClick={() => onChoose(id)}>
        {algorithm} {shortId(id)}
      </button>
      <span class="about"> {date(trainedAt)}</span>
    </>
  )
}

function State({ model }: { readonly model: Model }) {
  const { label, tone } = modelState(model)
  return (
    <>
      <span class={`tag ${tone}`}>{label}</span>
      {model.reason !== null && (
        <span class="about">
          {' '}
          <Told>{model.reason}</Told>
        </span>
      )}
    </>
  )
}

function Gate({ gate }: Pick<Model, 'gate'>) {
  if (gate === null) return <>{gateText(gate)}</>
  return (
    <details>
      <summary>{gateText(gate)}</summary>
      <ul class="checks">
        {gate.checks.map(({ rule, passed, says, bound }) => (
          <li key={rule}>
            {passed === null ? '–' : passed ? '✓' : '✗'} {title(rule)}: <Told>{says}</Told>{' '}
            {bound === null ? t('models.noBound') : t('models.bound', { bound: number(bound) })}
          </li>
        ))}
      </ul>
    </details>
  )
}

function metricsText(metrics: Model['metrics']): string {
  return metricNames()
    .flatMap(([name, words]) => {
      const value = metrics[name]
      return value == null ? [] : [`${words} ${number(value)}`]
    })
    .join(' · ')
}

function distanceText(shadows: ModelTask['shadows'], id: string): string {
  const shadow = shadows.find(({ modelId }) => modelId === id)
  if (shadow === undefined) return '–'
  return t('models.onScores', {
    distance: shadow.meanDistance === null ? t('common.unknown') : number(shadow.meanDistance),
    scores: shadow.scores,
  })
}
